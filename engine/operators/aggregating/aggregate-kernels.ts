/** The generated loops of a list of aggregates: one line of state per group, fed, merged and read as a whole. */

import type { Column } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { compareDoubles } from '../../expressions/evaluate/compare-values.ts';
import type { Cell, CellSpec, RowLayout } from '../../state/row-layout.ts';
import type { RowStore } from '../../state/row-store.ts';
import { accumulatorCode } from './accumulator-code.ts';
import type { AggregateCall } from './aggregate-call.ts';
import { addWide, averageDecimal, averageLong, compareBytes } from './wide-arithmetic.ts';

/**
 * Feeds the rows `from`…`to - 1` of the list `rows` (address 0 = the number is the position) into the groups whose row numbers
 * stand at the same positions of `slots`. `columns` holds one column per call, null for COUNT(*).
 */
export type AccumulateKernel = (
  table: RowStore,
  memory: JobMemory,
  columns: readonly (Column | null)[],
  rows: Address,
  from: number,
  to: number,
  slots: Address,
) => void;

/** Merges the rows `from`…`to - 1` of `other` into the rows of `table` whose numbers stand at `slots`, the first that of `from` (negative = skip). */
export type MergeKernel = (table: RowStore, memory: JobMemory, other: RowStore, from: number, to: number, slots: Address) => void;

/** Writes the results of the rows `from`…`to - 1` of the list `rows` (address 0 = the number is the position) to `columns` from their row `target` on. */
export type ResultKernel = (
  table: RowStore,
  memory: JobMemory,
  rows: Address,
  from: number,
  to: number,
  columns: readonly Column[],
  target: number,
) => void;

/** Aggregates bound to the layout of the rows that hold them. */
export interface AggregateKernels {
  readonly accumulate: AccumulateKernel;
  readonly merge: MergeKernel;
  readonly result: ResultKernel;
}

/** The cells that the calls need, in order. */
export function accumulatorCells(calls: readonly AggregateCall[]): CellSpec[] {
  return calls.flatMap((call) => accumulatorCode(call).cells);
}

/** The cells of each call within those of a layout, the first of them at `firstCell`. */
export function cellsByCall(calls: readonly AggregateCall[], layout: RowLayout, firstCell = 0): Cell[][] {
  let next = firstCell;
  return calls.map((call) => {
    const count = accumulatorCode(call).cells.length;
    next += count;
    return layout.cells.slice(next - count, next);
  });
}

const generated = new Map<string, AggregateKernels>();

/** Kernels for the calls, whose cells start at payload cell `firstCell` of `layout`. */
export function aggregateKernels(calls: readonly AggregateCall[], layout: RowLayout, firstCell = 0): AggregateKernels {
  const signature = `${layout.fingerprint} ${firstCell} ${JSON.stringify(calls.map((call) => [call.function, call.argumentType, call.resultType]))}`;
  let kernels = generated.get(signature);
  if (kernels === undefined) {
    const cells = cellsByCall(calls, layout, firstCell);
    kernels = {
      accumulate: generateAccumulate(calls, cells, layout),
      merge: generateMerge(calls, cells, layout),
      result: generateResult(calls, cells, layout),
    };
    generated.set(signature, kernels);
  }
  return kernels;
}

/** Views that code of accumulators names; a growing heap may replace them. */
export const MEMORY_VIEWS = 'let u8 = memory.u8, i32 = memory.i32, u32 = memory.u32, i64 = memory.i64, f32 = memory.f32, f64 = memory.f64;';

/** Code of accumulators, with the arithmetic it calls. */
export function compileAggregates(body: string): never {
  return new Function('addWide', 'averageLong', 'averageDecimal', 'compareBytes', 'compareDoubles', body)(
    addWide,
    averageLong,
    averageDecimal,
    compareBytes,
    compareDoubles,
  ) as never;
}

export function lanesOf(at: number): string {
  return `const d${at} = columns[${at}].data, n${at} = columns[${at}].nanos >>> 2, v${at} = columns[${at}].validity;`;
}

function generateAccumulate(calls: readonly AggregateCall[], cells: readonly Cell[][], layout: RowLayout): AccumulateKernel {
  const lanes: string[] = [];
  const steps: string[] = [];
  calls.forEach((call, at) => {
    const code = accumulatorCode(call).accumulate;
    if (code === null) return;
    if (call.argument !== null) lanes.push(lanesOf(at));
    const step = code(cells[at], at);
    steps.push(call.argument === null ? `{ ${step} }` : `if (v${at} === 0 || u8[v${at} + row] !== 0) { ${step} }`);
  });
  return compileAggregates(`return function accumulate(table, memory, columns, rows, from, to, slots) {
    ${MEMORY_VIEWS}
    const base = table.rows >>> 2, list = rows >>> 2, groups = slots >>> 2;
    ${lanes.join('\n    ')}
    for (let at = from; at < to; at++) {
      const row = rows === 0 ? at : i32[list + at], a = base + i32[groups + at] * ${layout.words};
      ${steps.join('\n      ')}
    }
  }`);
}

function generateMerge(calls: readonly AggregateCall[], cells: readonly Cell[][], layout: RowLayout): MergeKernel {
  const steps = calls.flatMap((call, at) => {
    const code = accumulatorCode(call).merge;
    return code === null ? [] : [`{ ${code(cells[at])} }`];
  });
  return compileAggregates(`return function merge(table, memory, other, from, to, slots) {
    ${MEMORY_VIEWS}
    const base = table.rows >>> 2, otherBase = other.rows >>> 2, groups = slots >>> 2;
    for (let at = from; at < to; at++) {
      const group = i32[groups + at - from];
      if (group < 0) continue;
      const o = otherBase + at * ${layout.words}, a = base + group * ${layout.words};
      ${steps.join('\n      ')}
    }
  }`);
}

function generateResult(calls: readonly AggregateCall[], cells: readonly Cell[][], layout: RowLayout): ResultKernel {
  const steps = calls.map((call, at) => accumulatorCode(call).result(cells[at], at));
  return compileAggregates(`return function result(table, memory, rows, from, to, columns, target) {
    ${MEMORY_VIEWS}
    const base = table.rows >>> 2, list = rows >>> 2, heap = table.heap;
    ${calls.map((_, at) => lanesOf(at)).join('\n    ')}
    for (let at = from, out = target; at < to; at++, out++) {
      const a = base + (rows === 0 ? at : i32[list + at]) * ${layout.words};
      ${steps.map((step) => `{ ${step} }`).join('\n      ')}
    }
  }`);
}
