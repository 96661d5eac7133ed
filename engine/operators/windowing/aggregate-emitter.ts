/** Emits key, bounds and aggregates of a window as one row of columns. */
import type { Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { Schema } from '../../types/schema.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { OperatorContext } from '../operator.ts';
import type { AggregateSource } from './buffered-aggregates.ts';
import type { KeyedWindows } from './keyed-windows.ts';
import { ResultBatch } from './result-batch.ts';
import type { Firing, WindowEmitter } from './window-function.ts';
import type { WindowColumns } from './window-output.ts';

export class AggregateEmitter implements WindowEmitter {
  private readonly windows: KeyedWindows;
  private readonly source: AggregateSource;
  private readonly results: ResultBatch;
  private readonly shown: WindowColumns;
  private readonly exportKey: ExportKernel;
  private readonly keyColumns: Column[];
  private readonly aggregateColumns: Column[];
  private readonly timestamps: boolean;

  /** With `timestamps` each row carries the window's last millisecond as its record timestamp. */
  constructor(
    context: OperatorContext,
    schema: Schema,
    windows: KeyedWindows,
    source: AggregateSource,
    calls: readonly AggregateCall[],
    shown: WindowColumns,
    timestamps: boolean,
  ) {
    const nullable = schema.fields.map((field) => field.type.nullable);
    calls.forEach((call, at) => {
      if (call.resultType.kind === 'DECIMAL') nullable[shown.aggregates[at]] = true;
    });
    this.windows = windows;
    this.source = source;
    this.results = new ResultBatch(context.arena, schema, context.batchRows, nullable, timestamps);
    this.shown = shown;
    this.timestamps = timestamps;
    this.exportKey = exportKernel(windows.keys.layout, windows.keys.layout.keyCells.slice(0, shown.keys.length));
    this.keyColumns = shown.keys.map((column) => this.results.batch.columns[column]);
    this.aggregateColumns = shown.aggregates.map((column) => this.results.batch.columns[column]);
  }

  get room(): number {
    return this.results.room;
  }

  fire(_windows: KeyedWindows, firing: Firing): boolean {
    const { results, windows, source, shown } = this;
    const target = results.nextRow();
    const { batch } = results;
    this.exportKey(windows.keys, batch.memory, 0, firing.slot, firing.slot + 1, this.keyColumns, target);
    const group = source.compute(firing.row);
    source.kernels.result(source.store, batch.memory, 0, group, group + 1, this.aggregateColumns, target);
    this.write(shown.start, firing.start, target);
    this.write(shown.end, firing.end, target);
    this.write(shown.time, firing.windowTime, target);
    if (this.timestamps) batch.memory.i64[(batch.timestamps >>> 3) + target] = firing.maxTimestamp;
    results.advance(1);
    return true;
  }

  resume(): boolean {
    return true;
  }

  mark(watermark: bigint): void {
    this.results.mark(watermark);
  }

  take() {
    return this.results.take();
  }

  reset(): void {
    this.results.reset();
  }

  close(): void {
    this.source.close();
  }

  private write(column: number | null, value: bigint, target: number): void {
    if (column === null) return;
    const lane: Address = this.results.batch.columns[column].data;
    this.results.batch.memory.i64[(lane >>> 3) + target] = value;
  }
}
