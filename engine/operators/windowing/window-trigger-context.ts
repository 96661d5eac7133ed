/** A trigger's way to its window: state, timers, clock and watermark. */
import type { TimerQueue } from '../../state/timer-queue.ts';
import type { KeyedWindows } from './keyed-windows.ts';
import type { TimeWindow } from './merge-windows.ts';
import type { TriggerContext } from './triggers.ts';

/** Time domains, as indexes of an operator's timer queues. */
export const EVENT_TIME = 0;
export const PROCESSING_TIME = 1;

/** One object, pointed at one window after the other. */
export class WindowTriggerContext implements TriggerContext {
  window: TimeWindow = { start: 0n, end: 0n };
  maxTimestamp = 0n;
  private slot = 0;
  private row = 0;
  private readonly windows: KeyedWindows;
  private readonly timers: readonly [TimerQueue, TimerQueue];
  private readonly watermark: () => bigint;
  private readonly clock: () => bigint;

  constructor(windows: KeyedWindows, timers: readonly [TimerQueue, TimerQueue], watermark: () => bigint, clock: () => bigint) {
    this.windows = windows;
    this.timers = timers;
    this.watermark = watermark;
    this.clock = clock;
  }

  at(slot: number, row: number, window: TimeWindow, maxTimestamp: bigint): this {
    this.slot = slot;
    this.row = row;
    this.window = window;
    this.maxTimestamp = maxTimestamp;
    return this;
  }

  get currentWatermark(): bigint {
    return this.watermark();
  }

  get processingTime(): bigint {
    return this.clock();
  }

  registerEventTimeTimer(time: bigint): void {
    this.timers[EVENT_TIME].register(this.slot, this.window.start, this.window.end, time);
  }

  deleteEventTimeTimer(time: bigint): void {
    this.timers[EVENT_TIME].delete(this.slot, this.window.start, this.window.end, time);
  }

  registerProcessingTimeTimer(time: bigint): void {
    this.timers[PROCESSING_TIME].register(this.slot, this.window.start, this.window.end, time);
  }

  deleteProcessingTimeTimer(time: bigint): void {
    this.timers[PROCESSING_TIME].delete(this.slot, this.window.start, this.window.end, time);
  }

  getLong(index: number): bigint {
    return this.windows.windowLong(this.row, index);
  }

  setLong(index: number, value: bigint): void {
    this.windows.setWindowLong(this.row, index, value);
  }
}
