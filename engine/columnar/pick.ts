/** A column put together of entries of several columns of one scalar type: entry by entry it is said which column, and which row of it. */
import type { Arena } from './arena.ts';
import type { Column } from './batch.ts';
import { createColumn, entryBytes } from './batch.ts';
import type { Address, JobMemory } from './job-memory.ts';

/** `which` and `rows` are `count` i32 each. What the columns refer to must stay as long as the answer, whose lanes are of the arena. */
export function pickColumn(arena: Arena, from: readonly Column[], which: Address, rows: Address, count: number): Column {
  const column = createColumn(from[0].type);
  const { memory } = arena;
  const bytes = entryBytes(column.type);
  column.ascii = from.every(({ ascii }) => ascii);
  column.data = arena.allocate(Math.max(bytes * count, 1));
  const data = from.map((each) => each.data);
  if (bytes === 1) pickOctets(memory, data, which, rows, count, column.data);
  else pickWords(memory, data, bytes / 4, which, rows, count, column.data);
  if (from.some(({ nanos }) => nanos !== 0)) {
    column.nanos = arena.allocate(Math.max(4 * count, 4));
    const nanos = from.map((each) => each.nanos);
    pickWords(memory, nanos, 1, which, rows, count, column.nanos);
  }
  if (from.some(({ validity }) => validity !== 0)) {
    column.validity = arena.allocate(Math.max(count, 1));
    const validity = from.map((each) => each.validity);
    pickOctets(memory, validity, which, rows, count, column.validity);
  }
  return column;
}

/** Entries of one byte; a lane that a column has not (address 0) is all ones: nothing is missing in it. */
function pickOctets(memory: JobMemory, lanes: readonly Address[], which: Address, rows: Address, count: number, to: Address): void {
  const { i32, u8 } = memory;
  for (let at = 0; at < count; at++) {
    const lane = lanes[i32[(which >>> 2) + at]];
    u8[to + at] = lane === 0 ? 1 : u8[lane + i32[(rows >>> 2) + at]];
  }
}

/** Entries of 32-bit words; a lane that a column has not is all zeros. */
function pickWords(
  memory: JobMemory,
  lanes: readonly Address[],
  words: number,
  which: Address,
  rows: Address,
  count: number,
  to: Address,
): void {
  const { i32 } = memory;
  let out = to >>> 2;
  for (let at = 0; at < count; at++) {
    const lane = lanes[i32[(which >>> 2) + at]];
    const entry = (lane >>> 2) + words * i32[(rows >>> 2) + at];
    for (let word = 0; word < words; word++) i32[out++] = lane === 0 ? 0 : i32[entry + word];
  }
}
