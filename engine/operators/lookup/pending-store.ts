/** The input rows of questions that are open: they are what a checkpoint keeps, to be asked again behind a restore. */
import type { JsonValue } from '../../base/json.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { allocateNullableLanes } from '../../columnar/lanes.ts';
import { exportKernel } from '../../state/row-export.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { RowStore } from '../../state/row-store.ts';
import { columnLeaves, storedCells } from '../../state/stored-columns.ts';
import { StoredValues } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { printType } from '../../types/print-type.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import { checkFingerprint } from '../windowing/state-fingerprint.ts';
import type { PendingRow } from './lookup-queue.ts';

const SECTION = 'asked';

export interface PendingHeader {
  /** Of the columns; absent in older state. */
  readonly types?: readonly string[];
  readonly rows: StoreHeader;
  /** Of each row, as text; null: none. */
  readonly timestamps: readonly (string | null)[];
}

/** All rows of the store, with their timestamps. */
export function writePending(
  writer: SnapshotWriter,
  store: RowStore,
  types: readonly LogicalType[],
  timestamps: readonly (bigint | null)[],
): void {
  const header: PendingHeader = {
    types: types.map(printType),
    rows: store.header(),
    timestamps: timestamps.map((timestamp) => (timestamp === null ? null : String(timestamp))),
  };
  writer.section(SECTION, 'list', header as unknown as JsonValue, store.ranges());
}

export class PendingStore {
  private readonly context: OperatorContext;
  private readonly store: RowStore;
  private readonly values: StoredValues;
  private readonly leaves: Column[] = [];

  constructor(context: OperatorContext) {
    const types = context.inputSchemas[0].fields.map((field) => field.type);
    this.context = context;
    this.store = new RowStore(context.memory, createRowLayout([], storedCells(types)));
    this.values = new StoredValues(this.store, types, 0);
  }

  get usedBytes(): number {
    return this.store.usedBytes;
  }

  /** Copies `count` rows of the batch, listed at `rows`; answers their numbers. */
  add(batch: Batch, rows: Address, count: number): number[] {
    const { store, context } = this;
    if (store.liveCount === 0) store.clear();
    const targets = context.arena.allocate(Math.max(count, 1) * 4);
    const numbers = Array.from({ length: count }, () => store.allocateRow());
    context.memory.i32.set(numbers, targets >>> 2);
    this.values.importRows(batch.columns, rows, 0, count, targets);
    return numbers;
  }

  /** Writes rows to columns, which get lanes of the arena; texts point into the store and stay until rows are added. */
  export(rows: readonly number[], columns: readonly Column[]): void {
    const { arena, memory } = this.context;
    for (const column of columns) allocateNullableLanes(arena, column, rows.length);
    const list = arena.allocate(Math.max(rows.length, 1) * 4);
    memory.i32.set(rows, list >>> 2);
    const leaves = columnLeaves(columns, this.leaves);
    exportKernel(this.store.layout, this.values.cells)(this.store, memory, list, 0, rows.length, leaves, 0);
  }

  release(row: number): void {
    this.store.releaseRow(row);
  }

  snapshot(pending: readonly PendingRow[], writer: SnapshotWriter): void {
    if (pending.length === 0) return;
    const compact = new RowStore(this.context.memory, this.store.layout);
    for (const { row } of pending) compact.importRow(this.store, row);
    writePending(
      writer,
      compact,
      this.values.types,
      pending.map(({ timestamp }) => timestamp),
    );
    compact.close();
  }

  restore(restored: readonly RestoredSection[]): PendingRow[] {
    const { context, store } = this;
    return restored
      .filter(({ name, distribution }) => name === SECTION && distribution === 'list')
      .flatMap((section) => {
        const header = section.header as unknown as PendingHeader;
        checkFingerprint(context.nodeId, `rows laid out as ${header.rows.layout}`, `rows laid out as ${store.layout.fingerprint}`);
        const stored = new RowStore(context.memory, store.layout);
        stored.load(header.rows, section.bytes, 0);
        const pending = header.timestamps.map((timestamp, row): PendingRow => {
          return { row: store.importRow(stored, row), timestamp: timestamp === null ? null : BigInt(timestamp), answer: null };
        });
        stored.close();
        return pending;
      });
  }

  close(): void {
    this.store.close();
  }
}
