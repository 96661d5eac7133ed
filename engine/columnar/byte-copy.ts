/** Gathers the bytes behind string views into another memory: the part of a shuffle that costs most. */
import type { Address, JobMemory } from './job-memory.ts';

/** What `copyCharacters` and `copyBytes` share: rows to copy (`list` 0 = the first `count`), where the views and the bytes go. */
export type CopyViews = (
  memory: JobMemory,
  views: Address,
  validity: Address,
  list: Address,
  count: number,
  target: JobMemory,
  targetViews: Address,
  heap: Address,
) => Address;

/**
 * For UTF-8. Moves eight bytes at a time as doubles (twice as fast as any other way): valid UTF-8 never holds the bytes
 * of a NaN, whose payload a JavaScript engine could change, and what lies behind a string's end is overwritten by the
 * next one. Returns the end of the copied bytes; up to 8 bytes behind it are touched.
 */
export const copyCharacters: CopyViews = (memory, views, validity, list, count, target, targetViews, heap) => {
  const { u8, i32, u32 } = memory;
  const source = new DataView(memory.memory.buffer);
  const destination = new DataView(target.memory.buffer);
  const out = target.u32;
  const first = views >>> 2;
  const rows = list >>> 2;
  let view = targetViews >>> 2;
  let to = heap;
  for (let index = 0; index < count; index++, view += 2) {
    const row = rows === 0 ? index : i32[rows + index];
    out[view] = to;
    if (validity !== 0 && u8[validity + row] === 0) {
      out[view + 1] = 0;
      continue;
    }
    let from = u32[first + 2 * row];
    const length = u32[first + 2 * row + 1];
    out[view + 1] = length;
    const end = to + length;
    for (; to < end; to += 8, from += 8) destination.setFloat64(to, source.getFloat64(from, true), true);
    to = end;
  }
  return to;
};

/** For any bytes: four at a time as integers. Otherwise as `copyCharacters`. */
export const copyBytes: CopyViews = (memory, views, validity, list, count, target, targetViews, heap) => {
  const { u8, i32, u32 } = memory;
  const source = new DataView(memory.memory.buffer);
  const destination = new DataView(target.memory.buffer);
  const out = target.u32;
  const first = views >>> 2;
  const rows = list >>> 2;
  let view = targetViews >>> 2;
  let to = heap;
  for (let index = 0; index < count; index++, view += 2) {
    const row = rows === 0 ? index : i32[rows + index];
    out[view] = to;
    if (validity !== 0 && u8[validity + row] === 0) {
      out[view + 1] = 0;
      continue;
    }
    let from = u32[first + 2 * row];
    const length = u32[first + 2 * row + 1];
    out[view + 1] = length;
    const end = to + length;
    for (; to < end; to += 4, from += 4) destination.setInt32(to, source.getInt32(from, true), true);
    to = end;
  }
  return to;
};
