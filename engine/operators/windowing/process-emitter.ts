/** Calls a function with a window's contents as JavaScript values and emits the rows it answers. */
import { assert } from '../../base/assert.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createColumn } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { readValue } from '../../columnar/row-reader.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { RowStore } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { OperatorContext } from '../operator.ts';
import type { AggregateSource } from './buffered-aggregates.ts';
import { BufferedContents } from './buffered-contents.ts';
import type { KeyedWindows } from './keyed-windows.ts';
import type { Firing, WindowEmitter } from './window-function.ts';

const LANE_BYTES = 32;

/** What a window function sees of its call. */
export interface ProcessContext {
  readonly key: readonly ColumnValue[];
  readonly start: bigint;
  readonly end: bigint;
  readonly watermark: bigint;
  readonly processingTime: bigint;
  /** State of this window, dropped with it. */
  windowLong(index: number): bigint;
  setWindowLong(index: number, value: bigint): void;
  /** State of this key, shared by its windows. */
  keyLong(index: number): bigint;
  setKeyLong(index: number, value: bigint): void;
}

/** `contents`: all records in order of arrival (one value per input column), or one row of aggregate results. */
export type ProcessFunction = (
  context: ProcessContext,
  contents: readonly (readonly ColumnValue[])[],
) => readonly (readonly ColumnValue[])[];

export class ProcessEmitter implements WindowEmitter {
  private readonly context: OperatorContext;
  private readonly schema: Schema;
  private readonly firstLong: number;
  private readonly process: ProcessFunction;
  private readonly readKey: RowValues;
  private readonly readContents: (row: number) => readonly (readonly ColumnValue[])[];
  private readonly aggregates: AggregateSource | null;
  private rows: (readonly ColumnValue[])[] = [];
  private timestamps: bigint[] = [];
  private marks: { row: number; watermark: bigint }[] = [];

  /** State longs of the function come behind the `firstLong` longs of the trigger. With `aggregates` it sees their results, not the records. */
  constructor(
    context: OperatorContext,
    schema: Schema,
    windows: KeyedWindows,
    aggregates: { readonly source: AggregateSource; readonly calls: readonly AggregateCall[] } | null,
    firstLong: number,
    process: ProcessFunction,
  ) {
    this.context = context;
    this.schema = schema;
    this.firstLong = firstLong;
    this.process = process;
    const { layout } = windows.keys;
    this.readKey = new RowValues(context.memory, windows.plan.keyTypes, exportKernel(layout, layout.keyCells));
    this.aggregates = aggregates?.source ?? null;
    this.readContents =
      aggregates === null ? recordsReader(windows) : aggregatesReader(context.memory, aggregates.source, aggregates.calls);
  }

  get room(): number {
    return this.context.batchRows - this.rows.length;
  }

  fire(windows: KeyedWindows, firing: Firing): boolean {
    const contents = this.readContents(firing.row);
    const rows = this.process(this.processContext(windows, firing), contents);
    for (const row of rows) {
      this.rows.push(row);
      this.timestamps.push(firing.maxTimestamp);
    }
    return true;
  }

  resume(): boolean {
    return true;
  }

  close(): void {
    this.aggregates?.close();
  }

  mark(watermark: bigint): void {
    if (this.rows.length > 0) this.marks.push({ row: this.rows.length - 1, watermark });
  }

  take(): Batch | null {
    const { rows, timestamps, marks } = this;
    if (rows.length === 0) return null;
    this.reset();
    return buildBatch(this.context.arena, this.schema, rows, { timestamps, marks });
  }

  reset(): void {
    this.rows = [];
    this.timestamps = [];
    this.marks = [];
  }

  private processContext(windows: KeyedWindows, firing: Firing): ProcessContext {
    const { firstLong } = this;
    const { slot, row } = firing;
    return {
      key: this.readKey.read(windows.keys, slot),
      start: firing.start,
      end: firing.end,
      watermark: firing.watermark,
      processingTime: firing.processingTime,
      windowLong: (index) => windows.windowLong(row, firstLong + index),
      setWindowLong: (index, value) => windows.setWindowLong(row, firstLong + index, value),
      keyLong: (index) => windows.keyLong(slot, index),
      setKeyLong: (index, value) => windows.setKeyLong(slot, index, value),
    };
  }
}

function recordsReader({ contents }: KeyedWindows): (row: number) => readonly (readonly ColumnValue[])[] {
  assert(contents instanceof BufferedContents, 'a function that sees the records has windows that keep them');
  return (row) => contents.read(row);
}

function aggregatesReader(
  memory: JobMemory,
  source: AggregateSource,
  calls: readonly AggregateCall[],
): (row: number) => readonly (readonly ColumnValue[])[] {
  const types = calls.map((call) => call.resultType);
  const values = new RowValues(memory, types, source.kernels.result);
  return (row) => {
    const group = source.compute(row);
    return [values.read(source.store, group)];
  };
}

/** Reads one row through a generated kernel and a lane of one entry per column. */
class RowValues {
  private readonly memory: JobMemory;
  private readonly kernel: ExportKernel;
  private readonly columns: readonly Column[];

  constructor(memory: JobMemory, types: readonly LogicalType[], kernel: ExportKernel) {
    this.memory = memory;
    this.kernel = kernel;
    const lanes: Address = memory.allocateRegion(Math.max(types.length, 1) * LANE_BYTES);
    this.columns = types.map((type, at) => {
      const lane = lanes + at * LANE_BYTES;
      return { ...createColumn(type), data: lane, nanos: lane + 16, validity: lane + 24 };
    });
  }

  read(store: RowStore, row: number): ColumnValue[] {
    this.kernel(store, this.memory, 0, row, row + 1, this.columns, 0);
    return this.columns.map((column) => readValue(this.memory, column, 0));
  }
}
