/** A batch passed on with other record times and watermark marks than it came with; its columns are shared. */
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';

/** Collects marks for the rows of one batch, at most one per row. */
export class BatchMarks {
  private readonly rows: Address;
  private readonly watermarks: Address;
  private readonly arena: Arena;
  count = 0;

  constructor(arena: Arena, rowCount: number) {
    this.arena = arena;
    this.rows = arena.allocate(Math.max(rowCount, 1) * 4);
    this.watermarks = arena.allocate(Math.max(rowCount, 1) * 8);
  }

  /** Rows come in ascending order, watermarks too. */
  add(row: number, watermark: bigint): void {
    this.arena.memory.i32[(this.rows >>> 2) + this.count] = row;
    this.arena.memory.i64[(this.watermarks >>> 3) + this.count] = watermark;
    this.count++;
  }

  attach(batch: Batch, timestamps: Address): Batch {
    return { ...batch, timestamps, markCount: this.count, markRows: this.rows, markWatermarks: this.watermarks };
  }
}
