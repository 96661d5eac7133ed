/**
 * Timers of keys in both time domains. A timer is one per key and time and domain, however often it is set; it keeps its key.
 * Event timers at or behind the watermark fire with the next watermark, not at once, as in Flink.
 */
import type { JobMemory } from '../columnar/job-memory.ts';
import type { KeyedTable } from './keyed-table.ts';
import type { Timer } from './timer-queue.ts';
import { TimerQueue } from './timer-queue.ts';

export const EVENT_TIME = 0;
export const PROCESSING_TIME = 1;
export type TimeDomain = typeof EVENT_TIME | typeof PROCESSING_TIME;

/** A timer that fires; the object is reused. */
export interface FiredTimer {
  domain: TimeDomain;
  slot: number;
  time: bigint;
}

export class KeyTimers {
  readonly queues: readonly [TimerQueue, TimerQueue];
  private readonly table: KeyedTable;
  /** Word of a key's row that counts its timers. */
  private readonly countWord: number;
  private readonly polled: Timer = { slot: 0, start: 0n, end: 0n, time: 0n };

  constructor(memory: JobMemory, table: KeyedTable, countWord: number) {
    this.queues = [new TimerQueue(memory), new TimerQueue(memory)];
    this.table = table;
    this.countWord = countWord;
  }

  registerEventTime(slot: number, time: bigint): void {
    this.register(EVENT_TIME, slot, time);
  }

  registerProcessingTime(slot: number, time: bigint): void {
    this.register(PROCESSING_TIME, slot, time);
  }

  deleteEventTime(slot: number, time: bigint): void {
    this.delete(EVENT_TIME, slot, time);
  }

  deleteProcessingTime(slot: number, time: bigint): void {
    this.delete(PROCESSING_TIME, slot, time);
  }

  register(domain: TimeDomain, slot: number, time: bigint): void {
    const queue = this.queues[domain];
    const before = queue.count;
    queue.register(slot, 0n, 0n, time);
    this.add(slot, queue.count - before);
  }

  delete(domain: TimeDomain, slot: number, time: bigint): void {
    const queue = this.queues[domain];
    const before = queue.count;
    queue.delete(slot, 0n, 0n, time);
    this.add(slot, queue.count - before);
  }

  isDue(domain: TimeDomain, until: bigint): boolean {
    return this.queues[domain].isDue(until);
  }

  /** Takes the earliest timer out, which must be due; the caller releases the key when it has dealt with it. */
  poll(domain: TimeDomain, fired: FiredTimer): void {
    this.queues[domain].poll(this.polled);
    fired.domain = domain;
    fired.slot = this.polled.slot;
    fired.time = this.polled.time;
    this.add(fired.slot, -1);
  }

  /** Time of the earliest processing-time timer: what to ask the clock for. */
  earliestProcessingTime(): bigint | undefined {
    return this.queues[PROCESSING_TIME].earliest();
  }

  isEmpty(slot: number): boolean {
    return this.table.memory.i32[this.table.wordOf(slot) + this.countWord] === 0;
  }

  /** A key's row has been copied from a snapshot; its timers follow one by one. */
  forget(slot: number): void {
    this.table.memory.i32[this.table.wordOf(slot) + this.countWord] = 0;
  }

  get stateBytes(): number {
    return this.queues[EVENT_TIME].stateBytes + this.queues[PROCESSING_TIME].stateBytes;
  }

  close(): void {
    for (const queue of this.queues) queue.close();
  }

  private add(slot: number, timers: number): void {
    this.table.memory.i32[this.table.wordOf(slot) + this.countWord] += timers;
  }
}
