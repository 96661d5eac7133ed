/** Cases of the custom sink. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', name: 'STRING', at: 'TIMESTAMP(3)' };
const rows = [
  [1, 'é "b"', '2026-01-01 00:00:00'],
  [2, null, '2026-01-01 00:00:00.5'],
  [3, '', null],
];
const input = { in: { columns, rows } };

export const cases = defineCases({
  rows: [
    {
      name: 'a line for every row that has a time',
      shows: ['ordinary', 'nulls'],
      config: {
        path: 'out',
        code: `function write(rows: Row[], ctx: Context) {
  for (const { id, name, at } of rows) {
    if (at !== null) ctx.writeLine("reading,id=" + id + " name=" + JSON.stringify(name) + " " + at);
  }
}`,
      },
      inputs: input,
      outputs: {},
      lines: ['reading,id=1 name="é \\"b\\"" 1767225600000', 'reading,id=2 name=null 1767225600500'],
    },
    {
      name: 'several lines for a row, held back until they must be written',
      shows: ['ordinary', 'nulls'],
      config: {
        path: 'out',
        code: `let held: string[] = [];
function write(rows: Row[]) {
  for (const { id, name } of rows) held.push("id " + id, "name " + (name ?? "none"));
}
function flush(ctx: Context) {
  held.forEach((line) => ctx.writeLine(line));
  held = [];
}`,
      },
      inputs: input,
      outputs: {},
      lines: ['id 1', 'name é "b"', 'id 2', 'name none', 'id 3', 'name '],
    },
    {
      name: 'nothing in, nothing written',
      shows: ['empty'],
      config: { path: 'out' },
      inputs: { in: { columns, rows: [] } },
      outputs: {},
      lines: [],
    },
    {
      name: 'code that throws fails with its place',
      shows: ['ordinary'],
      config: { path: 'out', code: 'function write(rows: Row[]) {\n  throw new Error("no");\n}' },
      inputs: input,
      outputs: {},
      fails: 'MR3020',
    },
    {
      name: 'a line that is no text',
      shows: ['ordinary'],
      config: { path: 'out', code: 'function write(rows: Row[], ctx: Context) { ctx.writeLine(7); }' },
      inputs: input,
      outputs: {},
      fails: 'MR3020',
    },
  ],
  invalid: [
    { name: 'no folder', config: {}, inputs: input, problems: [['MR2101', 'path']] },
    { name: 'no function that writes', config: { path: 'out', code: 'const a = 1;' }, inputs: input, problems: [['MR2293', 'code']] },
    {
      name: 'an extension that leaves the folder',
      config: { path: 'out', extension: '/x' },
      inputs: input,
      problems: [['MR2105', 'extension']],
    },
    {
      name: 'a column that code cannot use',
      config: { path: 'out' },
      inputs: { in: { columns: { tags: 'ARRAY<STRING>' }, rows: [] } },
      problems: [['MR2295', 'code']],
    },
  ],
});
