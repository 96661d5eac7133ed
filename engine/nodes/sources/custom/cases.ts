/** Cases of the custom source. */
import { defineCases } from '../../../spec/node-cases.ts';

const numbers = [
  { name: 'n', type: 'BIGINT NOT NULL' },
  { name: 'word', type: 'STRING' },
];
const some = (code: string) => `function read(position: number | null, ctx: Context, out: Output) {\n${code}\n}`;

export const cases = defineCases({
  rows: [
    {
      name: 'rows of a loop, a few at a time',
      shows: ['ordinary', 'nulls'],
      config: {
        schema: numbers,
        code: some(`  const n = position ?? 0;
  out.emit({ n, word: n % 2 === 0 ? null : "odd" });
  out.emit({ n: -n });
  return n < 3 ? n + 1 : null;`),
      },
      outputs: {
        out: [
          [0, null],
          [0, null],
          [1, 'odd'],
          [-1, null],
          [2, null],
          [-2, null],
          [3, 'odd'],
          [-3, null],
        ],
      },
    },
    {
      name: 'three splits, each from its own position, which is an object',
      shows: ['ordinary'],
      config: {
        schema: numbers,
        splits: 3,
        code: `interface Place {
  next: bigint;
  sum: number;
}
function read(place: Place | null, ctx: Context, out: Output) {
  const { next, sum } = place ?? { next: 1n, sum: 0 };
  out.emit({ n: next, word: ctx.split + " of " + ctx.splits + ": " + sum });
  return next < 3n ? { next: next + 1n, sum: sum + Number(next) } : null;
}`,
      },
      outputs: {
        out: [
          [1, '0 of 3: 0'],
          [2, '0 of 3: 1'],
          [3, '0 of 3: 3'],
          [1, '1 of 3: 0'],
          [2, '1 of 3: 1'],
          [3, '1 of 3: 3'],
          [1, '2 of 3: 0'],
          [2, '2 of 3: 1'],
          [3, '2 of 3: 3'],
        ],
      },
    },
    {
      name: 'ends at once',
      shows: ['empty'],
      config: { schema: numbers, code: some('  return null;') },
      outputs: { out: [] },
    },
    {
      name: 'a position that cannot be kept',
      shows: ['ordinary'],
      config: { schema: numbers, code: 'function read(position: Map<string, number> | null) {\n  return new Map();\n}' },
      outputs: { out: [] },
      fails: 'MR3020',
    },
    {
      name: 'a row that does not fit its columns',
      shows: ['ordinary'],
      config: { schema: numbers, code: some('  out.emit({ n: "one" });') },
      outputs: { out: [] },
      fails: 'MR3020',
    },
  ],
  invalid: [
    { name: 'no function that reads', config: { code: 'const rows = [];' }, problems: [['MR2293', 'code']] },
    { name: 'code that is not TypeScript', config: { code: 'function read( {' }, problems: [['MR2292', 'code']] },
    {
      name: 'a column that code cannot write',
      config: { schema: [{ name: 'tags', type: 'ARRAY<STRING>' }] },
      problems: [['MR2296', 'schema[0]']],
    },
    { name: 'no split', config: { splits: 0 }, problems: [['MR2106', 'splits']] },
  ],
});
