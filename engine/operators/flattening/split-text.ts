/** A text cut at a separator, as Flink SQL's SPLIT cuts it: none of an empty text, an empty one between separators that touch. */
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { ElementList } from './element-list.ts';
import { TEXT_ELEMENT } from './element-list.ts';

/** Adds the pieces of the text to the list; bytes can be compared because no character's begin within another's. */
export function addPieces(
  list: ElementList,
  memory: JobMemory,
  row: number,
  address: Address,
  length: number,
  separator: Uint8Array,
): void {
  if (length === 0) return;
  list.reserve(Math.floor(length / separator.length) + 1);
  const { u8, i32, u32 } = memory;
  const [views, rows, numbers, kinds] = [list.views >>> 2, list.rows >>> 2, list.numbers >>> 2, list.kinds];
  const first = separator[0];
  const end = address + length;
  const before = list.count;
  let entry = before;
  let start = address;
  for (let at = address; at <= end; at++) {
    if (at < end && (u8[at] !== first || !startsAt(u8, at, end, separator))) continue;
    u32[views + 2 * entry] = start;
    u32[views + 2 * entry + 1] = at - start;
    i32[rows + entry] = row;
    i32[numbers + entry] = entry - before + 1;
    u8[kinds + entry] = TEXT_ELEMENT;
    entry++;
    if (at === end) break;
    at += separator.length - 1;
    start = at + 1;
  }
  list.count = entry;
}

function startsAt(u8: Uint8Array, at: Address, end: Address, separator: Uint8Array): boolean {
  if (at + separator.length > end) return false;
  for (let index = 1; index < separator.length; index++) if (u8[at + index] !== separator[index]) return false;
  return true;
}
