/** Finds the slice of each row: at once for rows that all lie in one, else by dealing row numbers into one list per slice. */
import type { Arena } from '../../columnar/arena.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { SliceGeometry } from './slice-geometry.ts';

const TWO_32 = 4294967296;
/** High words outside of ±this hold times that are not exact as doubles. */
const SAFE_HIGH = 1 << 20;
/** List number of rows without a rowtime. */
const DROPPED = 0;

/** Rows of one slice: entries `from`…`to - 1` of the list `rows` (address 0 = the number is the position). */
export interface SliceRows {
  /** End of the slice in local time. */
  end: bigint;
  rows: Address;
  from: number;
  to: number;
}

export class SliceRouter {
  /** What the last call found, in order of first appearance; `count` entries are valid. */
  readonly parts: SliceRows[] = [];
  count = 0;
  /** Rows of the last call that had no rowtime. */
  dropped = 0;

  private readonly geometry: SliceGeometry;
  /** Slice of the last lookup: its end, and the safe instants for which it is the answer. */
  private end = 0n;
  private from = 0;
  private until = 0;

  constructor(geometry: SliceGeometry) {
    this.geometry = geometry;
  }

  /** Routes the selected rows `from`…`to - 1` of a batch by the column `time`. */
  route(batch: Batch, time: Column, from: number, to: number, arena: Arena): void {
    this.count = 0;
    this.dropped = 0;
    if (from === to) return;
    const { i32, u8 } = batch.memory;
    const firstRow = batch.selection === 0 ? from : i32[(batch.selection >>> 2) + from];
    if (time.validity === 0 || u8[time.validity + firstRow] !== 0) {
      this.locate(i32, batch.memory.i64, time.data, firstRow);
      const same = countWithin(i32, u8, time.data, time.validity, batch.selection, from, to, this.from, this.until);
      if (same === to) {
        this.part(this.end, batch.selection, from, to);
        return;
      }
    }
    this.deal(batch, time, from, to, arena);
  }

  private part(end: bigint, rows: Address, from: number, to: number): void {
    if (this.count === this.parts.length) this.parts.push({ end, rows, from, to });
    const part = this.parts[this.count++];
    part.end = end;
    part.rows = rows;
    part.from = from;
    part.to = to;
  }

  /** One list number per row, then one list of row numbers per slice. */
  private deal(batch: Batch, time: Column, from: number, to: number, arena: Arena): void {
    const lists = arena.allocate((to - from) * 4) >>> 2;
    const { i32, u8, i64 } = batch.memory;
    const list = batch.selection >>> 2;
    const known: KnownSlices = { ends: [0n], froms: [0], untils: [0] };
    const counts: number[] = [0];
    let current = DROPPED;
    for (let at = from; at < to; at++) {
      const row = batch.selection === 0 ? at : i32[list + at];
      let number = DROPPED;
      if (time.validity === 0 || u8[time.validity + row] !== 0) {
        const word = (time.data >>> 2) + row * 2;
        const instant = i32[word + 1] * TWO_32 + (i32[word] >>> 0);
        if (!(instant >= known.froms[current] && instant < known.untils[current])) {
          current = numberOf(known, instant);
          if (current === DROPPED) {
            this.locate(i32, i64, time.data, row);
            current = this.remember(known, counts);
          }
        }
        number = current;
      }
      i32[lists + at - from] = number;
      counts[number]++;
    }
    this.dropped = counts[DROPPED];
    this.gather(batch, known.ends, counts, lists, from, to, arena);
  }

  /** The list of the slice that was located; a slice seen before gets the new range of instants (its zone's offset may change within it). */
  private remember(known: KnownSlices, counts: number[]): number {
    let number = known.ends.indexOf(this.end, 1);
    if (number < 0) {
      number = known.ends.push(this.end) - 1;
      counts.push(0);
    }
    known.froms[number] = this.from;
    known.untils[number] = this.until;
    return number;
  }

  private gather(
    batch: Batch,
    ends: readonly bigint[],
    counts: readonly number[],
    lists: number,
    from: number,
    to: number,
    arena: Arena,
  ): void {
    const rows = arena.allocate((to - from) * 4);
    const { i32 } = batch.memory;
    const list = batch.selection >>> 2;
    const next = new Int32Array(ends.length);
    for (let number = 1; number < ends.length; number++) next[number] = next[number - 1] + counts[number - 1];
    for (let at = from; at < to; at++) {
      i32[(rows >>> 2) + next[i32[lists + at - from]]++] = batch.selection === 0 ? at : i32[list + at];
    }
    for (let number = 1; number < ends.length; number++) this.part(ends[number], rows, next[number] - counts[number], next[number]);
  }

  /** Sets `end`, `from` and `until` to the slice of a row. */
  private locate(i32: Int32Array, i64: BigInt64Array, data: Address, row: number): void {
    const { geometry } = this;
    const high = i32[(data >>> 2) + row * 2 + 1];
    const time = i64[(data >>> 3) + row];
    this.end = geometry.sliceEnd(time);
    this.from = 0;
    this.until = 0;
    if (high >= SAFE_HIGH || high < -SAFE_HIGH) return;
    const instant = Number(time);
    const { shift } = geometry;
    const offset = shift === null ? 0 : shift.offsetAt(instant);
    const until = Number(this.end) - offset;
    const from = until - Number(geometry.window.step);
    this.from = shift === null ? from : Math.max(from, shift.steadyFrom(instant));
    this.until = shift === null ? until : Math.min(until, shift.steadyUntil(instant));
  }
}

/** Slices of one call by list number, each with the safe instants for which it is known to be the answer; number 0 is none. */
interface KnownSlices {
  readonly ends: bigint[];
  readonly froms: number[];
  readonly untils: number[];
}

/** List number of the slice that holds an instant; DROPPED when it is not known. */
function numberOf(known: KnownSlices, instant: number): number {
  const { froms, untils } = known;
  for (let number = froms.length - 1; number > 0; number--) {
    if (instant >= froms[number] && instant < untils[number]) return number;
  }
  return DROPPED;
}

/** The first selected row from `from` on that has no time within `lowest`…`until - 1`; `to` when all have. */
function countWithin(
  i32: Int32Array,
  u8: Uint8Array,
  data: Address,
  validity: Address,
  selection: Address,
  from: number,
  to: number,
  lowest: number,
  until: number,
): number {
  const lane = data >>> 2;
  const list = selection >>> 2;
  for (let at = from; at < to; at++) {
    const row = selection === 0 ? at : i32[list + at];
    if (validity !== 0 && u8[validity + row] === 0) return at;
    const instant = i32[lane + row * 2 + 1] * TWO_32 + (i32[lane + row * 2] >>> 0);
    if (!(instant >= lowest && instant < until)) return at;
  }
  return to;
}
