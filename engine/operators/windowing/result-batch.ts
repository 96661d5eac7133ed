/** The one batch an operator fills with results during a step; its lanes stand in the arena and are made when the first row comes. */
import type { Arena } from '../../columnar/arena.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, entryBytes } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { allocateLanes, allocateValidity, clearBatch } from '../../columnar/lanes.ts';
import type { Schema } from '../../types/schema.ts';

export class ResultBatch {
  readonly batch: Batch;
  private readonly arena: Arena;
  private readonly rows: number;
  private capacity: number;
  private readonly hasNulls: readonly boolean[];
  private readonly hasTimestamps: boolean;
  private started = false;

  /**
   * `hasNulls`: columns that get a validity lane. With `hasTimestamps` every row has a record timestamp. After `rows` rows there is no
   * more room; steps that cannot stop at once may go on one row at a time.
   */
  constructor(arena: Arena, schema: Schema, rows: number, hasNulls: readonly boolean[], hasTimestamps: boolean) {
    this.batch = createBatch(arena.memory, schema);
    this.arena = arena;
    this.rows = rows;
    this.capacity = rows;
    this.hasNulls = hasNulls;
    this.hasTimestamps = hasTimestamps;
  }

  get room(): number {
    return this.rows - this.batch.rowCount;
  }

  /** Makes the lanes if need be and answers the number of the next row. */
  nextRow(): number {
    if (!this.started) this.start();
    else if (this.batch.rowCount === this.capacity) this.grow();
    return this.batch.rowCount;
  }

  /** Counts rows that were written behind `nextRow()`. */
  advance(rows: number): void {
    this.batch.rowCount += rows;
    this.batch.selectedCount = this.batch.rowCount;
  }

  /** Puts a watermark behind the last row; before the first row there is nothing to put it behind. */
  mark(watermark: bigint): void {
    const { batch } = this;
    if (batch.rowCount === 0) return;
    const { i32, i64 } = batch.memory;
    const last = batch.markCount - 1;
    const sameRow = last >= 0 && i32[(batch.markRows >>> 2) + last] === batch.rowCount - 1;
    const at = sameRow ? last : batch.markCount++;
    i32[(batch.markRows >>> 2) + at] = batch.rowCount - 1;
    i64[(batch.markWatermarks >>> 3) + at] = watermark;
  }

  /** The batch when it has rows, else null; the next row starts a new one. */
  take(): Batch | null {
    const filled = this.started && this.batch.rowCount > 0;
    this.started = false;
    return filled ? this.batch : null;
  }

  /** Forgets the rows of the step before. */
  reset(): void {
    clearBatch(this.batch);
    this.started = false;
  }

  private start(): void {
    this.started = true;
    clearBatch(this.batch);
    this.capacity = this.rows;
    this.allocate();
  }

  private allocate(): void {
    const { batch, arena, capacity } = this;
    batch.columns.forEach((column, at) => {
      allocateLanes(arena, column, capacity);
      if (this.hasNulls[at]) allocateNullLanes(arena, column, capacity);
    });
    batch.markRows = arena.allocate(capacity * 4);
    batch.markWatermarks = arena.allocate(capacity * 8);
    if (this.hasTimestamps) batch.timestamps = arena.allocate(capacity * 8);
  }

  /** Lanes of twice the length with the same content. */
  private grow(): void {
    const { batch } = this;
    const before = { ...batch, columns: batch.columns.map(copyDescriptor) };
    const { rowCount } = batch;
    this.capacity *= 2;
    this.allocate();
    const { u8 } = batch.memory;
    const copy = (from: Address, to: Address, bytes: number) => {
      if (from !== 0 && to !== 0) u8.copyWithin(to, from, from + bytes);
    };
    const copyColumn = (from: Column, to: Column) => {
      copy(from.data, to.data, rowCount * entryBytes(to.type));
      copy(from.nanos, to.nanos, rowCount * 4);
      copy(from.validity, to.validity, rowCount);
      to.children.forEach((child, at) => {
        copyColumn(from.children[at], child);
      });
    };
    batch.columns.forEach((column, at) => {
      copyColumn(before.columns[at], column);
    });
    copy(before.timestamps, batch.timestamps, rowCount * 8);
    copy(before.markRows, batch.markRows, batch.markCount * 4);
    copy(before.markWatermarks, batch.markWatermarks, batch.markCount * 8);
  }
}

/** Fields of a ROW have lanes of their own for what is null. */
function allocateNullLanes(arena: Arena, column: Column, rows: number): void {
  allocateValidity(arena, column, rows);
  for (const child of column.children) allocateNullLanes(arena, child, rows);
}

function copyDescriptor(column: Column): Column {
  return { ...column, children: column.children.map(copyDescriptor) };
}
