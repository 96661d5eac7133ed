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
];
