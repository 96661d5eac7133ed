/** Windows that keep only accumulators: one line per window, and the distinct values of COUNT(DISTINCT …) in lists beside it. */
import { assert } from '../../base/assert.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createColumn, entryBytes } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { columnAt, keyForm } from '../../columnar/key-fields.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { RowLayout } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import type { RowStore, StoreHeader } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { INT } from '../../types/make-type.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { AggregateKernels } from '../aggregating/aggregate-kernels.ts';
import { accumulatorCells, aggregateKernels, cellsByCall } from '../aggregating/aggregate-kernels.ts';
import type { ContentsPlan, ContentsReader, WindowContents } from './window-contents.ts';

const SCRATCH_BYTES = 4096;
const LONG_BYTES = 16;

/** Cells: records added (i64), one list head (i32) per COUNT(DISTINCT …), then the accumulators. */
export function aggregateContents(calls: readonly AggregateCall[], retired: RetiredRegions): ContentsPlan {
  const distinct = calls.flatMap((call, at) => (call.function === 'COUNT_DISTINCT' ? [at] : []));
  return {
    cells: [
      { form: 'i64', nullable: false },
      ...distinct.map(() => ({ form: 'i32', nullable: false }) as const),
      ...accumulatorCells(calls),
    ],
    kept: { calls },
    create: (memory, windows, layout, firstCell) => new AggregateContents(memory, windows, layout, firstCell, calls, distinct, retired),
  };
}

/** Distinct values of one call: entries of (window row, value) chained per window. */
interface ValueSet {
  readonly call: number;
  readonly table: KeyedTable;
  readonly headWord: number;
  readonly countWord: number;
  readonly nextWord: number;
  readonly exportValue: ExportKernel;
  readonly group: Column;
  /** Lanes for values that are moved from one window to another. */
  readonly moved: Column;
}

export class AggregateContents implements WindowContents {
  readonly kernels: AggregateKernels;
  private readonly memory: JobMemory;
  private readonly windows: RowStore;
  private readonly layout: RowLayout;
  private readonly calls: readonly AggregateCall[];
  private readonly countWord: number;
  private readonly endWord: number;
  private readonly sets: readonly ValueSet[];
  private readonly columns: (Column | null)[];
  /** i32 window row; i32 found row. */
  private readonly scratch: Address;

  constructor(
    memory: JobMemory,
    windows: RowStore,
    layout: RowLayout,
    firstCell: number,
    calls: readonly AggregateCall[],
    distinct: readonly number[],
    retired: RetiredRegions,
  ) {
    this.memory = memory;
    this.windows = windows;
    this.layout = layout;
    this.calls = calls;
    this.scratch = memory.allocateRegion(SCRATCH_BYTES);
    const firstAccumulator = firstCell + 1 + distinct.length;
    this.kernels = aggregateKernels(calls, layout, firstAccumulator);
    this.countWord = layout.cells[firstCell].word;
    this.endWord = layout.words;
    const cells = cellsByCall(calls, layout, firstAccumulator);
    this.sets = distinct.map((call, at) => {
      const type = calls[call].argumentType;
      assert(type !== null, 'COUNT(DISTINCT …) needs an argument');
      return createValueSet(
        memory,
        call,
        type,
        layout.cells[firstCell + 1 + at].word,
        cells[call][0].word,
        this.scratch,
        64 + at * 64,
        retired,
      );
    });
    this.columns = calls.map(() => null);
  }

  beginBatch(batch: Batch): void {
    this.calls.forEach((call, at) => {
      this.columns[at] = call.argument === null ? null : columnAt(batch, call.argument);
    });
  }

  addRows(windowRows: Address, _batch: Batch, rows: Address, count: number): void {
    this.accumulateRows(windowRows, rows, count);
    const { i32 } = this.memory;
    const counters = (this.windows.rows >>> 2) + this.countWord;
    const { words } = this.layout;
    for (let at = windowRows >>> 2, end = at + count; at < end; at++) {
      const counter = counters + i32[at] * words;
      i32[counter] = (i32[counter] + 1) | 0;
      if (i32[counter] === 0) i32[counter + 1]++;
    }
  }

  /** The same for windows that are never asked whether they are empty. */
  accumulateRows(windowRows: Address, rows: Address, count: number): void {
    this.kernels.accumulate(this.windows, this.memory, this.columns, rows, 0, count, windowRows);
    for (const set of this.sets) {
      const value = this.columns[set.call];
      assert(value !== null, 'COUNT(DISTINCT …) has a column');
      for (let at = 0; at < count; at++) {
        const row = this.memory.i32[(rows >>> 2) + at];
        if (value.validity === 0 || this.memory.u8[value.validity + row] !== 0)
          this.addValue(set, this.memory.i32[(windowRows >>> 2) + at], value, row);
      }
    }
  }

  isEmpty(windowRow: number): boolean {
    const counter = this.windows.wordOf(windowRow) + this.countWord;
    return (this.memory.i32[counter] | this.memory.i32[counter + 1]) === 0;
  }

  merge(target: number, source: number): void {
    const { windows, memory, scratch } = this;
    memory.i32[scratch >>> 2] = target;
    this.kernels.merge(windows, memory, windows, source, source + 1, scratch);
    const to = (windows.wordOf(target) + this.countWord) >>> 1;
    const from = (windows.wordOf(source) + this.countWord) >>> 1;
    memory.i64[to] += memory.i64[from];
    for (const set of this.sets) this.moveValues(set, target, source, set.table);
    this.clear(source);
  }

  clear(windowRow: number): void {
    for (const set of this.sets) this.dropValues(set, windowRow);
    const { layout, windows, memory } = this;
    for (const cell of layout.cells) {
      if (cell.word < this.countWord) continue;
      windows.heapGarbage += windows.heapBytesOf(windows.wordOf(windowRow), cell);
      if (cell.flagsMask !== 0) memory.i32[windows.wordOf(windowRow) + cell.flagsWord] &= ~cell.flagsMask;
    }
    memory.i32.fill(0, windows.wordOf(windowRow) + this.countWord, windows.wordOf(windowRow) + this.endWord);
  }

  get stateBytes(): number {
    return this.sets.reduce((total, set) => total + set.table.stateBytes, 0);
  }

  stores(): readonly KeyedTable[] {
    return this.sets.map((set) => set.table);
  }

  reader(memory: JobMemory, windows: RowStore): ContentsReader {
    const tables = this.sets.map((set) => new KeyedTable(memory, set.table.layout));
    return {
      load: (headers: readonly StoreHeader[], bytes: Uint8Array, offset: number) =>
        tables.reduce((at, table, index) => table.load(headers[index], bytes, at), offset),
      copy: (sourceRow, targetRow) => {
        this.sets.forEach((set, at) => {
          const word = windows.wordOf(sourceRow) + set.headWord;
          this.memory.i32[this.windows.wordOf(targetRow) + set.headWord] = 0;
          this.memory.i64.fill(
            0n,
            (this.windows.wordOf(targetRow) + set.countWord) >>> 1,
            (this.windows.wordOf(targetRow) + set.countWord + 2) >>> 1,
          );
          this.copyValues(set, targetRow, memory.i32[word], tables[at]);
        });
      },
      close: () => {
        for (const table of tables) table.close();
      },
    };
  }

  close(): void {
    for (const set of this.sets) set.table.close();
    this.memory.freeRegion(this.scratch, SCRATCH_BYTES);
  }

  /** The table of what a COUNT(DISTINCT …) has seen, by (window row, value); null of another call. */
  seenTable(call: number): KeyedTable | null {
    return this.sets.find((set) => set.call === call)?.table ?? null;
  }

  /** Rows of that table with the values of a window. */
  seenBy(windowRow: number, call: number): number[] {
    const set = this.setOf(call);
    const rows: number[] = [];
    const { i32 } = this.memory;
    for (
      let entry = i32[this.windows.wordOf(windowRow) + set.headWord];
      entry !== 0;
      entry = i32[set.table.wordOf(entry - 1) + set.nextWord]
    )
      rows.push(entry - 1);
    return rows;
  }

  /** A row that was added to that table is one of a window. */
  noteSeen(windowRow: number, call: number, entry: number): void {
    this.chain(this.setOf(call), windowRow, entry);
  }

  /** Records that were added to a window that may be asked whether it is empty. */
  countOf(windowRow: number): bigint {
    return this.memory.i64[(this.windows.wordOf(windowRow) + this.countWord) >>> 1];
  }

  setCount(windowRow: number, count: bigint): void {
    this.memory.i64[(this.windows.wordOf(windowRow) + this.countWord) >>> 1] = count;
  }

  private setOf(call: number): ValueSet {
    const set = this.sets.find((each) => each.call === call);
    assert(set !== undefined, 'the call is a COUNT(DISTINCT …)');
    return set;
  }

  private addValue(set: ValueSet, windowRow: number, value: Column, row: number): void {
    const { memory, scratch } = this;
    if (value !== set.moved) copyEntry(memory, value, row, set.moved);
    memory.i32[scratch >>> 2] = windowRow;
    const before = set.table.liveCount;
    set.table.upsert([set.group, set.moved], 0, 0, 1, scratch + 8);
    if (set.table.liveCount === before) return;
    this.chain(set, windowRow, memory.i32[(scratch >>> 2) + 2]);
  }

  private chain(set: ValueSet, windowRow: number, entry: number): void {
    const { i32 } = this.memory;
    const word = this.windows.wordOf(windowRow);
    i32[set.table.wordOf(entry) + set.nextWord] = i32[word + set.headWord];
    i32[word + set.headWord] = entry + 1;
    i32[word + set.countWord] = (i32[word + set.countWord] + 1) | 0;
    if (i32[word + set.countWord] === 0) i32[word + set.countWord + 1]++;
  }

  private moveValues(set: ValueSet, target: number, source: number, from: KeyedTable): void {
    this.copyValues(set, target, this.memory.i32[this.windows.wordOf(source) + set.headWord], from);
  }

  /** Adds the values of the chain that begins at `head` (row + 1) of `from`. */
  private copyValues(set: ValueSet, target: number, head: number, from: KeyedTable): void {
    for (let entry = head; entry !== 0; ) {
      const next = this.memory.i32[from.wordOf(entry - 1) + set.nextWord];
      set.exportValue(from, this.memory, 0, entry - 1, entry, [set.moved], 0);
      this.addValue(set, target, set.moved, 0);
      entry = next;
    }
  }

  private dropValues(set: ValueSet, windowRow: number): void {
    const { i32 } = this.memory;
    for (let entry = i32[this.windows.wordOf(windowRow) + set.headWord]; entry !== 0; ) {
      const next = i32[set.table.wordOf(entry - 1) + set.nextWord];
      set.table.remove(entry - 1);
      entry = next;
    }
  }
}

function createValueSet(
  memory: JobMemory,
  call: number,
  type: LogicalType,
  headWord: number,
  countWord: number,
  group: Address,
  lanes: number,
  retired: RetiredRegions,
): ValueSet {
  const layout = createRowLayout(
    [
      { form: 'i32', nullable: false },
      { form: keyForm(type), nullable: false },
    ],
    [{ form: 'i32', nullable: false }],
  );
  return {
    call,
    table: new KeyedTable(memory, layout, retired),
    headWord,
    countWord,
    nextWord: layout.cells[0].word,
    exportValue: exportKernel(layout, [layout.keyCells[1]]),
    group: { ...createColumn(INT), data: group },
    moved: { ...createColumn(type), data: group + lanes, nanos: group + lanes + LONG_BYTES },
  };
}

/** One entry of a column as the first entry of another. */
function copyEntry(memory: JobMemory, source: Column, row: number, target: Column): void {
  const bytes = entryBytes(source.type);
  memory.u8.copyWithin(target.data, source.data + row * bytes, source.data + (row + 1) * bytes);
  if (source.nanos !== 0) memory.i32[target.nanos >>> 2] = memory.i32[(source.nanos >>> 2) + row];
}
