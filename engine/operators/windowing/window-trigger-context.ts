/** A trigger's way to its window: state, timers, clock and watermark. */
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { TimerQueue } from '../../state/timer-queue.ts';
import type { KeyedWindows } from './keyed-windows.ts';
import type { TriggerContext } from './triggers.ts';

/** Time domains, as indexes of an operator's timer queues. */
export const EVENT_TIME = 0;
export const PROCESSING_TIME = 1;

/** What the context asks of the operator. */
export interface TriggerOwner {
  readonly currentWatermark: bigint;
  readonly processingTime: bigint;
  /** Instant of the last millisecond of a window that ends there. */
  lastInstant(end: bigint): bigint;
}

/** One object, pointed at one window after the other. */
export class WindowTriggerContext implements TriggerContext {
  private row = 0;
  private last: bigint | null = null;
  private readonly memory: JobMemory;
  private readonly windows: KeyedWindows;
  private readonly timers: readonly [TimerQueue, TimerQueue];
  private readonly owner: TriggerOwner;

  constructor(memory: JobMemory, windows: KeyedWindows, timers: readonly [TimerQueue, TimerQueue], owner: TriggerOwner) {
    this.memory = memory;
    this.windows = windows;
    this.timers = timers;
    this.owner = owner;
  }

  /** Points at a live window. */
  at(row: number): this {
    this.row = row;
    this.last = null;
    return this;
  }

  get maxTimestamp(): bigint {
    if (this.last === null) this.last = this.owner.lastInstant(this.windows.endOf(this.row));
    return this.last;
  }

  get currentWatermark(): bigint {
    return this.owner.currentWatermark;
  }

  get processingTime(): bigint {
    return this.owner.processingTime;
  }

  registerEventTimeTimer(time: bigint): void {
    this.register(EVENT_TIME, time);
  }

  deleteEventTimeTimer(time: bigint): void {
    this.delete(EVENT_TIME, time);
  }

  registerProcessingTimeTimer(time: bigint): void {
    this.register(PROCESSING_TIME, time);
  }

  deleteProcessingTimeTimer(time: bigint): void {
    this.delete(PROCESSING_TIME, time);
  }

  /** The timer at the end is asked for with every record: the window itself knows that it is there. */
  register(domain: 0 | 1, time: bigint): void {
    const { windows, row } = this;
    if (time === this.maxTimestamp) {
      if (windows.hasEndTimer(row, domain)) return;
      windows.noteEndTimer(row, domain);
    }
    this.timers[domain].register(windows.slotOf(row), windows.startOf(row), windows.endOf(row), time);
  }

  delete(domain: 0 | 1, time: bigint): void {
    const { windows, row } = this;
    if (time === this.maxTimestamp) windows.forgetEndTimer(row, domain);
    windows.forgetCleanupTimer(row);
    this.timers[domain].delete(windows.slotOf(row), windows.startOf(row), windows.endOf(row), time);
  }

  getLong(index: number): bigint {
    return this.windows.windowLong(this.row, index);
  }

  setLong(index: number, value: bigint): void {
    this.windows.setWindowLong(this.row, index, value);
  }

  getCount(index: number): number {
    return this.memory.i32[this.windows.windowLongWord(this.row, index)];
  }

  setCount(index: number, value: number): void {
    const word = this.windows.windowLongWord(this.row, index);
    this.memory.i32[word] = value;
    this.memory.i32[word + 1] = 0;
  }

  getDouble(index: number): number {
    return this.memory.f64[this.windows.windowLongWord(this.row, index) >>> 1];
  }

  setDouble(index: number, value: number): void {
    this.memory.f64[this.windows.windowLongWord(this.row, index) >>> 1] = value;
  }
}
