/** The order in which a batch hands rows to a keyed operator, as Flink's: by key, within a key by event time, then as they came. */
import type { Cell } from '../../state/row-layout.ts';
import { cellWords, isHeapForm } from '../../state/row-layout.ts';
import type { RowStore } from '../../state/row-store.ts';

/** Where a layout keeps what rows are ordered by; the hash of the key is in a row's first word. */
export interface RowOrder {
  readonly key: readonly Cell[];
  readonly time: Cell;
}

/** A row of a store with its order: stores of two inputs have layouts of their own. */
export interface OrderedRow {
  readonly order: RowOrder;
  readonly store: RowStore;
  readonly row: number;
}

/** Negative, zero or positive; among different keys of one hash any order is as good as another, as long as it is one. */
export function compareKeys(left: OrderedRow, right: OrderedRow): number {
  const { i32 } = left.store.memory;
  const [a, b] = [left.store.wordOf(left.row), right.store.wordOf(right.row)];
  if (i32[a] !== i32[b]) return i32[a] - i32[b];
  for (let at = 0; at < left.order.key.length; at++) {
    const difference = compareCells(left, a, left.order.key[at], right, b, right.order.key[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function compareRows(left: OrderedRow, right: OrderedRow): number {
  return compareKeys(left, right) || compareTimes(left, right);
}

/** By words: a number of 64 bits is an object as soon as it is looked at. */
export function compareTimes(left: OrderedRow, right: OrderedRow): number {
  const { i32, u32 } = left.store.memory;
  const a = left.store.wordOf(left.row) + left.order.time.word;
  const b = right.store.wordOf(right.row) + right.order.time.word;
  return i32[a + 1] - i32[b + 1] || u32[a] - u32[b];
}

function compareCells(left: OrderedRow, a: number, leftCell: Cell, right: OrderedRow, b: number, rightCell: Cell): number {
  const { i32, u32 } = left.store.memory;
  const [hasLeft, hasRight] = [
    (i32[a + leftCell.flagsWord] & leftCell.flagsMask) !== 0,
    (i32[b + rightCell.flagsWord] & rightCell.flagsMask) !== 0,
  ];
  if (!hasLeft || !hasRight) return Number(hasLeft) - Number(hasRight);
  if (isHeapForm(leftCell.form)) return compareBytes(left.store, a + leftCell.word, right.store, b + rightCell.word);
  for (let word = 0; word < cellWords(leftCell.form); word++) {
    const difference = u32[a + leftCell.word + word] - u32[b + rightCell.word + word];
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareBytes(left: RowStore, a: number, right: RowStore, b: number): number {
  const { u32, u8 } = left.memory;
  const [from, to] = [left.heap + u32[a], right.heap + u32[b]];
  const shared = Math.min(u32[a + 1], u32[b + 1]);
  for (let at = 0; at < shared; at++) if (u8[from + at] !== u8[to + at]) return u8[from + at] - u8[to + at];
  return u32[a + 1] - u32[b + 1];
}
