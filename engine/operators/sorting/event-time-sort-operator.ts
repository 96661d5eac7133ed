/**
 * Sorts by event time, as Flink SQL's ORDER BY of a time attribute: rows wait until the watermark has reached their time and leave in its
 * order, before the watermark. A row is late when rows of its key of the same or a later time have left.
 */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import { NO_ROW } from '../../state/row-store.ts';
import { columnLeaves } from '../../state/stored-columns.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { endOfSegment } from '../process/process-operator.ts';
import { LONG_MIN } from '../time/long.ts';
import { noteRowBehind } from '../time/rows-behind.ts';
import { LateRows } from '../windowing/late-rows.ts';
import { ResultBatch } from '../windowing/result-batch.ts';
import type { SortedRowsConfig } from './sorted-rows.ts';
import { SortedRows } from './sorted-rows.ts';

export interface EventTimeSortConfig extends SortedRowsConfig {
  /** Rows are sorted among those with equal values. */
  readonly keys: readonly ColumnPath[];
  readonly rowtime: ColumnPath;
  readonly latePort: number | null;
}

export class EventTimeSortOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: EventTimeSortConfig;
  private readonly context: OperatorContext;
  private readonly rows: SortedRows;
  private readonly late: LateRows;
  private readonly results: ResultBatch;
  private readonly exportRows: ExportKernel;
  private readonly keyColumns: Column[] = [];
  private readonly leaves: Column[] = [];
  /** Rows that have left with this step's output. */
  private readonly left: number[] = [];
  private watermark = LONG_MIN;
  /** Rows of one time on their way out, and how many of them are. */
  private leaving: number[] = [];
  private leavingAt = 0;
  private firing = false;
  private advanced = false;
  private batch: Batch | null = null;
  private mark = 0;
  private position = 0;
  /** Of the batch, by position (i32): slot of the key; row that was made, NO_ROW for none. They outlast the steps of the batch. */
  private lists: Address = 0;
  private capacity = 0;

  constructor(config: EventTimeSortConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    this.rows = new SortedRows(context, config);
    this.late = new LateRows(context, config.latePort);
    const [schema] = context.outputSchemas;
    const nullable = schema.fields.map(() => true);
    this.results = new ResultBatch(context.arena, schema, context.batchRows, nullable, false);
    this.exportRows = exportKernel(this.rows.store.layout, this.rows.values.cells);
  }

  open(restored: readonly RestoredSection[]): void {
    this.rows.open(restored);
    this.countState();
  }

  processBatch(_input: number, batch: Batch): Progress {
    this.beginStep();
    const { selectedCount } = batch;
    this.reserve(selectedCount);
    const { keys } = this.config;
    for (let at = 0; at < keys.length; at++) this.keyColumns[at] = columnAt(batch, keys[at]);
    this.rows.findKeys(this.keyColumns, batch.selection, selectedCount, this.lists);
    this.batch = batch;
    this.mark = 0;
    this.position = 0;
    return this.resume();
  }

  processWatermark(_input: number, watermark: bigint): Progress {
    this.beginStep();
    this.advance(watermark);
    return this.resume();
  }

  processStatus(_input: number, idle: boolean): Progress {
    this.context.output.emitStatus(idle);
    return 'done';
  }

  onProcessingTime(): Progress {
    return 'done';
  }

  drain(): Progress {
    this.beginStep();
    return this.resume();
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    this.forgetLeft();
    this.rows.snapshot(writer);
  }

  notifyCheckpointComplete(): void {}

  close(): void {
    this.rows.close();
    if (this.capacity > 0) this.context.memory.freeRegion(this.lists, this.capacity * 8);
  }

  /** What the last step's output pointed to is no longer looked at. */
  private beginStep(): void {
    this.rows.beginStep(this.context.clock.now());
    this.forgetLeft();
    this.results.reset();
    this.late.reset();
  }

  private forgetLeft(): void {
    this.rows.forget(this.left);
    this.left.length = 0;
  }

  private resume(): Progress {
    const finished = this.fire() && this.takeBatch();
    const filled = this.results.take();
    if (filled !== null) this.context.output.emit(0, filled);
    this.late.emit();
    this.countState();
    if (!finished) return 'more';
    if (this.advanced) this.context.output.emitWatermark(this.watermark);
    this.advanced = false;
    this.batch = null;
    return 'done';
  }

  /** Rows up to the next mark wait, the mark lets some go, and so on; false when the output is full. */
  private takeBatch(): boolean {
    const { batch } = this;
    if (batch === null) return true;
    for (;;) {
      const end = endOfSegment(batch, this.position, this.mark);
      this.take(batch, this.position, end);
      this.position = end;
      if (this.mark >= batch.markCount) return true;
      this.advance(batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark++]);
      if (!this.fire()) return false;
    }
  }

  private take(batch: Batch, from: number, to: number): void {
    if (from === to) return;
    const { memory, metrics } = this.context;
    const time = columnAt(batch, this.config.rowtime);
    const [slots, targets] = [this.lists, this.lists + this.capacity * 4];
    for (let at = from; at < to; at++) {
      const row = batch.selection === 0 ? at : memory.i32[(batch.selection >>> 2) + at];
      let target = NO_ROW;
      if (time.validity !== 0 && memory.u8[time.validity + row] === 0) {
        metrics.badRecords++;
      } else {
        const instant = memory.i64[(time.data >>> 3) + row];
        const key = memory.i32[(slots >>> 2) + at];
        const late = this.rows.isLate(key, instant);
        if (instant <= this.watermark) noteRowBehind(this.context, batch, row, instant, this.watermark, 1, late ? 0 : 1);
        if (late) this.late.add(batch, row);
        else target = this.rows.add(key, instant);
      }
      memory.i32[(targets >>> 2) + at] = target;
    }
    this.rows.values.importRows(batch.columns, batch.selection, from, to, targets);
  }

  private advance(watermark: bigint): void {
    if (watermark <= this.watermark) return;
    this.watermark = watermark;
    this.advanced = true;
    this.firing = true;
  }

  /** Rows whose time has come leave; false when the output is full. */
  private fire(): boolean {
    while (this.firing) {
      if (this.leavingAt === this.leaving.length) {
        const next = this.rows.takeFirst(this.watermark);
        if (next === null) {
          this.firing = false;
          this.results.mark(this.watermark);
          return true;
        }
        this.leaving = next;
        this.leavingAt = 0;
      }
      if (this.results.room === 0) return false;
      this.write();
    }
    return true;
  }

  private write(): void {
    const { arena, memory } = this.context;
    const count = Math.min(this.results.room, this.leaving.length - this.leavingAt);
    const mark = this.results.nextRow();
    const list = arena.allocate(count * 4);
    for (let at = 0; at < count; at++) memory.i32[(list >>> 2) + at] = this.leaving[this.leavingAt + at];
    this.exportRows(this.rows.store, memory, list, 0, count, columnLeaves(this.results.batch.columns, this.leaves), mark);
    this.results.advance(count);
    for (let at = 0; at < count; at++) this.left.push(this.leaving[this.leavingAt + at]);
    this.leavingAt += count;
  }

  private reserve(rows: number): void {
    if (rows <= this.capacity) return;
    if (this.capacity > 0) this.context.memory.freeRegion(this.lists, this.capacity * 8);
    this.capacity = Math.max(rows, this.context.batchRows);
    this.lists = this.context.memory.allocateRegion(this.capacity * 8);
  }

  private countState(): void {
    this.context.metrics.stateBytes = this.rows.stateBytes;
    this.context.metrics.stateKeys = this.rows.keys.liveCount;
  }
}
