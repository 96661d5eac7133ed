/** Copies entries of a column into a cell of rows: one loop per physical form. */
import type { Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { isAbsent } from '../../columnar/lanes.ts';
import type { Cell } from '../../state/row-layout.ts';
import { isHeapForm } from '../../state/row-layout.ts';
import type { RowStore } from '../../state/row-store.ts';

/** Stores the entries `rows` (i32 list) of the column in the nullable `cell` of the rows of the list `targets`, which are new. */
export function storeColumn(store: RowStore, targets: Address, cell: Cell, column: Column, rows: Address, count: number): void {
  if (isAbsent(column)) return;
  if (isHeapForm(cell.form)) {
    storeBytes(store, targets, cell, column, rows, count);
    return;
  }
  storeFixed(store, targets, cell, column, rows, count);
  setPresent(store, targets, cell, column, rows, count);
}

function setPresent(store: RowStore, targets: Address, cell: Cell, column: Column, rows: Address, count: number): void {
  const { i32, u8 } = store.memory;
  const { validity } = column;
  for (let at = 0; at < count; at++) {
    if (validity !== 0 && u8[validity + i32[(rows >>> 2) + at]] === 0) continue;
    i32[store.wordOf(i32[(targets >>> 2) + at]) + cell.flagsWord] |= cell.flagsMask;
  }
}

/** Bytes of NULL entries are undefined and not looked at. A cell is marked at once: a heap that grows moves what marked cells refer to. */
function storeBytes(store: RowStore, targets: Address, cell: Cell, column: Column, rows: Address, count: number): void {
  const { memory } = store;
  for (let at = 0; at < count; at++) {
    const row = memory.i32[(rows >>> 2) + at];
    if (column.validity !== 0 && memory.u8[column.validity + row] === 0) continue;
    const view = (column.data >>> 2) + row * 2;
    const length = memory.u32[view + 1];
    const offset = store.storeBytes(memory.u32[view], length);
    const word = store.wordOf(memory.i32[(targets >>> 2) + at]) + cell.word;
    memory.u32[word] = offset;
    memory.u32[word + 1] = length;
    memory.i32[store.wordOf(memory.i32[(targets >>> 2) + at]) + cell.flagsWord] |= cell.flagsMask;
  }
}

function storeFixed(store: RowStore, targets: Address, cell: Cell, column: Column, rows: Address, count: number): void {
  const { i32, u8 } = store.memory;
  const lane = column.data >>> 2;
  const words = cell.form === 'i128' ? 4 : cell.form === 'i32' || cell.form === 'f32' || cell.form === 'boolean' ? 1 : 2;
  for (let at = 0; at < count; at++) {
    const row = i32[(rows >>> 2) + at];
    const word = store.wordOf(i32[(targets >>> 2) + at]) + cell.word;
    if (cell.form === 'boolean') {
      i32[word] = u8[column.data + row];
      continue;
    }
    const from = lane + row * words;
    i32[word] = i32[from];
    if (words > 1) i32[word + 1] = i32[from + 1];
    if (words > 2) {
      i32[word + 2] = i32[from + 2];
      i32[word + 3] = i32[from + 3];
    }
    if (cell.form === 'i64i32') i32[word + 2] = i32[(column.nanos >>> 2) + row];
  }
}
