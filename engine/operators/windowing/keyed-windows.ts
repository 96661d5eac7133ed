/** The live windows of the general operator: keys, windows and their contents in job memory, with the windows of a key in a list. */
import type { Column } from '../../columnar/batch.ts';
import { createColumn } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import type { CellSpec } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BIGINT, INT } from '../../types/make-type.ts';
import type { ShownWindow } from '../time/window-view.ts';
import { WindowTally } from '../time/window-view.ts';
import type { TimeWindow } from './merge-windows.ts';
import type { ContentsPlan, WindowContents } from './window-contents.ts';

const SCRATCH_BYTES = 4096;
/** Live windows looked at for display. */
const WINDOWS_SCANNED = 50_000;
const LINK: CellSpec = { form: 'i32', nullable: false };
const LONG: CellSpec = { form: 'i64', nullable: false };

export interface KeyedWindowsPlan {
  readonly keyTypes: readonly LogicalType[];
  /** State longs per window: of the trigger first, then of the window function. */
  readonly windowLongs: number;
  /** State longs per key, of the window function. */
  readonly keyLongs: number;
  readonly contents: ContentsPlan;
}

/** A live window with the number of its row. */
export interface LiveWindow extends TimeWindow {
  readonly row: number;
}

export class KeyedWindows<Contents extends WindowContents = WindowContents> {
  /** Payload: first window (i32, row + 1), the function's longs. */
  readonly keys: KeyedTable;
  /** Key: start, end, row of the key. Payload: next and previous window of the key (i32, row + 1), longs, contents. */
  readonly windows: KeyedTable;
  readonly contents: Contents;
  readonly plan: KeyedWindowsPlan;
  private readonly memory: JobMemory;
  private readonly scratch: Address;
  private readonly scratchColumns: readonly Column[];
  private readonly headWord: number;
  private readonly nextWord: number;
  private readonly previousWord: number;
  private readonly startWord: number;
  private readonly endWord: number;
  private readonly slotWord: number;
  private readonly keyLongWords: readonly number[];
  private readonly windowLongWords: readonly number[];

  constructor(memory: JobMemory, plan: KeyedWindowsPlan, retired: RetiredRegions, asContents: (contents: WindowContents) => Contents) {
    this.memory = memory;
    this.plan = plan;
    const longs = (count: number) => Array.from({ length: count }, () => LONG);
    const keyLayout = createRowLayout(
      plan.keyTypes.map((type) => ({ form: keyForm(type), nullable: type.nullable })),
      [LINK, ...longs(plan.keyLongs)],
    );
    const windowLayout = createRowLayout([LONG, LONG, LINK], [LINK, LINK, ...longs(plan.windowLongs), ...plan.contents.cells]);
    this.keys = new KeyedTable(memory, keyLayout, retired);
    this.windows = new KeyedTable(memory, windowLayout, retired);
    this.contents = asContents(plan.contents.create(memory, this.windows, windowLayout, 2 + plan.windowLongs));
    this.scratch = memory.allocateRegion(SCRATCH_BYTES);
    this.scratchColumns = [BIGINT, BIGINT, INT].map((type, at) => ({ ...createColumn(type), data: this.scratch + at * 8 }));
    this.headWord = keyLayout.cells[0].word;
    this.keyLongWords = keyLayout.cells.slice(1).map((cell) => cell.word);
    [this.startWord, this.endWord, this.slotWord] = windowLayout.keyCells.map((cell) => cell.word);
    [this.nextWord, this.previousWord] = windowLayout.cells.map((cell) => cell.word);
    this.windowLongWords = windowLayout.cells.slice(2, 2 + plan.windowLongs).map((cell) => cell.word);
  }

  get stateBytes(): number {
    return this.keys.stateBytes + this.windows.stateBytes + this.contents.stateBytes;
  }

  /** Row of a live window; NO_ROW when there is none. */
  find(slot: number, window: TimeWindow): number {
    this.writeKey(slot, window);
    this.windows.find(this.scratchColumns, 0, 0, 1, this.scratch + 64);
    return this.memory.i32[(this.scratch + 64) >>> 2];
  }

  /** Row of a window, made empty if it is new. */
  open(slot: number, window: TimeWindow): number {
    this.writeKey(slot, window);
    const before = this.windows.liveCount;
    this.windows.upsert(this.scratchColumns, 0, 0, 1, this.scratch + 64);
    const row = this.memory.i32[(this.scratch + 64) >>> 2];
    if (this.windows.liveCount > before) this.link(slot, row);
    return row;
  }

  /** Takes a window away with everything in it. */
  drop(row: number): void {
    this.contents.clear(row);
    this.unlink(row);
    this.windows.remove(row);
  }

  slotOf(row: number): number {
    return this.memory.i32[this.windows.wordOf(row) + this.slotWord];
  }

  windowOf(row: number): LiveWindow {
    const word = this.windows.wordOf(row);
    return { start: this.memory.i64[(word + this.startWord) >>> 1], end: this.memory.i64[(word + this.endWord) >>> 1], row };
  }

  /** The `limit` live windows that fire first, over all keys; `complete` false: there were too many to look at. */
  tally(
    limit: number,
    firesAt: (end: bigint) => bigint,
  ): { readonly windows: readonly ShownWindow[]; readonly more: number; readonly complete: boolean } {
    const tally = new WindowTally();
    const scanned = Math.min(this.windows.rowCount, WINDOWS_SCANNED);
    for (let row = 0; row < scanned; row++) {
      if (!this.windows.isLive(row)) continue;
      const { start, end } = this.windowOf(row);
      tally.add(start, end, firesAt(end));
    }
    return { ...tally.view(limit), complete: scanned === this.windows.rowCount };
  }

  /** All live windows of a key, the youngest first. */
  windowsOf(slot: number): LiveWindow[] {
    const found: LiveWindow[] = [];
    for (let row = this.memory.i32[this.keys.wordOf(slot) + this.headWord]; row !== 0; ) {
      found.push(this.windowOf(row - 1));
      row = this.memory.i32[this.windows.wordOf(row - 1) + this.nextWord];
    }
    return found;
  }

  /** Forgets a key without windows and state; its slot may be used again. */
  releaseKey(slot: number): void {
    if (!this.keys.isLive(slot)) return;
    const word = this.keys.wordOf(slot);
    if (this.memory.i32[word + this.headWord] !== 0) return;
    for (const long of this.keyLongWords) if (this.memory.i64[(word + long) >>> 1] !== 0n) return;
    this.keys.remove(slot);
  }

  windowLong(row: number, index: number): bigint {
    return this.memory.i64[(this.windows.wordOf(row) + this.windowLongWords[index]) >>> 1];
  }

  setWindowLong(row: number, index: number, value: bigint): void {
    this.memory.i64[(this.windows.wordOf(row) + this.windowLongWords[index]) >>> 1] = value;
  }

  keyLong(slot: number, index: number): bigint {
    return this.memory.i64[(this.keys.wordOf(slot) + this.keyLongWords[index]) >>> 1];
  }

  setKeyLong(slot: number, index: number, value: bigint): void {
    this.memory.i64[(this.keys.wordOf(slot) + this.keyLongWords[index]) >>> 1] = value;
  }

  /** A key's row copied from a snapshot: its windows follow one by one. */
  importKey(source: KeyedTable, sourceRow: number): number {
    const slot = this.keys.importKeyedRow(source, sourceRow);
    this.memory.i32[this.keys.wordOf(slot) + this.headWord] = 0;
    return slot;
  }

  /** A window's row copied from a snapshot under its key's new slot; its contents' own stores are up to the caller. */
  importWindow(source: KeyedTable, sourceRow: number, slot: number): number {
    const word = source.wordOf(sourceRow);
    const window = { start: this.memory.i64[(word + this.startWord) >>> 1], end: this.memory.i64[(word + this.endWord) >>> 1] };
    this.writeKey(slot, window);
    this.windows.upsert(this.scratchColumns, 0, 0, 1, this.scratch + 64);
    const row = this.memory.i32[(this.scratch + 64) >>> 2];
    this.windows.copyPayload(source, sourceRow, row);
    this.link(slot, row);
    return row;
  }

  /** Row of the key of a window row in a store of the same layout. */
  slotIn(store: KeyedTable, row: number): number {
    return this.memory.i32[store.wordOf(row) + this.slotWord];
  }

  close(): void {
    this.keys.close();
    this.windows.close();
    this.contents.close();
    this.memory.freeRegion(this.scratch, SCRATCH_BYTES);
  }

  private writeKey(slot: number, window: TimeWindow): void {
    this.memory.i64[this.scratch >>> 3] = window.start;
    this.memory.i64[(this.scratch >>> 3) + 1] = window.end;
    this.memory.i32[(this.scratch >>> 2) + 4] = slot;
  }

  private link(slot: number, row: number): void {
    const { i32 } = this.memory;
    const head = this.keys.wordOf(slot) + this.headWord;
    const word = this.windows.wordOf(row);
    i32[word + this.nextWord] = i32[head];
    i32[word + this.previousWord] = 0;
    if (i32[head] !== 0) i32[this.windows.wordOf(i32[head] - 1) + this.previousWord] = row + 1;
    i32[head] = row + 1;
  }

  private unlink(row: number): void {
    const { i32 } = this.memory;
    const word = this.windows.wordOf(row);
    const [next, previous] = [i32[word + this.nextWord], i32[word + this.previousWord]];
    if (previous === 0) i32[this.keys.wordOf(this.slotOf(row)) + this.headWord] = next;
    else i32[this.windows.wordOf(previous - 1) + this.nextWord] = next;
    if (next !== 0) i32[this.windows.wordOf(next - 1) + this.previousWord] = previous;
  }
}
