/** The windows of the stretches of time that were met last, worked out once for all rows of a stretch. */
import type { Batch } from '../../columnar/batch.ts';
import type { WindowAssigner } from './window-assigners.ts';
import { windowStart } from './window-time.ts';

/** Rows out of order belong to a few stretches at a time. */
const STRETCHES = 8;
/** Times whose windows cannot wrap. */
const TIME_MAX = 2n ** 60n;
const PLACES_MAX = 64;

/** Parallel lists, in the order in which the assigner hands windows out. */
export interface WindowsOfStretch {
  readonly from: bigint;
  /** Not included. */
  readonly to: bigint;
  readonly starts: readonly bigint[];
  readonly ends: readonly bigint[];
  /** Instant of the last millisecond, and time at which the window is forgotten. */
  readonly lasts: readonly bigint[];
  readonly cleanups: readonly bigint[];
  /** Number of the window among its neighbours, so that those of a key that are alive together differ. */
  readonly places: readonly number[];
  readonly earliestLast: bigint;
  readonly earliestCleanup: bigint;
}

/** What it asks of the operator. */
export interface WindowTimes {
  lastInstant(end: bigint): bigint;
  cleanupTimeOf(end: bigint): bigint;
}

/** Numbers that windows of a key are told apart by; 0: they are not. */
export function placesOf(assigner: WindowAssigner): number {
  if (assigner.regular === null || !assigner.eventTime) return 0;
  let places = 2;
  while (places < assigner.windowsMax * 2) places *= 2;
  return places <= PLACES_MAX ? places : 0;
}

export class RememberedWindows {
  private readonly assigner: WindowAssigner;
  private readonly times: WindowTimes;
  private readonly places: number;
  private readonly stretches: WindowsOfStretch[] = [];
  private next = 0;
  private last: WindowsOfStretch | null = null;

  constructor(assigner: WindowAssigner, times: WindowTimes) {
    this.assigner = assigner;
    this.times = times;
    this.places = placesOf(assigner);
  }

  /** Null where they are not remembered. */
  at(time: bigint, batch: Batch, row: number): WindowsOfStretch | null {
    const { last } = this;
    if (last !== null && time >= last.from && time < last.to) return last;
    for (const stretch of this.stretches) {
      if (time < stretch.from || time >= stretch.to) continue;
      this.last = stretch;
      return stretch;
    }
    const { regular, eventTime } = this.assigner;
    if (regular === null || !eventTime || this.places === 0 || time > TIME_MAX || time < -TIME_MAX) return null;
    const from = windowStart(time, regular.offset, regular.stretch);
    const made = this.windowsOf(time, batch, row, from, from + regular.stretch);
    this.stretches[this.next] = made;
    this.next = (this.next + 1) % STRETCHES;
    this.last = made;
    return made;
  }

  private windowsOf(time: bigint, batch: Batch, row: number, from: bigint, to: bigint): WindowsOfStretch {
    const starts: bigint[] = [];
    const ends: bigint[] = [];
    this.assigner.assign(time, batch, row, {
      add(start, end) {
        starts.push(start);
        ends.push(end);
      },
    });
    const every = this.assigner.regular?.every ?? 1n;
    const lasts = ends.map((end) => this.times.lastInstant(end));
    const cleanups = ends.map((end) => this.times.cleanupTimeOf(end));
    const places = ends.map((end) => Number(BigInt.asUintN(32, end / every)) % this.places);
    return { from, to, starts, ends, lasts, cleanups, places, earliestLast: least(lasts), earliestCleanup: least(cleanups) };
  }
}

/** Of windows that do not exist: the end of time. */
function least(times: readonly bigint[]): bigint {
  return times.reduce((first, time) => (time < first ? time : first), 2n ** 63n - 1n);
}
