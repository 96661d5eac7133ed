/** The published schema is the one that follows from the definitions; `MILLRACE_UPDATE=1` writes it (then `npm run format`). */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodes } from '../../nodes/catalog.ts';
import { pipelineJsonSchema } from './pipeline-schema.ts';

const FILE = new URL('./pipeline-1.schema.json', import.meta.url);

it('is current', () => {
  const schema = pipelineJsonSchema(nodes);
  if (process.env.MILLRACE_UPDATE === '1') writeFileSync(FILE, `${JSON.stringify(schema, null, 2)}\n`);
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
});
