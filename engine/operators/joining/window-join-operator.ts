/**
 * Window join of Flink SQL: rows of two inputs with equal keys in the same window of event time leave as pairs when the
 * watermark reaches the window's end; sides may be padded, or a left row may leave for having a partner or none.
 *
 * A batch is cut where a watermark inside it passes the end of a window. The rows of a piece are dealt to their windows, then
 * each window takes its rows at once. A window that is due gives its pairs key by key, in as many steps as they need.
 */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt, keyForm } from '../../columnar/key-fields.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import type { RowLayout } from '../../state/row-layout.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { endOfSegment } from '../process/process-operator.ts';
import { CombinedEventTime } from '../time/combined-event-time.ts';
import { LONG_MIN } from '../time/long.ts';
import type { TimeShift } from '../windowing/time-shift.ts';
import type { SideRows } from './join-window.ts';
import { createSideRows, JoinWindow, windowKeyLayout } from './join-window.ts';
import { PairOutput } from './pair-output.ts';
import { restoreWindowJoin, writeWindowJoin } from './window-join-snapshot.ts';
import { WindowPairs } from './window-pairs.ts';

export type WindowJoinKind = 'inner' | 'left' | 'right' | 'full' | 'semi' | 'anti';

export interface WindowJoinConfig {
  readonly kind: WindowJoinKind;
  readonly keys: readonly [readonly ColumnPath[], readonly ColumnPath[]];
  readonly keyTypes: readonly LogicalType[];
  readonly rowtime: readonly [ColumnPath, ColumnPath];
  /** Milliseconds. A window starts at every multiple of `slide` (shifted by `offset`); cumulative ones end at each `step` up to `size`. */
  readonly windows: { readonly kind: 'sliding' | 'cumulative'; readonly size: number; readonly slide: number; readonly offset: number };
  /** Wall clock of TIMESTAMP_LTZ windows; null = UTC. */
  readonly shift: TimeShift | null;
  /** Output columns of window_start, window_end and, if shown, window_time. */
  readonly bounds: { readonly start: number; readonly end: number; readonly time: number | null };
  readonly meaning: string;
}

/** Rows of a batch that go to one window: a list of i32 numbers. */
interface DealtRows {
  readonly window: JoinWindow;
  readonly rows: Address;
  count: number;
}

export class WindowJoinOperator implements Operator {
  readonly watermarks = 'own';
  /** Open windows by their end, and by start where ends are shared (cumulative windows share starts). */
  readonly windows = new Map<string, JoinWindow>();
  readonly sides: readonly [SideRows, SideRows];
  readonly keyLayout: RowLayout;
  private readonly config: WindowJoinConfig;
  private readonly context: OperatorContext;
  private readonly retired: RetiredRegions;
  private readonly output: PairOutput;
  private readonly pairs: WindowPairs;
  private readonly time = new CombinedEventTime(2);
  private readonly keyColumns: Column[] = [];
  private batch: Batch | null = null;
  private input: 0 | 1 = 0;
  private position = 0;
  private mark = 0;
  private due: JoinWindow[] = [];
  /** Windows all of whose pairs are in the output of this step. */
  private readonly written: JoinWindow[] = [];
  /** Windows that end here or before are over. */
  private overUntil = Number.NEGATIVE_INFINITY;
  private readonly lists = new Map<JoinWindow, DealtRows>();
  private readonly recent: DealtRows[] = [];
  private advanced = false;
  private turnsIdle = false;

  constructor(config: WindowJoinConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    const { memory, inputSchemas } = context;
    this.retired = new RetiredRegions(memory);
    const types = inputSchemas.map((schema) => schema.fields.map((field) => field.type));
    this.sides = [createSideRows(memory, types[0], this.retired), createSideRows(memory, types[1], this.retired)];
    this.keyLayout = windowKeyLayout(config.keyTypes.map((type) => ({ form: keyForm(type), nullable: true })));
    const leftOnly = config.kind === 'semi' || config.kind === 'anti';
    const [left, right] = this.sides;
    this.output = new PairOutput(
      context,
      [
        { store: left.store, cells: left.values.cells, firstColumn: 0, columnCount: types[0].length },
        {
          store: right.store,
          cells: leftOnly ? [] : right.values.cells,
          firstColumn: types[0].length,
          columnCount: leftOnly ? 0 : types[1].length,
        },
      ],
      0,
      false,
    );
    this.pairs = new WindowPairs(config, this.output);
  }

  open(restored: readonly RestoredSection[]): void {
    restoreWindowJoin(restored, this, this.context, this.config.meaning);
    this.countState();
  }

  processBatch(input: number, batch: Batch): Progress {
    this.batch = batch;
    this.input = input === 0 ? 0 : 1;
    this.position = 0;
    this.mark = 0;
    return this.drain();
  }

  processWatermark(input: number, watermark: bigint): Progress {
    if (this.time.onWatermark(input, watermark)) this.advance();
    return this.drain();
  }

  processStatus(input: number, idle: boolean): Progress {
    const before = this.time.idle;
    if (this.time.onStatus(input, idle)) this.advance();
    if (this.time.idle !== before) {
      if (this.time.idle) this.turnsIdle = true;
      else this.context.output.emitStatus(false);
    }
    return this.drain();
  }

  onProcessingTime(): Progress {
    return 'done';
  }

  drain(): Progress {
    this.retired.release();
    const finished = this.fire() && this.takeBatch();
    this.output.emit((batch, count) => this.pairs.writeBounds(batch, count));
    for (const window of this.written) {
      window.release();
      window.close();
    }
    this.written.length = 0;
    if (!finished) return 'more';
    if (this.advanced) this.context.output.emitWatermark(this.time.watermark);
    if (this.turnsIdle) this.context.output.emitStatus(true);
    this.advanced = false;
    this.turnsIdle = false;
    this.batch = null;
    this.countState();
    return 'done';
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    writeWindowJoin(writer, this, this.config.meaning);
  }

  notifyCheckpointComplete(): void {}

  close(): void {
    for (const window of this.windows.values()) window.close();
    for (const side of this.sides) side.store.close();
    this.output.close();
    this.retired.release();
  }

  window(start: number, end: number): JoinWindow {
    const name = `${start} ${end}`;
    let window = this.windows.get(name);
    if (window === undefined) {
      window = new JoinWindow(start, end, this.context.memory, this.keyLayout, this.sides);
      this.windows.set(name, window);
    }
    return window;
  }

  /** The combined watermark has advanced: windows whose end it has reached are due, the earliest first. */
  private advance(): void {
    this.advanced = true;
    this.overUntil = Number(this.time.watermark) + 1;
    const due = [...this.windows.values()].filter((window) => this.isOver(window.end));
    this.due.push(...due.sort((left, right) => left.end - right.end || left.start - right.start));
    for (const window of due) this.windows.delete(`${window.start} ${window.end}`);
  }

  private isOver(end: number): boolean {
    const { shift } = this.config;
    return shift === null ? end <= this.overUntil : shift.timerInstant(BigInt(end) - 1n) <= this.time.watermark;
  }

  /** False when the output is full before all due windows have given their pairs. */
  private fire(): boolean {
    while (this.due.length > 0) {
      const [window] = this.due;
      if (!this.pairs.write(window)) return false;
      this.written.push(window);
      this.due.shift();
    }
    if (this.advanced) this.output.mark(this.time.watermark);
    return true;
  }

  private takeBatch(): boolean {
    const { batch } = this;
    if (batch === null) return true;
    for (;;) {
      const end = this.nextCut(batch);
      if (end > this.position) this.deal(batch, this.position, end);
      this.position = end;
      if (this.due.length > 0 && !this.fire()) return false;
      if (this.position === batch.selectedCount && this.mark >= batch.markCount) return this.fire();
    }
  }

  /**
   * End of the rows that see the same windows open: behind the next mark that closes one. Marks on the way are taken; the
   * one that closes windows is taken when the rows before it have been dealt.
   */
  private nextCut(batch: Batch): number {
    let end = this.position;
    while (this.mark < batch.markCount) {
      end = endOfSegment(batch, end, this.mark);
      const watermark = this.time.after(this.input, batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark]);
      const closes = this.closesWindows(watermark);
      if (closes && end > this.position) return end;
      if (this.time.onWatermark(this.input, batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark++])) this.advance();
      if (closes) return end;
    }
    return batch.selectedCount;
  }

  /** Whether some window that was open at the watermark so far is not at this one. */
  private closesWindows(watermark: bigint): boolean {
    if (watermark === this.time.watermark) return false;
    if (this.config.shift !== null || this.time.watermark === LONG_MIN) return true;
    const { slide, offset } = this.config.windows;
    const grid = (time: bigint) => Math.floor((Number(time) + 1 - offset) / slide);
    return grid(watermark) !== grid(this.time.watermark);
  }

  /** Deals the rows at positions `from`…`to - 1` to their windows; those whose windows are all over are late. */
  private deal(batch: Batch, from: number, to: number): void {
    const { memory, metrics } = this.context;
    const { size, slide, offset, kind } = this.config.windows;
    const grid = kind === 'sliding' ? slide : size;
    this.lists.clear();
    this.recent.length = 0;
    for (let at = from; at < to; at++) {
      const row = batch.selection === 0 ? at : memory.i32[(batch.selection >>> 2) + at];
      const time = this.timeOf(batch, row);
      if (Number.isNaN(time)) continue;
      const start = Math.floor((time - offset) / grid) * grid + offset;
      const count = Math.ceil((start + size - time) / slide);
      let taken = 0;
      for (; taken < count; taken++) {
        const first = kind === 'sliding' ? start - taken * slide : start;
        const end = kind === 'sliding' ? first + size : start + size - taken * slide;
        if (this.isOver(end)) break;
        const list = this.listOf(taken, first, end, to - from);
        memory.i32[(list.rows >>> 2) + list.count++] = row;
      }
      if (taken === 0 && count > 0) metrics.lateRecords++;
      else if (taken < count) metrics.partlyLateRecords++;
    }
    this.insert(batch, to - from);
  }

  /** The rows dealt to a window so far; `place` is the window's place among those of one row, which seldom changes. */
  private listOf(place: number, start: number, end: number, rows: number): DealtRows {
    const recent = this.recent[place];
    if (recent !== undefined && recent.window.start === start && recent.window.end === end) return recent;
    const window = this.window(start, end);
    let list = this.lists.get(window);
    if (list === undefined) {
      list = { window, rows: this.context.arena.allocate(rows * 4), count: 0 };
      this.lists.set(window, list);
    }
    this.recent[place] = list;
    return list;
  }

  private insert(batch: Batch, rows: number): void {
    const { arena } = this.context;
    const paths = this.config.keys[this.input];
    for (let at = 0; at < paths.length; at++) this.keyColumns[at] = columnAt(batch, paths[at]);
    const [slots, targets] = [arena.allocate(rows * 4), arena.allocate(rows * 4)];
    for (const list of this.lists.values())
      list.window.insert(this.input, this.keyColumns, batch.columns, list.rows, list.count, slots, targets);
  }

  /** Milliseconds of the wall clock that windows follow; NaN for a row without a time, which no window takes. */
  private timeOf(batch: Batch, row: number): number {
    const column = columnAt(batch, this.config.rowtime[this.input]);
    if (column.validity !== 0 && batch.memory.u8[column.validity + row] === 0) {
      this.context.metrics.badRecords++;
      return Number.NaN;
    }
    const { i32 } = batch.memory;
    const entry = (column.data >>> 2) + row * 2;
    const instant = i32[entry + 1] * 4294967296 + (i32[entry] >>> 0);
    return this.config.shift === null ? instant : instant + this.config.shift.offsetAt(instant);
  }

  private countState(): void {
    const { metrics } = this.context;
    metrics.stateBytes = this.sides[0].store.usedBytes + this.sides[1].store.usedBytes;
    metrics.stateKeys = 0;
    for (const { keys } of this.windows.values()) {
      metrics.stateBytes += keys.stateBytes;
      metrics.stateKeys += keys.liveCount;
    }
  }
}
