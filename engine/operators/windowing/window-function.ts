/** What is computed from a window's contents when it fires. */
import type { Batch } from '../../columnar/batch.ts';
import type { KeyedWindows } from './keyed-windows.ts';

/** One firing of one window. */
export interface Firing {
  readonly slot: number;
  readonly row: number;
  readonly start: bigint;
  readonly end: bigint;
  /** Instant of the window's last millisecond: the timestamp of what is emitted. */
  readonly maxTimestamp: bigint;
  /** What window_time shows. */
  readonly windowTime: bigint;
  readonly watermark: bigint;
  readonly processingTime: bigint;
}

/** Collects the results of a step. */
export interface WindowEmitter {
  /** No more firings in this step when this is not positive. */
  readonly room: number;
  /** False: there was no room for all of it, and `resume` goes on in the next step; the window stays as it is until then. */
  fire(windows: KeyedWindows, firing: Firing): boolean;
  resume(): boolean;
  /** Puts a watermark behind what was emitted so far. */
  mark(watermark: bigint): void;
  /** The batch of the step, null when nothing was emitted. */
  take(): Batch | null;
  /** Begins a step. */
  reset(): void;
  /** Gives back what it holds. */
  close(): void;
}
