/** Rows that wait until the other input has ended, in the order they came: stored rows, released as batches. */
import type { JsonValue } from '../../base/json.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch } from '../../columnar/batch.ts';
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

const SECTION = 'waiting';

export interface WaitingHeader {
  /** Of the columns; absent in older state. */
  readonly types?: readonly string[];
  readonly rows: StoreHeader;
  readonly first: number;
}

/** The rows of the store from `first` on. */
export function writeWaiting(writer: SnapshotWriter, store: RowStore, types: readonly LogicalType[], first: number): void {
  const header: WaitingHeader = { types: types.map(printType), rows: store.header(), first };
  writer.section(SECTION, 'list', header as unknown as JsonValue, store.ranges());
}

export class WaitingRows {
  private readonly context: OperatorContext;
  private readonly store: RowStore;
  private readonly values: StoredValues;
  private readonly batch: Batch;
  private readonly leaves: Column[] = [];
  /** The rows before this one have been released. */
  private first = 0;

  constructor(context: OperatorContext) {
    const [schema] = context.inputSchemas;
    const types = schema.fields.map((field) => field.type);
    this.context = context;
    this.store = new RowStore(context.memory, createRowLayout([], storedCells(types)));
    this.values = new StoredValues(this.store, types, 0);
    this.batch = createBatch(context.memory, schema);
  }

  get count(): number {
    return this.store.rowCount - this.first;
  }

  get stateBytes(): number {
    return this.store.usedBytes;
  }

  add(batch: Batch): void {
    const { arena, memory } = this.context;
    const targets = arena.allocate(Math.max(batch.selectedCount, 1) * 4);
    for (let at = 0; at < batch.selectedCount; at++) {
      const row = this.store.allocateRow();
      memory.i32[(targets >>> 2) + at] = row;
    }
    this.values.importRows(batch.columns, batch.selection, 0, batch.selectedCount, targets);
  }

  /** The next rows, at most a batch; text points into the store, which stays as it is until `forgetReleased`. */
  release(): Batch {
    const { arena, memory, batchRows } = this.context;
    const { batch, store } = this;
    const rows = Math.min(this.count, batchRows);
    for (const column of batch.columns) allocateNullableLanes(arena, column, rows);
    const list = arena.allocate(rows * 4);
    for (let at = 0; at < rows; at++) memory.i32[(list >>> 2) + at] = this.first + at;
    exportKernel(store.layout, this.values.cells)(store, memory, list, 0, rows, columnLeaves(batch.columns, this.leaves), 0);
    batch.rowCount = rows;
    batch.selectedCount = rows;
    this.first += rows;
    return batch;
  }

  /** Once all are out their memory is used again. */
  forgetReleased(): void {
    if (this.count > 0) return;
    this.store.clear();
    this.first = 0;
  }

  snapshot(writer: SnapshotWriter): void {
    if (this.count === 0) return;
    writeWaiting(writer, this.store, this.values.types, this.first);
  }

  open(restored: readonly RestoredSection[]): void {
    const { context, store } = this;
    for (const section of restored.filter(({ name, distribution }) => name === SECTION && distribution === 'list')) {
      const header = section.header as unknown as WaitingHeader;
      checkFingerprint(context.nodeId, `rows laid out as ${header.rows.layout}`, `rows laid out as ${store.layout.fingerprint}`);
      const stored = new RowStore(context.memory, store.layout);
      stored.load(header.rows, section.bytes, 0);
      for (let row = header.first; row < stored.rowCount; row++) store.importRow(stored, row);
      stored.close();
    }
  }

  close(): void {
    this.store.close();
  }
}
