/**
 * SQL session windows (a fixed gap, no lateness): the answers of the general window operator on merging windows, with two short cuts. A session
 * that a row extends is widened in place, and its timer is moved only when it comes up. Rows are dealt to sessions first and accumulated together.
 */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { LONG_MIN, wrap } from '../time/long.ts';
import { countRowsBehind } from '../time/rows-behind.ts';
import type { WindowsView } from '../time/window-view.ts';
import { FiredWindows, WindowTally } from '../time/window-view.ts';
import { LateRows } from './late-rows.ts';
import { LiveSessions } from './live-sessions.ts';
import { restoreSessions, writeSessions } from './live-sessions-snapshot.ts';
import { ResultBatch } from './result-batch.ts';
import { stateFingerprint } from './state-fingerprint.ts';
import type { TimeShift } from './time-shift.ts';
import { createTimeShift } from './time-shift.ts';
import type { WindowColumns } from './window-output.ts';
import { restoreProgress, writeProgress } from './window-progress.ts';

export interface SessionWindowConfig {
  readonly gap: bigint;
  readonly rowtime: ColumnPath;
  /** Zone whose wall clock windows follow; null = UTC (TIMESTAMP). */
  readonly timeZone: string | null;
  readonly keys: readonly ColumnPath[];
  readonly keyTypes: readonly LogicalType[];
  readonly calls: readonly AggregateCall[];
  readonly shown: WindowColumns;
  /** Output port of late rows; null = drop them. */
  readonly latePort: number | null;
}

const TWO_32 = 4294967296;
/** High words outside of ±this hold times that are not exact as doubles. */
const SAFE_HIGH = 1 << 20;
const NO_SESSION = -1;
/** Live sessions looked at for display; the queue holds those that end soonest in front. */
const SESSIONS_SCANNED = 50_000;

export class SessionWindowOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: SessionWindowConfig;
  private readonly context: OperatorContext;
  private readonly retired: RetiredRegions;
  private readonly live: LiveSessions;
  private readonly fingerprint: string;
  private readonly shift: TimeShift | null;
  private readonly results: ResultBatch;
  private readonly exportKeys: ExportKernel;
  private readonly keyColumns: Column[];
  private readonly resultKeys: Column[];
  private readonly resultAggregates: Column[];

  private watermark = LONG_MIN;
  private firing = false;
  private batch: Batch | null = null;
  private position = 0;
  private mark = 0;
  /** Lanes of the step: key slots by position; rows that wait to be accumulated, and their sessions. */
  private slots: Address = 0;
  private pendingRows: Address = 0;
  private pendingSessions: Address = 0;
  private pendingCount = 0;
  private firstPosition = 0;
  private fired: number[] = [];
  private firedSlots: number[] = [];
  private readonly late: LateRows;
  private readonly fires = new FiredWindows();

  constructor(config: SessionWindowConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    this.late = new LateRows(context, config.latePort);
    this.fingerprint = stateFingerprint(`session windows (${config.gap}) ms`, config.keyTypes, config.calls);
    this.retired = new RetiredRegions(context.memory);
    this.live = new LiveSessions(context.memory, config.keyTypes, config.calls, this.retired);
    this.shift = config.timeZone === null ? null : createTimeShift(config.timeZone);
    const [schema] = context.outputSchemas;
    const hasNulls = schema.fields.map((field) => field.type.nullable);
    config.calls.forEach((call, at) => {
      if (call.resultType.kind === 'DECIMAL') hasNulls[config.shown.aggregates[at]] = true;
    });
    this.results = new ResultBatch(context.arena, schema, context.batchRows, hasNulls, false);
    this.exportKeys = exportKernel(this.live.keys.layout, this.live.keys.layout.keyCells);
    this.keyColumns = new Array(config.keys.length);
    this.resultKeys = config.shown.keys.map((column) => this.results.batch.columns[column]);
    this.resultAggregates = config.shown.aggregates.map((column) => this.results.batch.columns[column]);
  }

  open(restored: readonly RestoredSection[]): void {
    this.watermark = restoreProgress(restored);
    restoreSessions(restored, this.live, this.context, this.fingerprint);
    this.countState();
  }

  processBatch(_input: number, batch: Batch): Progress {
    this.batch = batch;
    this.position = 0;
    this.mark = 0;
    this.context.metrics.behindRecords += countRowsBehind(batch, columnAt(batch, this.config.rowtime), this.watermark);
    return this.drain();
  }

  processWatermark(_input: number, watermark: bigint): Progress {
    if (watermark > this.watermark) this.watermark = watermark;
    this.firing = true;
    return this.drain();
  }

  processStatus(_input: number, idle: boolean): Progress {
    this.context.output.emitStatus(idle);
    return 'done';
  }

  drain(): Progress {
    this.retired.release();
    this.results.reset();
    this.late.reset();
    if (this.batch !== null) this.beginBatch(this.batch);
    let finished = this.fireDue();
    while (finished && this.batch !== null && this.takeRows(this.batch)) finished = this.fireDue();
    this.emit();
    this.releaseKeys();
    if (!finished) return 'more';
    if (this.batch === null || this.batch.markCount > 0) this.context.output.emitWatermark(this.watermark);
    this.batch = null;
    this.countState();
    return 'done';
  }

  onProcessingTime(): Progress {
    return 'done';
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    writeProgress(writer, this.watermark);
    writeSessions(writer, this.live, this.fingerprint);
  }

  notifyCheckpointComplete(): void {}

  viewWindows(limit: number): WindowsView {
    const tally = new WindowTally();
    const { queue } = this.live;
    const scanned = Math.min(queue.count, SESSIONS_SCANNED);
    for (let place = 0; place < scanned; place++) {
      const session = queue.rowAt(place);
      const end = this.live.endOf(session);
      tally.add(this.live.startOf(session), end, this.lastInstant(end));
    }
    const complete = scanned === queue.count;
    const fired = this.fires.newestFirst((end) => this.lastInstant(end));
    return { watermark: this.watermark, allowedLateness: 0n, ...tally.view(limit), complete, fired };
  }

  close(): void {
    this.live.close();
    this.retired.release();
  }

  /** Finds the keys of the rows that are left. Keys are released only when the step ends, so the slots stay good. */
  private beginBatch(batch: Batch): void {
    const { arena } = this.context;
    const { keys } = this.config;
    for (let at = 0; at < keys.length; at++) this.keyColumns[at] = columnAt(batch, keys[at]);
    this.live.contents.beginBatch(batch);
    this.slots = arena.allocate(batch.selectedCount * 4);
    this.pendingRows = arena.allocate(batch.selectedCount * 4);
    this.pendingSessions = arena.allocate(batch.selectedCount * 4);
    this.pendingCount = 0;
    this.firstPosition = this.position;
    this.live.keys.upsert(this.keyColumns, batch.selection, this.position, batch.selectedCount, this.slots);
  }

  /** Takes rows until a mark makes a session due (true) or the batch is used up (false). */
  private takeRows(batch: Batch): boolean {
    const { memory } = this.context;
    const time = columnAt(batch, this.config.rowtime);
    for (; this.position < batch.selectedCount; this.position++) {
      const row = batch.selection === 0 ? this.position : memory.i32[(batch.selection >>> 2) + this.position];
      if (this.passMarks(batch, row)) {
        this.accumulate();
        return true;
      }
      if (time.validity !== 0 && memory.u8[time.validity + row] === 0) {
        this.context.metrics.badRecords++;
        continue;
      }
      const slot = memory.i32[(this.slots >>> 2) + this.position];
      const session = this.sessionOf(batch, time, row, slot);
      if (session === NO_SESSION) {
        this.late.add(batch, row);
        if (this.context.observer.watching) this.tellLate(batch, time, row);
        continue;
      }
      const { i32 } = memory;
      i32[(this.pendingRows >>> 2) + this.pendingCount] = row;
      i32[(this.pendingSessions >>> 2) + this.pendingCount++] = session;
    }
    this.accumulate();
    return this.passMarks(batch, batch.rowCount);
  }

  private tellLate(batch: Batch, time: Column, row: number): void {
    const eventTime = batch.memory.i64[(time.data >>> 3) + row];
    this.context.observer.tell(batch, row, { eventTime, watermark: this.watermark, outcome: 'late', missed: 1, windows: 1 });
  }

  /** Advances over the marks before `row`; true when that makes a session due. */
  private passMarks(batch: Batch, row: number): boolean {
    const { i32, i64 } = batch.memory;
    let advanced = false;
    for (; this.mark < batch.markCount && i32[(batch.markRows >>> 2) + this.mark] < row; this.mark++) {
      const watermark = i64[(batch.markWatermarks >>> 3) + this.mark];
      if (watermark <= this.watermark) continue;
      this.watermark = watermark;
      advanced = true;
      if (this.isDue()) {
        this.mark++;
        this.firing = true;
        return true;
      }
    }
    if (advanced) this.results.mark(this.watermark);
    return false;
  }

  private isDue(): boolean {
    const { queue } = this.live;
    return queue.count > 0 && queue.timeOf(queue.first) <= this.watermark;
  }

  /** The session a row belongs to, widened so that it holds it; NO_SESSION when the row is late. */
  private sessionOf(batch: Batch, time: Column, row: number, slot: number): number {
    const { live } = this;
    const { i32, i64 } = batch.memory;
    const word = (time.data >>> 2) + row * 2;
    if (this.shift === null && i32[word + 1] < SAFE_HIGH && i32[word + 1] >= -SAFE_HIGH) {
      const instant = i32[word + 1] * TWO_32 + (i32[word] >>> 0);
      const session = widenOnlySession(live, i32, slot, instant, instant + Number(this.config.gap));
      if (session !== NO_SESSION) return session;
    }
    const instant = i64[word >>> 1];
    const start = this.shift === null ? instant : this.shift.toLocal(instant);
    const end = wrap(start + this.config.gap);
    const touching = live.touching(slot, start, end);
    if (touching.length === 0) {
      const last = this.lastInstant(end);
      return last <= this.watermark ? NO_SESSION : live.open(slot, start, end, last);
    }
    if (touching.length > 1) this.accumulate();
    const session = live.merge(touching);
    live.extend(session, start, end);
    return session;
  }

  /** The watermark at which a session with this end fires. */
  private lastInstant(end: bigint): bigint {
    const last = wrap(end - 1n);
    return this.shift === null ? last : this.shift.timerInstant(last);
  }

  private accumulate(): void {
    if (this.pendingCount > 0) this.live.contents.accumulateRows(this.pendingSessions, this.pendingRows, this.pendingCount);
    this.pendingCount = 0;
  }

  /** Emits the sessions whose end the watermark has passed, in the order of their ends; false when the output is full first. */
  private fireDue(): boolean {
    if (!this.firing) return true;
    const { live, results } = this;
    const { queue } = live;
    let full = false;
    while (!full && this.isDue()) {
      const row = queue.first;
      const last = this.lastInstant(live.endOf(row));
      if (last > queue.timeOf(row)) {
        this.context.memory.i64[(live.sessions.wordOf(row) + live.armedWord) >>> 1] = last;
        queue.raise(row);
      } else if (this.fired.length === results.room) {
        full = true;
      } else {
        queue.remove(row);
        live.detach(row);
        this.fires.add(live.startOf(row), live.endOf(row), 1);
        this.fired.push(row);
        this.firedSlots.push(live.slotOf(row));
      }
    }
    this.writeFired();
    if (full) return false;
    this.firing = false;
    results.mark(this.watermark);
    return true;
  }

  private writeFired(): void {
    const { fired, live, results } = this;
    if (fired.length === 0) return;
    const { arena, memory } = this.context;
    const target = results.nextRow();
    const rows = arena.allocate(fired.length * 4);
    const slots = arena.allocate(fired.length * 4);
    fired.forEach((row, at) => {
      memory.i32[(rows >>> 2) + at] = row;
      memory.i32[(slots >>> 2) + at] = live.slotOf(row);
    });
    this.exportKeys(live.keys, memory, slots, 0, fired.length, this.resultKeys, target);
    live.contents.kernels.result(live.sessions, memory, rows, 0, fired.length, this.resultAggregates, target);
    fired.forEach((row, at) => {
      this.writeBounds(target + at, live.startOf(row), live.endOf(row));
    });
    results.advance(fired.length);
    for (const row of fired) live.drop(row);
    this.fired = [];
  }

  private writeBounds(target: number, start: bigint, end: bigint): void {
    const { shown } = this.config;
    const { columns, memory } = this.results.batch;
    if (shown.start !== null) memory.i64[(columns[shown.start].data >>> 3) + target] = start;
    if (shown.end !== null) memory.i64[(columns[shown.end].data >>> 3) + target] = end;
    if (shown.time === null) return;
    const last = wrap(end - 1n);
    memory.i64[(columns[shown.time].data >>> 3) + target] = this.shift === null ? last : this.shift.toInstant(last);
  }

  private emit(): void {
    const results = this.results.take();
    if (results !== null) this.context.output.emit(0, results);
    this.late.emit();
  }

  /** Keys of fired sessions, and of rows that were late, may have no session left. */
  private releaseKeys(): void {
    for (const slot of this.firedSlots) this.live.releaseKey(slot);
    this.firedSlots = [];
    if (this.batch === null) return;
    const { i32 } = this.context.memory;
    for (let at = this.firstPosition; at < this.batch.selectedCount; at++) this.live.releaseKey(i32[(this.slots >>> 2) + at]);
  }

  private countState(): void {
    const { metrics } = this.context;
    metrics.stateBytes = this.live.stateBytes;
    metrics.stateKeys = this.live.keys.liveCount;
  }
}

/** Widens the one session of a key that [start, end) touches, times being exact as doubles; NO_SESSION when there is not exactly one. */
function widenOnlySession(live: LiveSessions, i32: Int32Array, slot: number, start: number, end: number): number {
  const base = live.sessions.rows >>> 2;
  const { words } = live.sessions.layout;
  const { startWord, endWord, nextWord } = live;
  let found = 0;
  for (let next = i32[live.keys.wordOf(slot) + live.headWord]; next !== 0; ) {
    const word = base + (next - 1) * words;
    const from = i32[word + startWord + 1] * TWO_32 + (i32[word + startWord] >>> 0);
    const until = i32[word + endWord + 1] * TWO_32 + (i32[word + endWord] >>> 0);
    if (from <= end && until >= start) {
      if (found !== 0) return NO_SESSION;
      found = next;
    }
    next = i32[word + nextWord];
  }
  if (found === 0) return NO_SESSION;
  const word = base + (found - 1) * words;
  if (start < i32[word + startWord + 1] * TWO_32 + (i32[word + startWord] >>> 0)) writeLong(i32, word + startWord, start);
  if (end > i32[word + endWord + 1] * TWO_32 + (i32[word + endWord] >>> 0)) writeLong(i32, word + endWord, end);
  return found - 1;
}

/** Writes a safe integer as a long. */
function writeLong(i32: Int32Array, word: number, value: number): void {
  const high = Math.floor(value / TWO_32);
  i32[word] = value - high * TWO_32;
  i32[word + 1] = high;
}
