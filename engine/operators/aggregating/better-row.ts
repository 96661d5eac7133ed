/** Whether a row takes the place of the one that is kept, by the value of one column; made for its type. */
import type { Column } from '../../columnar/batch.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { Cell, RowLayout } from '../../state/row-layout.ts';
import type { RowStore } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { comesFirst } from './accumulator-code.ts';
import { compileAggregates, MEMORY_VIEWS } from './aggregate-kernels.ts';

/** `kept`: the stored row whose value is compared with that of the batch's row. A value is better than NULL, and NULL than nothing. */
export type BetterKernel = (table: RowStore, memory: JobMemory, column: Column, row: number, kept: number) => boolean;

/** With `=` behind the sign the later of two equal values is better, also of two that are NULL. */
export function betterRow(layout: RowLayout, cell: Cell, type: LogicalType, sign: '<' | '>' | '<=' | '>='): BetterKernel {
  return compileAggregates(`return function isBetter(table, memory, column, row, kept) {
    ${MEMORY_VIEWS}
    const a = (table.rows >>> 2) + kept * ${layout.words};
    const d0 = column.data, n0 = column.nanos >>> 2;
    const known = (i32[a + ${cell.flagsWord}] & ${cell.flagsMask}) !== 0;
    if (column.validity !== 0 && u8[column.validity + row] === 0) return ${sign.endsWith('=') ? '!known' : 'false'};
    return !known || ${comesFirst(type, sign, cell, 0)};
  }`);
}
