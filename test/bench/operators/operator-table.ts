/** Prints the table of operators as it grows. */
import { createNodeLoader } from '../../../engine/runtime/workers/node-loader.ts';
import { isAccountedFor, type MeasureOptions, measureOperator, type OperatorSpeed } from './measure-operator.ts';
import { BAR, MILLION, type OperatorRow } from './operator-row.ts';

const HEAD = ['node', 'setting', 'M rows/s', 'bar', 'times', 'out/row', ''];
const WIDTHS = [18, 38, 8, 4, 6, 8, 0];

/** True when every row reaches its bar or says why it does not. */
export async function printOperatorTable(rows: readonly OperatorRow[], options: MeasureOptions): Promise<boolean> {
  const loader = createNodeLoader();
  console.log(line(HEAD));
  let accounted = true;
  for (const row of rows) {
    const speed = await measureOperator(row, loader, options);
    accounted = isAccountedFor(speed) && accounted;
    console.log(line(cellsOf(speed)));
  }
  return accounted;
}

function cellsOf(speed: OperatorSpeed): string[] {
  const { row, rowsPerSecond, rowsOutPerRow } = speed;
  const bar = row.bar ?? BAR;
  const million = (value: number) => (value / MILLION).toFixed(2);
  const { work } = row;
  const notes = [
    ...(work === undefined ? [] : [`${million(rowsPerSecond * work.perRow)} M ${work.each}/s`]),
    ...(rowsPerSecond >= bar ? [] : [row.below ?? 'BELOW, WITHOUT A REASON']),
  ];
  const figures = [million(rowsPerSecond), String(bar / MILLION), (rowsPerSecond / bar).toFixed(2), rowsOutPerRow.toFixed(2)];
  return [row.node, row.setting, ...figures, notes.join('; ')];
}

/** Texts at the left, figures at the right of their columns. */
function line(cells: readonly string[]): string {
  const padded = cells.map((cell, at) => (at < 2 || at === cells.length - 1 ? cell.padEnd(WIDTHS[at]) : cell.padStart(WIDTHS[at])));
  return `  ${padded.join('  ').trimEnd()}`;
}
