/** Where the aggregates of a fired window stand: in the window's own row, or computed anew from the records it keeps. */
import { assert } from '../../base/assert.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, entryBytes } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { RowStore } from '../../state/row-store.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { AggregateKernels } from '../aggregating/aggregate-kernels.ts';
import { AggregateContents, aggregateContents } from './aggregate-contents.ts';
import type { BufferedContents, KeptColumn } from './buffered-contents.ts';

export interface AggregateSource {
  readonly store: RowStore;
  readonly kernels: AggregateKernels;
  /** Row of the store that has the aggregates of a window; until the next call. */
  compute(windowRow: number): number;
  close(): void;
}

export function ownAggregates(contents: AggregateContents, windows: RowStore): AggregateSource {
  return {
    store: windows,
    kernels: contents.kernels,
    compute: (windowRow) => windowRow,
    close: () => {
      // The row is the window's.
    },
  };
}

/** The columns that the calls read, each once, and the calls over these columns instead of the input's. */
export function keptArguments(calls: readonly AggregateCall[]): { readonly kept: KeptColumn[]; readonly calls: AggregateCall[] } {
  const kept: KeptColumn[] = [];
  const remapped = calls.map((call) => {
    if (call.argument === null || call.argumentType === null) return call;
    return { ...call, argument: [keepColumn(kept, { path: call.argument, type: call.argumentType })] };
  });
  return { kept, calls: remapped };
}

/** Index of a column among the kept ones, to which it is added if need be. */
export function keepColumn(kept: KeptColumn[], column: KeptColumn): number {
  const known = kept.findIndex(({ path }) => path.join() === column.path.join());
  return known >= 0 ? known : kept.push(column) - 1;
}

const CHUNK_ROWS = 1024;
/** Of a lane entry of any type with its nanoseconds and its validity. */
const COLUMN_BYTES = CHUNK_ROWS * (16 + 4 + 1);

export class BufferedAggregates implements AggregateSource {
  readonly store: RowStore;
  readonly kernels: AggregateKernels;
  private readonly memory: JobMemory;
  private readonly records: BufferedContents;
  private readonly aggregates: AggregateContents;
  private readonly row: number;
  /** Some records at a time, as a batch. */
  private readonly batch: Batch;
  private readonly region: Address;
  private readonly regionBytes: number;
  /** i32 lists: rows of records; the numbers from 0 on; the one row of the store again and again. */
  private readonly list: Address;
  private readonly positions: Address;
  private readonly groups: Address;

  /** `calls` read the kept columns. */
  constructor(memory: JobMemory, records: BufferedContents, calls: readonly AggregateCall[], retired: RetiredRegions) {
    const plan = aggregateContents(calls, retired);
    const layout = createRowLayout([], plan.cells);
    this.memory = memory;
    this.records = records;
    this.store = new RowStore(memory, layout, retired);
    const contents = plan.create(memory, this.store, layout, 0);
    assert(contents instanceof AggregateContents, 'the plan makes accumulators');
    this.aggregates = contents;
    this.kernels = contents.kernels;
    this.row = this.store.allocateRow();
    this.regionBytes = records.kept.length * COLUMN_BYTES + 3 * CHUNK_ROWS * 4;
    this.region = memory.allocateRegion(this.regionBytes);
    this.list = this.region;
    this.positions = this.region + CHUNK_ROWS * 4;
    this.groups = this.region + 2 * CHUNK_ROWS * 4;
    for (let at = 0; at < CHUNK_ROWS; at++) {
      memory.i32[(this.positions >>> 2) + at] = at;
      memory.i32[(this.groups >>> 2) + at] = this.row;
    }
    this.batch = createBatch(memory, { fields: records.kept.map(({ type }, at) => ({ name: `c${at}`, type })) });
    this.batch.columns.forEach((column, at) => {
      placeLanes(column, this.region + 3 * CHUNK_ROWS * 4 + at * COLUMN_BYTES);
    });
    contents.beginBatch(this.batch);
  }

  compute(windowRow: number): number {
    this.aggregates.clear(this.row);
    for (let record = this.records.firstOf(windowRow); record !== 0; ) {
      const { next, written } = this.records.exportRun(record, CHUNK_ROWS, this.list, this.batch.columns, 0);
      this.aggregates.addRows(this.groups, this.batch, this.positions, written);
      record = next;
    }
    return this.row;
  }

  close(): void {
    this.aggregates.close();
    this.store.close();
    this.memory.freeRegion(this.region, this.regionBytes);
  }
}

function placeLanes(column: Column, address: Address): void {
  const bytes = entryBytes(column.type) * CHUNK_ROWS;
  column.data = address;
  column.nanos = address + bytes;
  column.validity = address + CHUNK_ROWS * (16 + 4);
}
