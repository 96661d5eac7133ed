/** Pairs of stored rows, gathered as two lists of row numbers and written out as one batch of columns: left ones, then right ones. */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { Cell } from '../../state/row-layout.ts';
import type { RowStore } from '../../state/row-store.ts';
import { columnLeaves } from '../../state/stored-columns.ts';
import type { OperatorContext } from '../operator.ts';
import { ResultBatch } from '../windowing/result-batch.ts';

/** Stored rows of one side and the cells that show its columns. */
export interface PairSide {
  readonly store: RowStore;
  readonly cells: readonly Cell[];
  /** Output columns, the first and how many. */
  readonly firstColumn: number;
  readonly columnCount: number;
}

export class PairOutput {
  /** Row numbers (i32) of the two sides, NO_ROW = padded with nulls; `count` of them are written. */
  readonly lists: readonly [Address, Address];
  readonly capacity: number;
  count = 0;
  private readonly context: OperatorContext;
  private readonly sides: readonly [PairSide, PairSide];
  private readonly kernels: readonly [ExportKernel, ExportKernel];
  private readonly results: ResultBatch;
  private readonly leaves: Column[] = [];
  private readonly port: number;
  private readonly marks: { row: number; watermark: bigint }[] = [];

  constructor(context: OperatorContext, sides: readonly [PairSide, PairSide], port: number, timestamps: boolean) {
    this.context = context;
    this.sides = sides;
    this.port = port;
    this.capacity = context.batchRows;
    const bytes = this.capacity * 4;
    this.lists = [context.memory.allocateRegion(bytes), context.memory.allocateRegion(bytes)];
    this.kernels = [kernelOf(sides[0]), kernelOf(sides[1])];
    const schema = context.outputSchemas[port];
    const nullable = schema.fields.map(() => true);
    this.results = new ResultBatch(context.arena, schema, this.capacity, nullable, timestamps);
  }

  get room(): number {
    return this.capacity - this.count;
  }

  add(left: number, right: number): void {
    const { i32 } = this.context.memory;
    i32[(this.lists[0] >>> 2) + this.count] = left;
    i32[(this.lists[1] >>> 2) + this.count] = right;
    this.count++;
  }

  /** A watermark behind the pairs gathered so far. */
  mark(watermark: bigint): void {
    if (this.count === 0) return;
    const last = this.marks[this.marks.length - 1];
    if (last !== undefined && last.row === this.count - 1) last.watermark = watermark;
    else this.marks.push({ row: this.count - 1, watermark });
  }

  /** Hands the pairs on as a batch; `finish` writes what else it has: record timestamps, further columns. */
  emit(finish: ((batch: Batch, count: number) => void) | null): void {
    const { results, count, context } = this;
    results.reset();
    if (count === 0) return;
    results.nextRow();
    const { batch } = results;
    this.sides.forEach((side, at) => {
      columnLeaves(batch.columns.slice(side.firstColumn, side.firstColumn + side.columnCount), this.leaves);
      this.kernels[at](side.store, context.memory, this.lists[at], 0, count, this.leaves, 0);
    });
    finish?.(batch, count);
    let done = 0;
    for (const { row, watermark } of this.marks) {
      results.advance(row + 1 - done);
      results.mark(watermark);
      done = row + 1;
    }
    results.advance(count - done);
    this.marks.length = 0;
    this.count = 0;
    const filled = results.take();
    if (filled !== null) context.output.emit(this.port, filled);
  }

  close(): void {
    for (const list of this.lists) this.context.memory.freeRegion(list, this.capacity * 4);
  }
}

function kernelOf(side: PairSide): ExportKernel {
  return exportKernel(side.store.layout, side.cells, true);
}
