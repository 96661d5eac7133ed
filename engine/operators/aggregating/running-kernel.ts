/** The generated loop of aggregates that answer after every row: each row is fed to its group, whose results stand then beside the row. */
import type { Column } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { RowLayout } from '../../state/row-layout.ts';
import type { RowStore } from '../../state/row-store.ts';
import { accumulatorCode } from './accumulator-code.ts';
import type { AggregateCall } from './aggregate-call.ts';
import { cellsByCall, compileAggregates, lanesOf, MEMORY_VIEWS } from './aggregate-kernels.ts';

/**
 * Feeds the selected rows (address 0 = the number is the position) into the groups whose row numbers stand at the same positions of
 * `slots`. `columns`: one per call (null for COUNT(*)), then those of the results, which are written at the number of the input row.
 */
export type RunningKernel = (
  table: RowStore,
  memory: JobMemory,
  columns: readonly (Column | null)[],
  rows: Address,
  count: number,
  slots: Address,
) => void;

/** The accumulators' cells start at payload cell `firstCell`. */
export function runningKernel(calls: readonly AggregateCall[], layout: RowLayout, firstCell: number): RunningKernel {
  const cells = cellsByCall(calls, layout, firstCell);
  const lanes: string[] = [];
  const steps: string[] = [];
  calls.forEach((call, at) => {
    const code = accumulatorCode(call).accumulate;
    if (code === null) return;
    if (call.argument !== null) lanes.push(lanesOf(at));
    const step = code(cells[at], at);
    steps.push(call.argument === null ? `{ ${step} }` : `if (v${at} === 0 || u8[v${at} + row] !== 0) { ${step} }`);
  });
  const results = calls.map((call, at) => {
    lanes.push(lanesOf(calls.length + at));
    return `{ ${accumulatorCode(call).result(cells[at], calls.length + at)} }`;
  });
  return compileAggregates(`return function running(table, memory, columns, rows, count, slots) {
    ${MEMORY_VIEWS}
    const base = table.rows >>> 2, list = rows >>> 2, groups = slots >>> 2;
    ${lanes.join('\n    ')}
    for (let at = 0; at < count; at++) {
      const row = rows === 0 ? at : i32[list + at], a = base + i32[groups + at] * ${layout.words}, out = row;
      ${steps.join('\n      ')}
      const heap = table.heap;
      ${results.join('\n      ')}
    }
  }`);
}
