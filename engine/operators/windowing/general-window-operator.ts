/**
 * Flink's window operator: any assigner, trigger, evictor and function, allowed lateness, late output, merging windows. Rows are assigned
 * and added in runs, triggers are asked one by one in the order of Flink's own algorithm. Used for sessions that are not plain and for
 * windows that fire more than once; plain SQL windows have a faster way (slicing-window-operator.ts).
 */
import type { Batch, Column } from '../../columnar/batch.ts';
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
import type { Evictor } from './evictors.ts';
import type { KeyedWindows } from './keyed-windows.ts';
import { restoreKeyedWindows, writeKeyedWindows } from './keyed-windows-snapshot.ts';
import { LateRows } from './late-rows.ts';
import { MergingWindows } from './merging-windows.ts';
import type { TimeShift } from './time-shift.ts';
import type { Trigger } from './triggers.ts';
import { eventTimeTrigger } from './triggers.ts';
import type { WindowAssigner } from './window-assigners.ts';
import { WindowFirings } from './window-firings.ts';
import type { WindowEmitter } from './window-function.ts';
import { restoreProgress, writeProgress } from './window-progress.ts';
import { WindowSegment } from './window-segment.ts';
import { cleanupTime } from './window-time.ts';
import { EVENT_TIME, PROCESSING_TIME, WindowTriggerContext } from './window-trigger-context.ts';

export interface GeneralWindowConfig {
  readonly assigner: WindowAssigner;
  readonly trigger: Trigger;
  /** Only for windows that keep their records. */
  readonly evictor: Evictor | null;
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
  currentWatermark = LONG_MIN;
  processingTime = 0n;
  private readonly config: GeneralWindowConfig;
  private readonly context: OperatorContext;
  private readonly windows: KeyedWindows;
  private readonly emitter: WindowEmitter;
  private readonly retired: RetiredRegions;
  private readonly timers: readonly [TimerQueue, TimerQueue];
  private readonly merging: MergingWindows | null;
  private readonly trigger: WindowTriggerContext;
  private readonly segment: WindowSegment;
  private readonly firings: WindowFirings;
  private readonly keyColumns: Column[];
  private readonly due: Timer = { slot: 0, start: 0n, end: 0n, time: 0n };
  private readonly late: LateRows;
  /** Timers up to here are being fired. */
  private firing: { readonly domain: 0 | 1; readonly until: bigint } | null = null;
  private batch: Batch | null = null;
  /** Selected position and mark behind the segment in hand. */
  private position = 0;
  private mark = 0;
  /** Within the segment: next row and next window, and the first window whose row has not been added yet. */
  private row = 0;
  private entry = 0;
  private entryOfRow = 0;
  private added = 0;

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
    this.trigger = new WindowTriggerContext(context.memory, windows, this.timers, this);
    this.merging = config.assigner.merging ? new MergingWindows(windows, config.trigger, this.trigger, this) : null;
    this.segment = new WindowSegment(context, config, this, this.late);
    this.firings = new WindowFirings(config, windows, emitter, this);
  }

  open(restored: readonly RestoredSection[]): void {
    if (this.config.keepsWatermark) this.currentWatermark = restoreProgress(restored);
    this.processingTime = BigInt(this.context.clock.now());
    restoreKeyedWindows(restored, this.windows, this.timers, this.context, this.config.fingerprint);
    this.requestClock();
    this.countState();
  }

  processBatch(_input: number, batch: Batch): Progress {
    this.batch = batch;
    this.position = 0;
    this.mark = 0;
    this.segment.clear();
    this.row = 0;
    this.processingTime = BigInt(this.context.clock.now());
    return this.drain();
  }

  processWatermark(_input: number, watermark: bigint): Progress {
    if (watermark > this.currentWatermark || !this.config.keepsWatermark) this.currentWatermark = watermark;
    this.firing = { domain: EVENT_TIME, until: this.currentWatermark };
    return this.drain();
  }

  processStatus(_input: number, idle: boolean): Progress {
    this.context.output.emitStatus(idle);
    return 'done';
  }

  onProcessingTime(nowMs: number): Progress {
    this.processingTime = BigInt(nowMs);
    this.firing = { domain: PROCESSING_TIME, until: this.processingTime };
    return this.drain();
  }

  /** Event time ends with its last watermark. The clock goes on, but nobody will ask it: what waits for it is emitted now, not lost as in Flink. */
  endInput(): Progress {
    const latest = this.timers[PROCESSING_TIME].latest();
    if (latest === undefined) return 'done';
    this.firing = { domain: PROCESSING_TIME, until: latest };
    return this.drain();
  }

  drain(): Progress {
    this.retired.release();
    this.emitter.reset();
    this.late.reset();
    const cause = this.batch !== null ? 'batch' : this.firing?.domain;
    const finished = this.firings.resume() && this.fireTimers() && this.takeBatch();
    this.emit();
    if (!finished) return 'more';
    if (cause === EVENT_TIME || (this.batch !== null && this.batch.markCount > 0)) this.context.output.emitWatermark(this.currentWatermark);
    this.batch = null;
    this.requestClock();
    this.countState();
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    if (this.config.keepsWatermark) writeProgress(writer, this.currentWatermark);
    writeKeyedWindows(writer, this.windows, this.timers, this.config);
  }

  notifyCheckpointComplete(): void {}

  viewWindows(limit: number): WindowsView {
    const { allowedLateness, assigner } = this.config;
    const firesAt = (end: bigint) => this.lastInstant(end);
    const open = assigner.global ? { windows: [], more: 0, complete: true } : this.windows.tally(limit, firesAt);
    return { watermark: this.currentWatermark, allowedLateness, ...open, fired: this.firings.newestFirst() };
  }

  close(): void {
    this.windows.close();
    for (const queue of this.timers) queue.close();
    this.segment.close();
    this.emitter.close();
    this.retired.release();
  }

  lastInstant(end: bigint): bigint {
    const last = wrap(end - 1n);
    return this.config.shift === null ? last : this.config.shift.timerInstant(last);
  }

  cleanupTimeOf(end: bigint): bigint {
    const last = this.lastInstant(end);
    return this.config.assigner.eventTime ? cleanupTime(last, this.config.allowedLateness) : last;
  }

  deleteCleanupTimer(row: number): void {
    const time = this.cleanupTimeOf(this.windows.endOf(row));
    if (time !== LONG_MAX) this.trigger.at(row).delete(this.cleanupDomain(), time);
  }

  isLate(end: bigint): boolean {
    return this.config.assigner.eventTime && this.cleanupTimeOf(end) <= this.currentWatermark;
  }

  registerCleanupTimer(row: number): void {
    this.windows.noteCleanupTimer(row);
    const time = this.cleanupTimeOf(this.windows.endOf(row));
    if (time !== LONG_MAX) this.trigger.at(row).register(this.cleanupDomain(), time);
  }

  private cleanupDomain(): 0 | 1 {
    return this.config.assigner.eventTime ? EVENT_TIME : PROCESSING_TIME;
  }

  /** False when the output is full before the last due timer. */
  private fireTimers(): boolean {
    if (this.firing === null) return true;
    const { domain, until } = this.firing;
    const queue = this.timers[domain];
    while (queue.isDue(until)) {
      if (this.emitter.room <= 0) return false;
      queue.poll(this.due);
      if (!this.onTimer(domain, this.due)) return false;
    }
    this.firing = null;
    if (domain === EVENT_TIME) this.emitter.mark(this.currentWatermark);
    return true;
  }

  private onTimer(domain: 0 | 1, { slot, start, end, time }: Timer): boolean {
    const row = this.windows.find(slot, start, end);
    if (row === NO_ROW) {
      this.merging?.renewTimers(slot, start, end);
      return true;
    }
    const { trigger } = this.config;
    const context = this.trigger.at(row);
    if (time === context.maxTimestamp) this.windows.forgetEndTimer(row, domain);
    const result = domain === EVENT_TIME ? trigger.onEventTime(context, time) : trigger.onProcessingTime(context, time);
    const isCleanup = domain === this.cleanupDomain() && time === this.cleanupTimeOf(end);
    if (isCleanup) trigger.clear(context);
    return this.firings.apply(result, row, isCleanup ? 'drop' : this.config.assigner.global ? 'drop-if-idle' : 'keep');
  }

  /** Works on the batch until it is used up (true) or the output is full (false). */
  private takeBatch(): boolean {
    const { batch } = this;
    if (batch === null) return true;
    this.windows.contents.beginBatch(batch);
    for (;;) {
      if (!this.takeSegment(batch)) return false;
      if (this.markIsNext(batch)) {
        if (!this.passMark(batch)) return false;
      } else {
        if (this.position === batch.selectedCount) return true;
        this.beginSegment(batch);
      }
    }
  }

  private markIsNext(batch: Batch): boolean {
    if (this.mark >= batch.markCount) return false;
    if (this.position === batch.selectedCount) return true;
    const { i32 } = batch.memory;
    const next = batch.selection === 0 ? this.position : i32[(batch.selection >>> 2) + this.position];
    return i32[(batch.markRows >>> 2) + this.mark] < next;
  }

  /** Fires what the next mark passes. */
  private passMark(batch: Batch): boolean {
    const watermark = batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark++];
    if (watermark <= this.currentWatermark) return true;
    this.currentWatermark = watermark;
    this.firing = { domain: EVENT_TIME, until: this.currentWatermark };
    return this.fireTimers();
  }

  private beginSegment(batch: Batch): void {
    const { segment, windows } = this;
    segment.fill(batch, this.position, this.mark, this.currentWatermark, this.timers[EVENT_TIME].earliest() ?? LONG_MAX);
    this.position = segment.positionTo;
    [this.row, this.entry, this.entryOfRow, this.added] = [0, 0, 0, 0];
    if (segment.rowCount === 0) return;
    for (let at = 0; at < this.config.keys.length; at++) this.keyColumns[at] = columnAt(batch, this.config.keys[at]);
    windows.keys.upsert(this.keyColumns, segment.rows, 0, segment.rowCount, segment.keys);
    segment.spreadKeys();
    if (this.merging === null)
      windows.openAll(segment.starts, segment.ends, segment.entryKeys, segment.places, segment.entryCount, segment.windows);
  }

  /** Asks the triggers of the segment's rows; false when the output is full. */
  private takeSegment(batch: Batch): boolean {
    const { segment } = this;
    const { memory } = this.context;
    while (this.row < segment.rowCount) {
      this.passSegmentMarks(batch, memory.i32[(segment.rows >>> 2) + this.row]);
      const end = this.entryOfRow + memory.i32[(segment.windowCounts >>> 2) + this.row];
      while (this.entry < end) {
        if (this.emitter.room <= 0) {
          this.addPending();
          return false;
        }
        const done = this.merging === null ? this.takeEntry(batch) : this.takeMerging(batch, this.merging);
        if (!done) return false;
      }
      this.entryOfRow = end;
      this.row++;
    }
    this.addPending();
    this.endSegment();
    return true;
  }

  /** Marks before a row that fire nothing. */
  private passSegmentMarks(batch: Batch, row: number): void {
    const { i32, i64 } = batch.memory;
    for (; this.mark < this.segment.markTo && i32[(batch.markRows >>> 2) + this.mark] < row; this.mark++) {
      const watermark = i64[(batch.markWatermarks >>> 3) + this.mark];
      if (watermark <= this.currentWatermark) continue;
      this.currentWatermark = watermark;
      this.emitter.mark(watermark);
    }
  }

  private takeEntry(batch: Batch): boolean {
    const { segment } = this;
    const { memory } = this.context;
    const at = this.entry++;
    const windowRow = memory.i32[(segment.windows >>> 2) + at];
    // What the trigger would ask for stands already.
    if (this.config.trigger === eventTimeTrigger && this.windows.awaitsEnd(windowRow)) return true;
    const timestamp = memory.i64[(segment.times >>> 3) + this.row];
    const result = this.config.trigger.onElement(this.trigger.at(windowRow), timestamp, batch, memory.i32[(segment.entryRows >>> 2) + at]);
    if (!this.windows.hasCleanupTimer(windowRow)) this.registerCleanupTimer(windowRow);
    if (result === 0) return true;
    this.addPending();
    return this.firings.apply(result, windowRow, 'keep');
  }

  private takeMerging(batch: Batch, merging: MergingWindows): boolean {
    const { segment, windows } = this;
    const { memory } = this.context;
    const at = this.entry;
    const timestamp = memory.i64[(segment.times >>> 3) + this.row];
    const batchRow = memory.i32[(segment.entryRows >>> 2) + at];
    const [start, end] = [memory.i64[(segment.starts >>> 3) + at], memory.i64[(segment.ends >>> 3) + at]];
    const windowRow = merging.add(memory.i32[(segment.entryKeys >>> 2) + at], start, end, this.currentWatermark);
    memory.i32[(segment.windows >>> 2) + at] = windowRow;
    if (this.isLate(windows.endOf(windowRow))) {
      this.addPending();
      this.entry++;
      this.added++;
      windows.drop(windowRow);
      segment.noteLost(batch, batchRow, timestamp, this.currentWatermark, 1);
      return true;
    }
    if (this.config.assigner.eventTime && timestamp <= this.currentWatermark)
      noteRowBehind(this.context, batch, batchRow, timestamp, this.currentWatermark, 1, 1);
    return this.takeEntry(batch);
  }

  /** Adds the rows of the windows that were asked since the last time. */
  addPending(): void {
    const { segment, added, entry, batch } = this;
    if (entry > added && batch !== null)
      this.windows.contents.addRows(segment.windows + added * 4, batch, segment.entryRows + added * 4, entry - added);
    this.added = entry;
  }

  /** Windows that are never cleaned up go when nothing is left in them; so do keys without windows. */
  private endSegment(): void {
    const { segment, windows } = this;
    if (segment.rowCount === 0) return;
    this.row = 0;
    const { i32 } = this.context.memory;
    const { global, merging } = this.config.assigner;
    if (global) {
      for (let at = 0; at < segment.entryCount; at++) {
        const row = i32[(segment.windows >>> 2) + at];
        if (windows.windows.isLive(row) && windows.isIdle(row)) windows.drop(row);
      }
    }
    if (global || merging) for (let at = 0; at < segment.rowCount; at++) windows.releaseKey(i32[(segment.keys >>> 2) + at]);
    segment.clear();
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
