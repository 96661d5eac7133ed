/** The search of an interval join: partners of one row in the other side's chain, from the newest on, until they are too old. */
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { IntervalBuffer } from './interval-buffer.ts';
import { FRESH, MATCHED } from './interval-buffer.ts';

/** Bounds of a partner's time, both inclusive, as 32-bit words; reused from row to row. */
export interface Bounds {
  lowestLow: number;
  lowestHigh: number;
  highestLow: number;
  highestHigh: number;
}

/** Sets the bounds to time + `lower` … time + `upper`, with Java's wrapping. */
export function setBounds(bounds: Bounds, timeLow: number, timeHigh: number, lower: Words, upper: Words): void {
  const lowest = (timeLow >>> 0) + lower.low;
  bounds.lowestLow = lowest >>> 0;
  bounds.lowestHigh = (timeHigh + lower.high + (lowest > 0xffffffff ? 1 : 0)) | 0;
  const highest = (timeLow >>> 0) + upper.low;
  bounds.highestLow = highest >>> 0;
  bounds.highestHigh = (timeHigh + upper.high + (highest > 0xffffffff ? 1 : 0)) | 0;
}

/** A long as its unsigned low and signed high word. */
export interface Words {
  readonly low: number;
  readonly high: number;
}

export function wordsOf(value: bigint): Words {
  return { low: Number(BigInt.asUintN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)) };
}

/**
 * Writes the row numbers of partners to `found` (i32) from entry `at` up to `limit`, starting with the row `cursor` (row + 1) of the
 * chain. Answers how far the list is filled; `search.next` is where to go on, 0 at the end.
 */
export function probePartners(
  memory: JobMemory,
  buffer: IntervalBuffer,
  dead: Words,
  bounds: Bounds,
  marks: boolean,
  search: { next: number },
  found: Address,
  at: number,
  limit: number,
): number {
  const { i32 } = memory;
  const base = buffer.store.rows >>> 2;
  const { words } = buffer.store.layout;
  const { nextWord, timeWord, flagsWord } = buffer;
  const { lowestLow, lowestHigh, highestLow, highestHigh } = bounds;
  const list = found >>> 2;
  let row = search.next;
  let filled = at;
  while (row !== 0 && filled < limit) {
    const word = base + (row - 1) * words;
    const low = i32[word + timeWord] >>> 0;
    const high = i32[word + timeWord + 1];
    if (high < lowestHigh || (high === lowestHigh && low < lowestLow)) break;
    if (high < dead.high || (high === dead.high && low <= dead.low)) {
      if (high !== dead.high || low !== dead.low || (i32[word + flagsWord] & FRESH) === 0) break;
    }
    if (high < highestHigh || (high === highestHigh && low <= highestLow)) {
      i32[list + filled++] = row - 1;
      if (marks) i32[word + flagsWord] |= MATCHED;
    }
    row = i32[word + nextWord];
  }
  search.next = filled === limit ? row : 0;
  return filled;
}
