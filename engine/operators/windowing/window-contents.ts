/** What a window of the general operator keeps: accumulators in the window's own row, or all its records. */
import type { Batch } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { CellSpec, RowLayout } from '../../state/row-layout.ts';
import type { RowStore, StoreHeader } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';

/** Made for one layout of window rows, whose payload cells from `firstCell` on are its own. */
export interface WindowContents {
  /** Called for each batch before its records are added. */
  beginBatch(batch: Batch): void;
  /** Adds the rows of the list `rows` to the windows of the list `windowRows` (both i32), in order. */
  addRows(windowRows: Address, batch: Batch, rows: Address, count: number): void;
  isEmpty(windowRow: number): boolean;
  /** Adds what `source` holds to `target`, in order, and leaves `source` empty. */
  merge(target: number, source: number): void;
  /** Empties the window. */
  clear(windowRow: number): void;
  readonly stateBytes: number;
  /** Stores beside the window rows, in the order of their bytes in a snapshot. */
  stores(): readonly RowStore[];
  /** Contents of a restored operator read from stores of the same kind; `copy` takes over one window. */
  reader(memory: JobMemory, windows: RowStore): ContentsReader;
  close(): void;
}

export interface ContentsReader {
  /** Fills the stores from a snapshot; returns the offset behind it. */
  load(headers: readonly StoreHeader[], bytes: Uint8Array, offset: number): number;
  /** Copies the contents of window `sourceRow` to the (empty) window `targetRow`, whose row was copied as it is. */
  copy(sourceRow: number, targetRow: number): void;
  close(): void;
}

/** What is kept, for those who read it without the node. */
export type KeptContents = { readonly calls: readonly AggregateCall[] } | { readonly columns: readonly LogicalType[] };

/** How contents are made once the layout of the window rows is known. */
export interface ContentsPlan {
  readonly cells: readonly CellSpec[];
  readonly kept: KeptContents;
  create(memory: JobMemory, windows: RowStore, layout: RowLayout, firstCell: number): WindowContents;
}
