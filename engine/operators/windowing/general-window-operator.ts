/**
 * Flink's window operator: any assigner, trigger and function, allowed lateness, late output, merging windows. Element by element, in the
 * order of Flink's own algorithm. Used for sessions and for windows that fire more than once; plain SQL windows have a faster way (slicing-window-operator.ts).
 */
import { EngineError } from '../../base/errors.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { Timer } from '../../state/timer-queue.ts';
import { TimerQueue } from '../../state/timer-queue.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { LONG_MAX, LONG_MIN, wrap } from '../time/long.ts';
import { noteRowBehind } from '../time/rows-behind.ts';
import type { WindowsView } from '../time/window-view.ts';
import { FiredWindows } from '../time/window-view.ts';
import type { KeyedWindows } from './keyed-windows.ts';
import { restoreKeyedWindows, writeKeyedWindows } from './keyed-windows-snapshot.ts';
import { LateRows } from './late-rows.ts';
import type { TimeWindow } from './merge-windows.ts';
import { MergingWindows } from './merging-windows.ts';
import type { TimeShift } from './time-shift.ts';
import type { Trigger } from './triggers.ts';
import { TriggerResult } from './triggers.ts';
import type { WindowAssigner } from './window-assigners.ts';
import type { WindowEmitter } from './window-function.ts';
import { restoreProgress, writeProgress } from './window-progress.ts';
import { cleanupTime } from './window-time.ts';
import { EVENT_TIME, PROCESSING_TIME, WindowTriggerContext } from './window-trigger-context.ts';

export interface GeneralWindowConfig {
  readonly assigner: WindowAssigner;
  readonly trigger: Trigger;
  readonly allowedLateness: bigint;
  readonly keys: readonly ColumnPath[];
  /** Column with the event time; null = the record's timestamp. */
  readonly rowtime: ColumnPath | null;
  /** Wall clock of TIMESTAMP_LTZ windows; null = UTC. */
  readonly shift: TimeShift | null;
  /** True: the watermark is part of the state, as in SQL. False: it starts anew after a restore, as in the DataStream API. */
  readonly keepsWatermark: boolean;
  /** Output port of late rows; null = drop them. */
  readonly latePort: number | null;
  /** What the stored state must be that of (state-fingerprint.ts). */
  readonly fingerprint: string;
}

export class GeneralWindowOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: GeneralWindowConfig;
  private readonly context: OperatorContext;
  private readonly windows: KeyedWindows;
  private readonly emitter: WindowEmitter;
  private readonly retired: RetiredRegions;
  private readonly timers: readonly [TimerQueue, TimerQueue];
  private readonly merging: MergingWindows | null;
  private readonly trigger: WindowTriggerContext;
  private readonly assigned: TimeWindow[] = [];
  private readonly keyColumns: Column[];
  private readonly due: Timer = { slot: 0, start: 0n, end: 0n, time: 0n };

  private watermark = LONG_MIN;
  private now = 0n;
  /** Timers up to here are being fired. */
  private firing: { readonly domain: 0 | 1; readonly until: bigint } | null = null;
  private batch: Batch | null = null;
  /** Next selected row, next mark, end of the rows before that mark. */
  private position = 0;
  private mark = 0;
  private segmentEnd = 0;
  private slots: Address = 0;
  private slotsFrom = 0;
  private readonly late: LateRows;
  private readonly fired = new FiredWindows();

  constructor(
    config: GeneralWindowConfig,
    context: OperatorContext,
    windows: KeyedWindows,
    emitter: WindowEmitter,
    retired: RetiredRegions,
  ) {
    this.config = config;
    this.context = context;
    this.late = new LateRows(context, config.latePort);
    this.windows = windows;
    this.emitter = emitter;
    this.retired = retired;
    this.timers = [new TimerQueue(context.memory), new TimerQueue(context.memory)];
    this.keyColumns = new Array(config.keys.length);
    this.trigger = new WindowTriggerContext(
      windows,
      this.timers,
      () => this.watermark,
      () => this.now,
    );
    this.merging = config.assigner.merging ? new MergingWindows(windows, config.trigger, this.trigger, this) : null;
  }

  open(restored: readonly RestoredSection[]): void {
    if (this.config.keepsWatermark) this.watermark = restoreProgress(restored);
    this.now = BigInt(this.context.clock.now());
    restoreKeyedWindows(restored, this.windows, this.timers, this.context, this.config.fingerprint);
    this.requestClock();
    this.countState();
  }

  processBatch(_input: number, batch: Batch): Progress {
    this.batch = batch;
    this.position = 0;
    this.mark = 0;
    this.segmentEnd = 0;
    this.now = BigInt(this.context.clock.now());
    return this.drain();
  }

  processWatermark(_input: number, watermark: bigint): Progress {
    if (watermark > this.watermark || !this.config.keepsWatermark) this.watermark = watermark;
    this.firing = { domain: EVENT_TIME, until: this.watermark };
    return this.drain();
  }

  processStatus(_input: number, idle: boolean): Progress {
    this.context.output.emitStatus(idle);
    return 'done';
  }

  onProcessingTime(nowMs: number): Progress {
    this.now = BigInt(nowMs);
    this.firing = { domain: PROCESSING_TIME, until: this.now };
    return this.drain();
  }

  drain(): Progress {
    this.retired.release();
    this.emitter.reset();
    this.late.reset();
    const cause = this.batch !== null ? 'batch' : this.firing?.domain;
    const finished = this.fireTimers() && this.takeBatch();
    this.emit();
    if (!finished) return 'more';
    if (cause === EVENT_TIME || (this.batch !== null && this.batch.markCount > 0)) this.context.output.emitWatermark(this.watermark);
    this.batch = null;
    this.requestClock();
    this.countState();
    return 'done';
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    if (this.config.keepsWatermark) writeProgress(writer, this.watermark);
    writeKeyedWindows(writer, this.windows, this.timers, this.config.fingerprint);
  }

  notifyCheckpointComplete(): void {}

  viewWindows(limit: number): WindowsView {
    const firesAt = (end: bigint) => this.maxTimestamp({ start: end, end });
    const { allowedLateness } = this.config;
    const fired = this.fired.newestFirst(firesAt);
    return { watermark: this.watermark, allowedLateness, ...this.windows.tally(limit, firesAt), fired };
  }

  close(): void {
    this.windows.close();
    for (const queue of this.timers) queue.close();
    this.retired.release();
  }

  /** Instant of the last millisecond of a window. */
  maxTimestamp(window: TimeWindow): bigint {
    const last = wrap(window.end - 1n);
    return this.config.shift === null ? last : this.config.shift.timerInstant(last);
  }

  cleanupTimeOf(window: TimeWindow): bigint {
    const last = this.maxTimestamp(window);
    return this.config.assigner.eventTime ? cleanupTime(last, this.config.allowedLateness) : last;
  }

  deleteCleanupTimer(slot: number, window: TimeWindow): void {
    const time = this.cleanupTimeOf(window);
    if (time !== LONG_MAX) this.cleanupTimers().delete(slot, window.start, window.end, time);
  }

  isLate(window: TimeWindow): boolean {
    return this.config.assigner.eventTime && this.cleanupTimeOf(window) <= this.watermark;
  }

  private cleanupTimers(): TimerQueue {
    return this.timers[this.config.assigner.eventTime ? EVENT_TIME : PROCESSING_TIME];
  }

  /** False when the output is full before the last due timer. */
  private fireTimers(): boolean {
    if (this.firing === null) return true;
    const { domain, until } = this.firing;
    const queue = this.timers[domain];
    while (queue.isDue(until)) {
      if (this.emitter.room <= 0) return false;
      queue.poll(this.due);
      this.onTimer(domain, this.due);
    }
    this.firing = null;
    if (domain === EVENT_TIME) this.emitter.mark(this.watermark);
    return true;
  }

  private onTimer(domain: 0 | 1, timer: Timer): void {
    const { slot, time } = timer;
    const window = { start: timer.start, end: timer.end };
    const row = this.windows.find(slot, window);
    if (row === NO_ROW) return;
    const context = this.trigger.at(slot, row, window, this.maxTimestamp(window));
    const { trigger } = this.config;
    this.apply(domain === EVENT_TIME ? trigger.onEventTime(context, time) : trigger.onProcessingTime(context, time), slot, row, window);
    if ((domain === EVENT_TIME) !== this.config.assigner.eventTime || time !== this.cleanupTimeOf(window)) return;
    trigger.clear(context);
    this.windows.drop(row);
    this.windows.releaseKey(slot);
  }

  private apply(result: TriggerResult, slot: number, row: number, window: TimeWindow): void {
    if ((result & TriggerResult.fire) !== 0 && !this.windows.contents.isEmpty(row)) {
      this.fired.add(window.start, window.end, 1);
      this.emitter.fire(this.windows, {
        slot,
        row,
        start: window.start,
        end: window.end,
        maxTimestamp: this.maxTimestamp(window),
        windowTime: this.config.shift === null ? wrap(window.end - 1n) : this.config.shift.toInstant(window.end - 1n),
        watermark: this.watermark,
        processingTime: this.now,
      });
    }
    if ((result & TriggerResult.purge) !== 0) this.windows.contents.clear(row);
  }

  /** Works on the batch until it is used up (true) or the output is full (false). */
  private takeBatch(): boolean {
    const { batch } = this;
    if (batch === null) return true;
    this.windows.contents.beginBatch(batch);
    this.slots = 0;
    for (;;) {
      if (this.position === this.segmentEnd && !this.nextSegment(batch)) return true;
      if (!this.takeRows(batch)) return false;
      if (!this.passMark(batch)) return false;
    }
  }

  /** Sets `segmentEnd` behind the rows before the next mark; false at the end of the batch. */
  private nextSegment(batch: Batch): boolean {
    if (this.position === batch.selectedCount && this.mark >= batch.markCount) return false;
    const { i32 } = batch.memory;
    this.segmentEnd = batch.selectedCount;
    if (this.mark < batch.markCount) {
      const row = i32[(batch.markRows >>> 2) + this.mark];
      let end = this.position;
      while (end < batch.selectedCount && (batch.selection === 0 ? end : i32[(batch.selection >>> 2) + end]) <= row) end++;
      this.segmentEnd = end;
    }
    return true;
  }

  /** Fires what the mark behind the segment passes. */
  private passMark(batch: Batch): boolean {
    if (this.position < this.segmentEnd || this.mark >= batch.markCount) return true;
    const watermark = batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark++];
    if (watermark <= this.watermark) return true;
    this.watermark = watermark;
    this.firing = { domain: EVENT_TIME, until: watermark };
    return this.fireTimers();
  }

  private takeRows(batch: Batch): boolean {
    const to = this.segmentEnd;
    if (this.position === to) return true;
    this.findKeys(batch, this.position, to);
    const from = this.position;
    let full = false;
    for (; this.position < to && !full; this.position++) {
      const row = batch.selection === 0 ? this.position : batch.memory.i32[(batch.selection >>> 2) + this.position];
      this.processElement(batch, row, this.context.memory.i32[(this.slots >>> 2) + this.position - this.slotsFrom]);
      full = this.emitter.room <= 0;
    }
    this.releaseUnused(from, to);
    return !full;
  }

  /** Key slots of the rows of a segment; keys that turn out to have no window are released behind it. */
  private findKeys(batch: Batch, from: number, to: number): void {
    for (let at = 0; at < this.config.keys.length; at++) this.keyColumns[at] = columnAt(batch, this.config.keys[at]);
    const slots = this.context.arena.allocate(to * 4);
    this.windows.keys.upsert(this.keyColumns, batch.selection, from, to, slots);
    this.slots = slots;
    this.slotsFrom = 0;
  }

  private releaseUnused(from: number, to: number): void {
    const slots = this.slots >>> 2;
    for (let at = from; at < to; at++) this.windows.releaseKey(this.context.memory.i32[slots + at]);
  }

  private processElement(batch: Batch, row: number, slot: number): void {
    const { assigner, shift } = this.config;
    const timestamp = assigner.eventTime ? this.timestampOf(batch, row) : this.now;
    if (timestamp === null) return;
    this.assigned.length = 0;
    assigner.assign(shift === null ? timestamp : shift.toLocal(timestamp), batch, row, this.assigned);
    const windows = this.assigned.length;
    let taken = 0;
    for (const window of this.assigned) {
      if (
        this.merging !== null
          ? this.addMerging(this.merging, window, timestamp, batch, row, slot)
          : this.addTo(window, timestamp, batch, row, slot)
      )
        taken++;
    }
    if (assigner.eventTime && timestamp <= this.watermark)
      noteRowBehind(this.context, batch, row, timestamp, this.watermark, windows, taken);
    if (taken === 0 && assigner.eventTime && wrap(timestamp + this.config.allowedLateness) <= this.watermark) this.late.add(batch, row);
  }

  private addTo(window: TimeWindow, timestamp: bigint, batch: Batch, row: number, slot: number): boolean {
    if (this.isLate(window)) return false;
    this.addElement(this.windows.open(slot, window), window, timestamp, batch, row, slot);
    return true;
  }

  private addMerging(merging: MergingWindows, window: TimeWindow, timestamp: bigint, batch: Batch, row: number, slot: number): boolean {
    const actual = merging.add(slot, window, this.watermark);
    if (this.isLate(actual)) {
      this.windows.drop(actual.row);
      return false;
    }
    this.addElement(actual.row, actual, timestamp, batch, row, slot);
    return true;
  }

  private addElement(windowRow: number, window: TimeWindow, timestamp: bigint, batch: Batch, row: number, slot: number): void {
    this.windows.contents.add(windowRow, batch, row);
    const context = this.trigger.at(slot, windowRow, window, this.maxTimestamp(window));
    this.apply(this.config.trigger.onElement(context, timestamp, batch, row), slot, windowRow, window);
    const cleanup = this.cleanupTimeOf(window);
    if (cleanup !== LONG_MAX) this.cleanupTimers().register(slot, window.start, window.end, cleanup);
  }

  /** Null for a row without a time in SQL, which no window takes; the DataStream API calls that an error. */
  private timestampOf(batch: Batch, row: number): bigint | null {
    const { rowtime } = this.config;
    if (rowtime !== null) {
      const column = columnAt(batch, rowtime);
      if (column.validity === 0 || batch.memory.u8[column.validity + row] !== 0) return batch.memory.i64[(column.data >>> 3) + row];
      this.context.metrics.badRecords++;
      return null;
    }
    const timestamp = batch.timestamps === 0 ? NO_TIMESTAMP : batch.memory.i64[(batch.timestamps >>> 3) + row];
    if (timestamp !== NO_TIMESTAMP) return timestamp;
    throw new EngineError('MR5030', `node ${this.context.nodeId}: a record has no timestamp, so that no event-time window can take it`, {
      domain: 'user',
      nodeId: this.context.nodeId,
      remedy: 'put a watermark node before the window',
    });
  }

  private emit(): void {
    const results = this.emitter.take();
    if (results !== null) this.context.output.emit(0, results);
    this.late.emit();
  }

  private requestClock(): void {
    const earliest = this.timers[PROCESSING_TIME].earliest();
    if (earliest !== undefined) this.context.requestProcessingTime(Number(earliest));
  }

  private countState(): void {
    const { metrics } = this.context;
    metrics.stateBytes = this.windows.stateBytes + this.timers[EVENT_TIME].stateBytes + this.timers[PROCESSING_TIME].stateBytes;
    metrics.stateKeys = this.windows.keys.liveCount;
  }
}
