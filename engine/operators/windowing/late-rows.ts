/** The late rows of one step: counted, and sent to their port, where there is one, as a selection of the batch they came in. */
import type { Batch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { OperatorContext } from '../operator.ts';

export class LateRows {
  private readonly context: OperatorContext;
  private readonly port: number | null;
  private batch: Batch | null = null;
  private list: Address = 0;
  private count = 0;

  /** `port` null: late rows are dropped. */
  constructor(context: OperatorContext, port: number | null) {
    this.context = context;
    this.port = port;
  }

  /** A step begins; the list of the last one lay in the arena. */
  reset(): void {
    this.batch = null;
    this.list = 0;
    this.count = 0;
  }

  add(batch: Batch, row: number): void {
    this.context.metrics.lateRecords++;
    if (this.port === null) return;
    this.begin(batch);
    batch.memory.i32[(this.list >>> 2) + this.count++] = row;
  }

  /** The entries `from` to `to` of a list of rows; with `rows` 0 these are the rows themselves. */
  addRun(batch: Batch, rows: Address, from: number, to: number): void {
    this.context.metrics.lateRecords += to - from;
    if (this.port === null) return;
    this.begin(batch);
    const { i32 } = batch.memory;
    for (let at = from; at < to; at++) i32[(this.list >>> 2) + this.count++] = rows === 0 ? at : i32[(rows >>> 2) + at];
  }

  /** In the order in which the rows arrived, even when they were dealt out by slice. */
  emit(): void {
    if (this.count === 0 || this.batch === null || this.port === null) return;
    const { i32 } = this.batch.memory;
    i32.subarray(this.list >>> 2, (this.list >>> 2) + this.count).sort();
    const rows = { selection: this.list, selectedCount: this.count, markCount: 0, markRows: 0, markWatermarks: 0 };
    this.context.output.emit(this.port, { ...this.batch, ...rows });
  }

  private begin(batch: Batch): void {
    if (this.batch !== null) return;
    this.batch = batch;
    this.list = this.context.arena.allocate(batch.selectedCount * 4);
  }
}
