/** What a found match looks like to whoever makes rows of it. */
import type { Batch } from '../../columnar/batch.ts';
import { LONG_MAX } from '../time/long.ts';

/** The rows of one match from first to last; parallel lists that are used again. */
export interface FoundMatch {
  /** Row of the key in the table of keys. */
  key: number;
  count: number;
  readonly steps: number[];
  /** Rows in the buffer. */
  readonly events: number[];
  /** When it was found, or when its time had run out; milliseconds as a double. */
  time: number;
}

/** Collects the rows of one output port during a step. */
export interface MatchEmitter {
  /** Matches that still fit; a step that cannot stop at once may go on. */
  readonly room: number;
  add(match: FoundMatch): void;
  /** A watermark behind the last row. */
  mark(watermark: bigint): void;
  /** The rows of the step, or null. */
  take(): Batch | null;
  /** A new step begins. */
  reset(): void;
  close(): void;
}

const LONG_MAX_DOUBLE = Number(LONG_MAX);

/** A time as a long; the end of all time is no double. */
export function exactTime(time: number): bigint {
  return time >= LONG_MAX_DOUBLE ? LONG_MAX : BigInt(time);
}
