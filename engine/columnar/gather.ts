/** Columns of which rows are picked, some more than once: lanes are copied, the bytes behind texts are shared. */
import type { Arena } from './arena.ts';
import type { Column } from './batch.ts';
import { entryBytes } from './batch.ts';
import type { RowList } from './batch-transfer.ts';
import { copyOctets, copyWords } from './batch-transfer.ts';
import { isAbsent } from './lanes.ts';

/** `rows` of `from`, in that order, as lanes of the arena; both lie in its memory. What the column refers to must stay as long. */
export function gatherColumn(arena: Arena, from: Column, rows: RowList): Column {
  const { memory } = arena;
  const { type, ascii } = from;
  const to: Column = { type, data: 0, nanos: 0, validity: 0, ascii, children: [], boxed: null };
  if (from.validity !== 0) {
    to.validity = arena.allocate(Math.max(rows.count, 1));
    copyOctets(memory, from.validity, rows, memory, to.validity);
  }
  if (type.kind === 'ROW') {
    to.children = from.children.map((child) => gatherColumn(arena, child, rows));
    return to;
  }
  if (isAbsent(from)) return to;
  if (from.boxed !== null) {
    to.boxed = pick(from.boxed, memory.i32.subarray(rows.address >>> 2, (rows.address >>> 2) + rows.count));
    return to;
  }
  const bytes = entryBytes(type);
  to.data = arena.allocate(Math.max(bytes * rows.count, 1));
  if (bytes === 1) copyOctets(memory, from.data, rows, memory, to.data);
  else copyWords(memory, from.data, bytes / 4, rows, memory, to.data);
  if (from.nanos !== 0) {
    to.nanos = arena.allocate(Math.max(4 * rows.count, 4));
    copyWords(memory, from.nanos, 1, rows, memory, to.nanos);
  }
  return to;
}

function pick(values: readonly unknown[], rows: Int32Array): unknown[] {
  return Array.from(rows, (row) => values[row]);
}
