/** Reads rows in their order: those in memory by a list of their numbers, those on disk block by block. */

import { NO_ROW, RowStore } from '../../state/row-store.ts';
import type { SpillFile, SpillFolder } from '../../state/spill/spill-folder.ts';
import type { MemoryRange } from '../operator.ts';
import type { RowOrder } from './row-order.ts';

/** A block is what one read brings: of each run one is in memory while runs are merged. */
const BLOCK_BYTES = 64 * 1024;

export interface RowCursor {
  readonly order: RowOrder;
  readonly store: RowStore;
  /** NO_ROW at the end, and before `settle` where the next row is not in memory yet. */
  readonly row: number;
  advance(): void;
  /** The next row has to be read first, which overwrites the store. */
  readonly unsettled: boolean;
  settle(): void;
  close(): void;
}

export class MemoryCursor implements RowCursor {
  readonly order: RowOrder;
  readonly store: RowStore;
  readonly unsettled = false;
  row: number;
  private readonly rows: Int32Array;
  private at = 0;

  constructor(order: RowOrder, store: RowStore, rows: Int32Array) {
    this.order = order;
    this.store = store;
    this.rows = rows;
    this.row = rows.length > 0 ? rows[0] : NO_ROW;
  }

  advance(): void {
    this.at++;
    this.row = this.at < this.rows.length ? this.rows[this.at] : NO_ROW;
  }

  settle(): void {}

  close(): void {}
}

interface Block {
  readonly offset: number;
  readonly rows: number;
  readonly heapBytes: number;
}

export interface RowRun {
  readonly file: SpillFile;
  readonly blocks: readonly Block[];
}

/** Writes the rows of a store in the order of the list; `block` is an empty store of the layout to work with. */
export function writeRun(folder: SpillFolder, source: RowStore, rows: Int32Array, block: RowStore): RowRun {
  const file = folder.create();
  const blocks: Block[] = [];
  const bytes = ({ address, bytes: length }: MemoryRange) => block.memory.u8.subarray(address, address + length);
  const endBlock = (): void => {
    if (block.rowCount === 0) return;
    blocks.push({ offset: file.size, rows: block.rowCount, heapBytes: block.heapUsed });
    for (const range of block.ranges()) file.append(bytes(range));
    block.clear();
  };
  block.clear();
  for (const row of rows) {
    block.importRow(source, row);
    if (block.usedBytes >= BLOCK_BYTES) endBlock();
  }
  endBlock();
  return { file, blocks };
}

export class RunCursor implements RowCursor {
  readonly order: RowOrder;
  readonly store: RowStore;
  row = NO_ROW;
  unsettled: boolean;
  private readonly run: RowRun;
  private next = 0;

  /** `like`: a store of the layout. */
  constructor(order: RowOrder, run: RowRun, like: RowStore) {
    this.order = order;
    this.run = run;
    this.store = new RowStore(like.memory, like.layout);
    this.unsettled = run.blocks.length > 0;
  }

  advance(): void {
    this.row++;
    if (this.row < this.store.rowCount) return;
    this.row = NO_ROW;
    this.unsettled = this.next < this.run.blocks.length;
  }

  settle(): void {
    const { store } = this;
    const { offset, rows, heapBytes } = this.run.blocks[this.next++];
    const rowBytes = rows * store.layout.words * 4;
    store.makeLive(rows, heapBytes);
    const { u8 } = store.memory;
    this.run.file.read(u8.subarray(store.rows, store.rows + rowBytes), offset);
    if (heapBytes > 0) this.run.file.read(u8.subarray(store.heap, store.heap + heapBytes), offset + rowBytes);
    this.row = 0;
    this.unsettled = false;
  }

  close(): void {
    this.store.close();
    this.run.file.drop();
  }
}
