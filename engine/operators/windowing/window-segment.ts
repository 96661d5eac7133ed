/**
 * A run of rows of a batch with the windows that take them, as lanes: what can be decided for many rows at once, before triggers are
 * asked one by one. It ends before a watermark that could fire a timer, be it one that stands already or one that a row of the run sets.
 */
import { EngineError } from '../../base/errors.ts';
import type { Batch } from '../../columnar/batch.ts';
import { NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import type { OperatorContext } from '../operator.ts';
import { LONG_MAX, wrap } from '../time/long.ts';
import { noteRowBehind } from '../time/rows-behind.ts';
import type { LateRows } from './late-rows.ts';
import type { WindowsOfStretch } from './remembered-windows.ts';
import { RememberedWindows } from './remembered-windows.ts';
import type { TimeShift } from './time-shift.ts';
import type { Trigger } from './triggers.ts';
import type { WindowAssigner, WindowList } from './window-assigners.ts';

const ENTRIES_MIN = 1024;
/** Windows of the rows of one segment, unless one row has more. */
const ENTRIES_MAX = 16_384;
/** Per row: time (i64), row, key, number of windows (i32). Per window: start, end (i64), key, row of the window, row of the batch, place (i32). */
const ROW_BYTES = 8 + 3 * 4;
const ENTRY_BYTES = 2 * 8 + 4 * 4;

export interface SegmentSource {
  readonly assigner: WindowAssigner;
  /** Column with the event time; null = the record's timestamp. */
  readonly rowtime: ColumnPath | null;
  readonly shift: TimeShift | null;
  readonly allowedLateness: bigint;
  readonly trigger: Trigger;
}

/** What the segment asks of its operator. */
export interface SegmentOwner {
  readonly processingTime: bigint;
  /** Instant of the last millisecond of a window that ends there. */
  lastInstant(end: bigint): bigint;
  cleanupTimeOf(end: bigint): bigint;
}

export class WindowSegment implements WindowList {
  /** Rows with windows, and those windows. */
  rowCount = 0;
  entryCount = 0;
  /** Selected position and mark behind the segment, and the watermark that has been reached there. */
  positionTo = 0;
  markTo = 0;
  watermark = 0n;
  times: Address = 0;
  rows: Address = 0;
  keys: Address = 0;
  windowCounts: Address = 0;
  starts: Address = 0;
  ends: Address = 0;
  entryKeys: Address = 0;
  windows: Address = 0;
  entryRows: Address = 0;
  /** Of windows that have one (remembered-windows.ts). */
  places: Address = 0;
  private readonly memory: JobMemory;
  private readonly context: OperatorContext;
  private readonly source: SegmentSource;
  private readonly owner: SegmentOwner;
  private readonly late: LateRows;
  private readonly remembered: RememberedWindows;
  private capacity = 0;
  private region: Address = 0;
  /** Of the row whose windows are being handed out. */
  private assigned = 0;
  private row = 0;
  /** No watermark below this fires anything. */
  private quietBelow = LONG_MAX;

  constructor(context: OperatorContext, source: SegmentSource, owner: SegmentOwner, late: LateRows) {
    this.memory = context.memory;
    this.context = context;
    this.source = source;
    this.owner = owner;
    this.late = late;
    this.remembered = new RememberedWindows(source.assigner, owner);
  }

  /** Fills the lanes from selected position and mark on; `earliest` is the first event-time timer that is set. */
  fill(batch: Batch, position: number, mark: number, watermark: bigint, earliest: bigint): void {
    this.reserve(Math.min(batch.selectedCount - position, ENTRIES_MAX) * Math.min(this.source.assigner.windowsMax, ENTRIES_MAX));
    this.rowCount = 0;
    this.entryCount = 0;
    this.markTo = mark;
    this.watermark = watermark;
    this.quietBelow = earliest;
    let at = position;
    for (; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : batch.memory.i32[(batch.selection >>> 2) + at];
      if (!this.passMarks(batch, row) || this.entryCount + this.source.assigner.windowsMax > this.capacity) break;
      this.takeRow(batch, row);
    }
    this.positionTo = at;
  }

  /** A window of the row in hand; one that is closed already is not taken. Sessions may still join one that is open. */
  add(start: bigint, end: bigint): void {
    const { merging, eventTime } = this.source.assigner;
    this.assigned++;
    const cleanup = eventTime ? this.owner.cleanupTimeOf(end) : LONG_MAX;
    if (!merging && cleanup <= this.watermark && eventTime) return;
    const at = this.entryCount++;
    const { i64, i32 } = this.memory;
    i64[(this.starts >>> 3) + at] = start;
    i64[(this.ends >>> 3) + at] = end;
    i32[(this.entryRows >>> 2) + at] = this.row;
    if (this.source.trigger.timers === 'any') return;
    const last = this.owner.lastInstant(end);
    const timer = last > this.watermark ? last : cleanup;
    if (timer < this.quietBelow) this.quietBelow = timer;
  }

  /** The same for the windows of a stretch. */
  private addAll(known: WindowsOfStretch): void {
    const { starts, ends, lasts, cleanups, places, earliestLast, earliestCleanup } = known;
    const { i64, i32 } = this.memory;
    const { watermark } = this;
    const allOpen = earliestCleanup > watermark;
    const noneFired = earliestLast > watermark;
    const isQuiet = this.source.trigger.timers === 'any';
    this.assigned += starts.length;
    for (let which = 0; which < starts.length; which++) {
      if (!allOpen && cleanups[which] <= watermark) continue;
      const at = this.entryCount++;
      i64[(this.starts >>> 3) + at] = starts[which];
      i64[(this.ends >>> 3) + at] = ends[which];
      i32[(this.entryRows >>> 2) + at] = this.row;
      i32[(this.places >>> 2) + at] = places[which];
      if (isQuiet || noneFired) continue;
      const timer = lasts[which] > watermark ? lasts[which] : cleanups[which];
      if (timer < this.quietBelow) this.quietBelow = timer;
    }
    if (noneFired && !isQuiet && earliestLast < this.quietBelow) this.quietBelow = earliestLast;
  }

  /** Writes the key of every window from that of its row. */
  spreadKeys(): void {
    const { i32 } = this.memory;
    const [keys, counts, entries] = [this.keys >>> 2, this.windowCounts >>> 2, this.entryKeys >>> 2];
    let at = entries;
    for (let row = 0; row < this.rowCount; row++) {
      for (let count = i32[counts + row]; count > 0; count--) i32[at++] = i32[keys + row];
    }
  }

  /** A row that none of its windows took. */
  noteLost(batch: Batch, row: number, timestamp: bigint, watermark: bigint, windows: number): void {
    if (!this.source.assigner.eventTime) return;
    if (timestamp <= watermark) noteRowBehind(this.context, batch, row, timestamp, watermark, windows, 0);
    if (wrap(timestamp + this.source.allowedLateness) <= watermark) this.late.add(batch, row);
  }

  /** Forgets the rows. */
  clear(): void {
    this.rowCount = 0;
    this.entryCount = 0;
  }

  close(): void {
    if (this.capacity > 0) this.memory.freeRegion(this.region, this.capacity * (ROW_BYTES + ENTRY_BYTES));
    this.capacity = 0;
  }

  /** Moves over the marks before a row; false when one of them could fire something. */
  private passMarks(batch: Batch, row: number): boolean {
    for (; this.markTo < batch.markCount; this.markTo++) {
      if (batch.memory.i32[(batch.markRows >>> 2) + this.markTo] >= row) return true;
      const watermark = batch.memory.i64[(batch.markWatermarks >>> 3) + this.markTo];
      if (watermark <= this.watermark) continue;
      if (watermark >= this.quietBelow) return false;
      this.watermark = watermark;
    }
    return true;
  }

  private takeRow(batch: Batch, row: number): void {
    const { assigner, shift } = this.source;
    const timestamp = this.timestampOf(batch, row);
    if (assigner.eventTime && timestamp === NO_TIMESTAMP) return;
    const time = assigner.eventTime ? timestamp : this.owner.processingTime;
    const before = this.entryCount;
    this.row = row;
    this.assigned = 0;
    const local = shift === null ? time : shift.toLocal(time);
    const known = assigner.eventTime ? this.remembered.at(local, batch, row) : null;
    if (known === null) assigner.assign(local, batch, row, this);
    else this.addAll(known);
    const taken = this.entryCount - before;
    if (taken === 0) {
      this.noteLost(batch, row, timestamp, this.watermark, this.assigned);
      return;
    }
    if (this.source.trigger.timers === 'any' && timestamp < this.quietBelow) this.quietBelow = timestamp;
    if (assigner.eventTime && !assigner.merging && timestamp <= this.watermark)
      noteRowBehind(this.context, batch, row, timestamp, this.watermark, this.assigned, taken);
    const { i32, i64 } = this.memory;
    const at = this.rowCount++;
    i64[(this.times >>> 3) + at] = timestamp;
    i32[(this.rows >>> 2) + at] = row;
    i32[(this.windowCounts >>> 2) + at] = taken;
  }

  /** NO_TIMESTAMP for a row without a time: in SQL no event-time window takes it, the DataStream API calls that an error. */
  private timestampOf(batch: Batch, row: number): bigint {
    const { rowtime, assigner } = this.source;
    const { i64, u8 } = batch.memory;
    if (rowtime !== null) {
      const column = columnAt(batch, rowtime);
      if (column.validity === 0 || u8[column.validity + row] !== 0) return i64[(column.data >>> 3) + row];
      if (assigner.eventTime) this.context.metrics.badRecords++;
      return NO_TIMESTAMP;
    }
    const timestamp = batch.timestamps === 0 ? NO_TIMESTAMP : i64[(batch.timestamps >>> 3) + row];
    if (timestamp !== NO_TIMESTAMP || !assigner.eventTime) return timestamp;
    throw new EngineError('MR5030', `node ${this.context.nodeId}: a record has no timestamp, so that no event-time window can take it`, {
      domain: 'user',
      nodeId: this.context.nodeId,
      remedy: 'put a watermark node before the window',
    });
  }

  private reserve(wanted: number): void {
    const entries = Math.max(Math.min(wanted, ENTRIES_MAX), this.source.assigner.windowsMax, ENTRIES_MIN);
    if (entries <= this.capacity) return;
    this.close();
    this.capacity = entries;
    this.region = this.memory.allocateRegion(entries * (ROW_BYTES + ENTRY_BYTES));
    let next = this.region;
    const lane = (bytes: number) => {
      next += entries * bytes;
      return next - entries * bytes;
    };
    [this.times, this.starts, this.ends] = [lane(8), lane(8), lane(8)];
    [this.rows, this.keys, this.windowCounts] = [lane(4), lane(4), lane(4)];
    [this.entryKeys, this.windows, this.entryRows, this.places] = [lane(4), lane(4), lane(4), lane(4)];
  }
}
