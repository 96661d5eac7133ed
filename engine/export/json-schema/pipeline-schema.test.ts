/** The published schema is the one that follows from the document's format; `MILLRACE_UPDATE=1` writes it (then `npm run format`). */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodes } from '../../nodes/node-types.ts';
import { pipelineJsonSchema } from './pipeline-schema.ts';

const FILE = new URL('./pipeline-1.schema.json', import.meta.url);

it('is current', () => {
  // Node types are left out: adding one touches its folder and its line, and `millrace nodes --json-schema` has them all.
  const schema = pipelineJsonSchema([]);
  if (process.env.MILLRACE_UPDATE === '1') writeFileSync(FILE, `${JSON.stringify(schema, null, 2)}\n`);
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
});

it('describes every field of every node type when asked to', () => {
  const text = JSON.stringify(pipelineJsonSchema(nodes));
  for (const node of nodes) {
    expect(text).toContain(JSON.stringify({ const: node.type }));
    for (const field of Object.values(node.fields)) expect(text).toContain(JSON.stringify(field.label.en));
  }
});
