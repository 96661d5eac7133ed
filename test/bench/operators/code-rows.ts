/** Rows of the table: nodes whose work is TypeScript that a person wrote. */
import { CODE_BAR, key, type OperatorRow, price, word } from './operator-row.ts';

const numbers = { in: { columns: { id: key, price } } };
const words = { in: { columns: { id: key, price, name: word } } };
const oneLine = (body: string) => ({ code: `function processElement(row: Row, ctx: Context, out: Output) { ${body} }` });

export const CODE_ROWS: readonly OperatorRow[] = [
  {
    node: 'process',
    setting: 'a map in one line',
    config: oneLine('out.emit({ id: row.id, price: row.price! * 1.1 });'),
    inputs: numbers,
    bar: CODE_BAR,
  },
  {
    node: 'process',
    setting: 'a filter in one line',
    config: oneLine('if (row.price! > 50) out.emit(row);'),
    inputs: numbers,
    bar: CODE_BAR,
  },
  {
    node: 'process',
    setting: 'a map in one line, with a text',
    config: oneLine('out.emit({ ...row, name: row.name + "!" });'),
    inputs: words,
  },
  {
    node: 'process',
    setting: 'a count per key in a state',
    config: {
      keys: ['id'],
      states: [{ name: 'seen', kind: 'value', type: 'BIGINT' }],
      code: `function processElement(row: Row, ctx: Context, out: Output) {
  const seen = (ctx.state.seen.get() ?? 0n) + 1n;
  ctx.state.seen.set(seen);
  if (seen % 1000n === 0n) out.emit(row);
}`,
    },
    inputs: numbers,
  },
  {
    node: 'connect',
    setting: 'a map of both inputs in one line',
    config: {
      code: `function processElement1(row: Row1, ctx: Context, out: Output) { out.emit({ id: row.id, price: row.price! * 1.1 }); }
function processElement2(row: Row2, ctx: Context, out: Output) { out.emit({ id: row.id, price: 0 }); }`,
    },
    inputs: { first: numbers.in, second: numbers.in },
    bar: CODE_BAR,
  },
  {
    node: 'connect',
    setting: 'a sum per key that both inputs share',
    config: {
      firstKeys: ['id'],
      secondKeys: ['id'],
      states: [{ name: 'sum', kind: 'reducing', type: 'DOUBLE' }],
      code: `const states: StateFunctions = { sum: (kept, added) => kept + added };
function processElement1(row: Row1, ctx: Context) { ctx.state.sum.add(row.price!); }
function processElement2(row: Row2, ctx: Context) { ctx.state.sum.add(-row.price!); }`,
    },
    inputs: { first: numbers.in, second: numbers.in },
  },
  {
    node: 'custom-source',
    setting: 'two numbers of a loop',
    config: {
      schema: [
        { name: 'id', type: 'BIGINT' },
        { name: 'price', type: 'DOUBLE' },
      ],
      code: `function read(position: number | null, ctx: Context, out: Output) {
  const from = position ?? 0;
  for (let id = from; id < from + 4096; id++) out.emit({ id, price: id / 7 });
  return from + 4096;
}`,
      ends: false,
    },
  },
];
