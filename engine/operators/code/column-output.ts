/**
 * Rows that generated code writes straight into columns: per output port the lanes of one step in the arena, made with the first
 * row of the step and doubled when one input row answers more than fit.
 */
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import { createBatch, entryBytes, hasNanosLane } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { clearBatch } from '../../columnar/lanes.ts';
import type { Schema } from '../../types/schema.ts';
import type { OperatorContext } from '../operator.ts';
import type { StepOutput } from '../process/process-function.ts';
import { lastPerRow, type RowMark } from '../process/row-collector.ts';

/** One port; generated code reads the lanes' addresses and counts the rows it has written. */
export class ColumnPort {
  count = 0;
  capacity = 0;
  timestamps: Address = 0;
  /** Parallel to the columns. */
  readonly data: Address[];
  readonly nanos: Address[];
  readonly validity: Address[];
  readonly hasNull: boolean[];
  readonly hasOther: boolean[];
  marks: RowMark[] = [];
  private readonly arena: Arena;
  private readonly schema: Schema;
  private readonly rowsFirst: number;
  private readonly batch: Batch;

  constructor(arena: Arena, schema: Schema, rowsFirst: number) {
    this.arena = arena;
    this.schema = schema;
    this.rowsFirst = rowsFirst;
    this.batch = createBatch(arena.memory, schema);
    const none = (): number[] => schema.fields.map(() => 0);
    [this.data, this.nanos, this.validity] = [none(), none(), none()];
    this.hasNull = schema.fields.map(() => false);
    this.hasOther = schema.fields.map(() => false);
  }

  grow(): void {
    const capacity = this.capacity === 0 ? this.rowsFirst : 2 * this.capacity;
    this.timestamps = this.move(this.timestamps, 8, capacity);
    this.schema.fields.forEach(({ type }, column) => {
      this.data[column] = this.move(this.data[column], entryBytes(type), capacity);
      if (hasNanosLane(type)) this.nanos[column] = this.move(this.nanos[column], 4, capacity);
      if (type.nullable) this.validity[column] = this.move(this.validity[column], 1, capacity);
    });
    this.capacity = capacity;
  }

  /** The rows of the step as a batch; the next step begins without any. */
  take(): Batch {
    const { arena, batch, marks } = this;
    clearBatch(batch);
    batch.rowCount = this.count;
    batch.selectedCount = this.count;
    batch.timestamps = this.timestamps;
    batch.columns.forEach((column, index) => {
      column.data = this.data[index];
      column.nanos = this.nanos[index];
      column.validity = this.hasNull[index] ? this.validity[index] : 0;
      column.ascii = !this.hasOther[index] && (column.type.kind === 'CHAR' || column.type.kind === 'VARCHAR');
      this.hasNull[index] = false;
      this.hasOther[index] = false;
    });
    const kept = lastPerRow(marks);
    if (kept.length > 0) {
      batch.markCount = kept.length;
      batch.markRows = arena.allocate(4 * kept.length);
      batch.markWatermarks = arena.allocate(8 * kept.length);
      kept.forEach(({ row, watermark }, index) => {
        arena.memory.i32[(batch.markRows >>> 2) + index] = row;
        arena.memory.i64[(batch.markWatermarks >>> 3) + index] = watermark;
      });
    }
    this.marks = [];
    this.count = 0;
    this.capacity = 0;
    return batch;
  }

  private move(from: Address, bytesPerRow: number, capacity: number): Address {
    const to = this.arena.allocate(Math.max(bytesPerRow * capacity, 1));
    if (this.count > 0) this.arena.memory.u8.copyWithin(to, from, from + bytesPerRow * this.count);
    return to;
  }
}

export class ColumnOutput implements StepOutput {
  readonly ports: readonly ColumnPort[];
  /** Rows of this step, counted by generated code. */
  collected = 0;
  readonly limit: number;
  private readonly context: OperatorContext;

  constructor(context: OperatorContext) {
    this.context = context;
    this.limit = context.batchRows;
    this.ports = context.outputSchemas.map((schema) => new ColumnPort(context.arena, schema, context.batchRows));
  }

  get room(): number {
    return this.limit - this.collected;
  }

  mark(watermark: bigint): void {
    for (const { count, marks } of this.ports) if (count > 0) marks.push({ row: count - 1, watermark });
  }

  emit(): void {
    this.ports.forEach((port, index) => {
      if (port.count > 0) this.context.output.emit(index, port.take());
    });
    this.collected = 0;
  }
}
