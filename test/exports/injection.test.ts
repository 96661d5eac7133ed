/** Whatever stands in names, texts, paths and notes of a pipeline, the exported script keeps its shape: it is data, never code. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../engine/base/json.ts';
import { exportFlinkSql } from '../../engine/export/flink-sql/export-flink-sql.ts';
import { catalog } from '../../engine/nodes/node-types.ts';
import type { NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { hasErrors } from '../../engine/spec/problem.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';
import { naughtyStrings } from '../bad-input/corpora.ts';
import { tokenizeFlinkSql } from './flink-tokens.ts';

const PLAIN = 'plain';
const NAUGHTY: readonly string[] = [
  "'; DROP TABLE users; --",
  '`; DROP TABLE users; --',
  "''",
  '``',
  "'",
  '`',
  '\\',
  "\\'",
  '-- comment',
  '/* comment',
  '*/',
  '$\u007bjndi:ldap://x}',
  '{{7*7}}',
  'a\nb',
  'a\r\nEXECUTE STATEMENT SET BEGIN',
  'a\u2028b\u0085c',
  '\u0000',
  '田中さんにあげて下さい',
  '𝕿𝖍𝖊',
  '\ud83d\ude0d',
  'true',
  'NULL',
  '1; SELECT 1',
  '%s%n$(rm -rf /)`id`\'"',
  '"double" \'single\'',
  'SELECT',
];

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const named = (value: string): string => `\`${value.replaceAll('`', '``')}\``;

/** Every place of a pipeline that holds text of its own choosing holds `value`. */
function pipeline(value: string): PipelineDocument {
  const node = (id: string, type: string, config: JsonObject): NodeSpec => ({ id, type, label: value, config });
  const nodes = [
    node('s', 'file-source', {
      path: `data/${value}`.replaceAll(/[*?]/g, '_'),
      schema: [
        { name: value, type: 'STRING' },
        { name: 'ts', type: 'TIMESTAMP(3)' },
      ],
    }),
    node('d', 'select', { keep: 'all', columns: [{ name: `${value} 2`, expression: `CONCAT(${named(value)}, ${quoted(value)})` }] }),
    node('t', 'watermark', { time: { column: 'ts', delay: '1 s' } }),
    node('f', 'filter', { condition: `${named(value)} <> ${quoted(value)}` }),
    node('m', 'mask', { masks: [{ column: `${value} 2`, method: 'redact', replacement: value }] }),
    node('w', 'window-aggregate', { keys: [value], aggregates: [{ name: `${value} n`, expression: 'COUNT(*)' }] }),
    node('p', 'print-sink', { prefix: value }),
    node('o', 'file-sink', { path: `out/${value}` }),
  ];
  const chain = ['s', 'd', 't', 'f', 'm', 'w', 'p'];
  const edges = chain
    .slice(1)
    .map((id, index) => ({ id: `e${index}`, from: { node: chain[index], port: 'out' }, to: { node: id, port: 'in' } }));
  return {
    format: 'millrace-pipeline',
    version: 1,
    id: 'p',
    name: value,
    job: {},
    nodes,
    edges: [...edges, { id: 'e9', from: { node: 'w', port: 'out' }, to: { node: 'o', port: 'in' } }],
    drawing: { positions: {}, notes: [{ id: 'n', text: value, x: 0, y: 0, width: 1, height: 1 }] },
  };
}

function exported(value: string): string {
  const { graph, problems } = resolvePipeline(pipeline(value), catalog);
  if (hasErrors(problems)) throw new Error(problems.map((problem) => problem.text.en).join('\n'));
  const { text, report } = exportFlinkSql(graph, { baseDirectory: '/base' });
  if (text === '') throw new Error(report.map((note) => note.text.en).join('\n'));
  return text;
}

describe('Flink SQL', () => {
  const code = (script: string): readonly string[] =>
    tokenizeFlinkSql(script)
      .filter((token) => token.kind === 'code')
      .map((token) => token.value);
  const shape = code(exported(PLAIN));

  it.each(NAUGHTY)('%j stays data', (value) => {
    const script = exported(value);
    expect(code(script)).toEqual(shape);
    const tokens = tokenizeFlinkSql(script);
    // Names and literals say exactly what the pipeline says.
    const names = new Set(tokens.filter((token) => token.kind === 'name').map((token) => token.value));
    const texts = tokens.filter((token) => token.kind === 'text').map((token) => token.value);
    expect([value, `${value} 2`, `${value} n`].filter((name) => !names.has(name))).toEqual([]);
    expect(texts.filter((text) => text === value).length).toBeGreaterThanOrEqual(4);
    expect(texts).toContain(`/base/out/${value}`);
  });

  it('every string of the big list stays data, or the pipeline is refused before', () => {
    let written = 0;
    for (const value of naughtyStrings()) {
      if (hasErrors(resolvePipeline(pipeline(value), catalog).problems)) continue;
      expect(code(exported(value)), JSON.stringify(value)).toEqual(shape);
      written++;
    }
    expect(written).toBeGreaterThan(20);
  });
});
