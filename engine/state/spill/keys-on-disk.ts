/**
 * The keys of a keyed state that memory does not hold. A step looks its new keys up in the runs, newest first, and copies what they
 * keep into their rows; when the table has grown too large, all of it becomes the newest run. A key's newest row is the one that
 * counts: a row that keeps nothing stays until it meets the oldest. Too many runs are merged into one.
 */
import type { OperatorSpill } from '../../operators/operator.ts';
import type { KeyedTable } from '../keyed-table.ts';
import { RowStore } from '../row-store.ts';
import type { KeyRun } from './key-run.ts';
import { blockOf, firstOfHash, KeyRunWriter, mayHold, readBlock } from './key-run.ts';

/** A table doubles when it grows, and is there twice while it is copied. */
const GROWTH = 3;
/** Of what table and filters may take, the table gets at least so much: runs would become ever smaller. */
const TABLE_SHARE_MIN = 0.25;
/** Looking a key up asks every run. */
const RUNS_MAX = 8;
/** Hash and row number are sorted as one exact double. */
const ROWS_MAX = 2 ** 21;

/** Whether a row keeps nothing, or nothing that has not expired. */
export type KeepsNothing = (store: RowStore, row: number) => boolean;

export class KeysOnDisk {
  /** Oldest first. */
  readonly runs: KeyRun[] = [];
  private readonly table: KeyedTable;
  readonly spill: OperatorSpill;
  private readonly keepsNothing: KeepsNothing;
  /** Block that was read last, and whose it is. */
  private readonly block: RowStore;
  private readonly written: RowStore;
  private blockRun: KeyRun | null = null;
  private blockAt = -1;

  constructor(table: KeyedTable, spill: OperatorSpill, keepsNothing: KeepsNothing) {
    this.table = table;
    this.spill = spill;
    this.keepsNothing = keepsNothing;
    this.block = new RowStore(table.memory, table.layout);
    this.written = new RowStore(table.memory, table.layout);
  }

  get rows(): number {
    return this.runs.reduce((sum, run) => sum + run.rows, 0);
  }

  /** Bytes that the runs take of memory. */
  get memoryBytes(): number {
    return this.runs.reduce((sum, { filter, firstHashes }) => sum + filter.byteLength + firstHashes.length * 20, 0);
  }

  /** The rows of the table from `first` on are new: what their keys keep on disk is copied to them. */
  load(first: number): void {
    const { table, runs } = this;
    if (runs.length === 0) return;
    const rows = sortByHash(table, first);
    for (let at = runs.length - 1; at >= 0; at--) {
      const run = runs[at];
      let left = 0;
      for (let index = 0; index < rows.length; index++) {
        if (!this.find(run, rows[index])) rows[left++] = rows[index];
      }
      if (left === 0) return;
      rows.length = left;
    }
  }

  /** Between two steps: nobody knows rows of the table by number. */
  spillAbove(): void {
    const { table } = this;
    const share = this.spill.memoryBytes / GROWTH;
    const bytesMax = Math.max(share - this.memoryBytes, share * TABLE_SHARE_MIN);
    if (table.stateBytes <= bytesMax && table.rowCount < ROWS_MAX / 2) return;
    if (table.rowCount === 0) return;
    const writer = new KeyRunWriter(this.spill.folder, this.written, table.rowCount);
    for (const row of sortByHash(table, 0)) {
      if (this.runs.length > 0 || !this.keepsNothing(table, row)) writer.add(table, row);
    }
    const run = writer.end();
    if (run !== null) this.runs.push(run);
    table.close();
    if (this.runs.length > RUNS_MAX) this.merge();
  }

  close(): void {
    for (const run of this.runs) run.file.drop();
    this.runs.length = 0;
    this.block.close();
    this.written.close();
    this.blockRun = null;
  }

  private find(run: KeyRun, row: number): boolean {
    const { table, block } = this;
    const hash = table.memory.i32[table.wordOf(row)];
    if (!mayHold(run, hash)) return false;
    const at = blockOf(run, hash);
    if (at < 0) return false;
    if (this.blockRun !== run || this.blockAt !== at) {
      readBlock(run, at, block);
      this.blockRun = run;
      this.blockAt = at;
    }
    for (let stored = firstOfHash(block, hash); stored < block.rowCount; stored++) {
      if (block.memory.i32[block.wordOf(stored)] !== hash) return false;
      if (!table.hasKeyOf(row, block, stored)) continue;
      table.copyPayload(block, stored, row);
      return true;
    }
    return false;
  }

  /** All runs as one, in which every key is once and keeps something. */
  private merge(): void {
    const cursors = this.runs.map((run) => new RunCursor(run, this.table));
    const writer = new KeyRunWriter(this.spill.folder, this.written, this.rows);
    for (;;) {
      let lowest: number | null = null;
      for (const { hash } of cursors) if (hash !== null && (lowest === null || hash < lowest)) lowest = hash;
      if (lowest === null) break;
      this.mergeHash(cursors, lowest, writer);
    }
    for (const cursor of cursors) cursor.close();
    for (const run of this.runs) run.file.drop();
    this.blockRun = null;
    const merged = writer.end();
    this.runs.length = 0;
    if (merged !== null) this.runs.push(merged);
  }

  /** Rows of one hash lie in one block of each run: they are all in memory at once. */
  private mergeHash(cursors: readonly RunCursor[], hash: number, writer: KeyRunWriter): void {
    const here = cursors.filter((cursor) => cursor.hash === hash).reverse();
    const seen: { readonly store: RowStore; readonly row: number }[] = [];
    for (const cursor of here) {
      const { block } = cursor;
      for (let row = cursor.row; row < block.rowCount && cursor.hashAt(row) === hash; row++) {
        if (here.length > 1 && seen.some((other) => block.hasKeyOf(row, other.store, other.row))) continue;
        if (here.length > 1) seen.push({ store: block, row });
        if (!this.keepsNothing(block, row)) writer.add(block, row);
      }
    }
    for (const cursor of here) cursor.pass(hash);
  }
}

/** Reads a run block by block. */
class RunCursor {
  readonly block: RowStore;
  row = 0;
  /** Of the row it stands at; null at the end. */
  hash: number | null = null;
  private readonly run: KeyRun;
  private at = -1;

  constructor(run: KeyRun, table: KeyedTable) {
    this.run = run;
    this.block = new RowStore(table.memory, table.layout);
    this.row = 0;
    this.settle();
  }

  hashAt(row: number): number {
    return this.block.memory.i32[this.block.wordOf(row)] >>> 0;
  }

  /** Goes on behind the rows of a hash. */
  pass(hash: number): void {
    while (this.row < this.block.rowCount && this.hashAt(this.row) === hash) this.row++;
    this.settle();
  }

  close(): void {
    this.block.close();
  }

  private settle(): void {
    if (this.row < this.block.rowCount) {
      this.hash = this.hashAt(this.row);
      return;
    }
    this.at++;
    this.row = 0;
    this.hash = null;
    if (this.at >= this.run.firstHashes.length) return;
    readBlock(this.run, this.at, this.block);
    this.hash = this.hashAt(0);
  }
}

/** Row numbers from `first` on by the hashes of their keys. */
function sortByHash(table: KeyedTable, first: number): number[] {
  const { i32 } = table.memory;
  const sorted = new Float64Array(table.rowCount - first);
  for (let at = 0; at < sorted.length; at++) sorted[at] = (i32[table.wordOf(first + at)] >>> 0) * ROWS_MAX + at;
  sorted.sort();
  return Array.from(sorted, (value) => first + (value % ROWS_MAX));
}
