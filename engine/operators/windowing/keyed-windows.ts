/** The live windows of the general operator: keys, windows and their contents in job memory, with the windows of a key in a list. */
import type { Column } from '../../columnar/batch.ts';
import { createColumn } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import type { CellSpec } from '../../state/row-layout.ts';
import { createRowLayout, FLAGS_WORD, LIVE_BIT } from '../../state/row-layout.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BIGINT, INT } from '../../types/make-type.ts';
import { wrap } from '../time/long.ts';
import type { ShownWindow } from '../time/window-view.ts';
import { WindowTally } from '../time/window-view.ts';
import { KnownRows } from './known-rows.ts';
import type { TimeWindow } from './merge-windows.ts';
import type { ContentsPlan, WindowContents } from './window-contents.ts';

const SCRATCH_BYTES = 4096;
/** Live windows looked at for display. */
const WINDOWS_SCANNED = 50_000;
/** Flags of a window: it stands in the list of its key; the timer at its end is set (one bit per time domain); the one that cleans it up is. */
const LINKED = 1;
const END_TIMER = 2;
const CLEANUP_TIMER = 8;
const LINK: CellSpec = { form: 'i32', nullable: false };
const LONG: CellSpec = { form: 'i64', nullable: false };

export interface KeyedWindowsPlan {
  readonly keyTypes: readonly LogicalType[];
  /** State longs per window: of the trigger first, then of the window function. */
  readonly windowLongs: number;
  /** State longs per key, of the window function. */
  readonly keyLongs: number;
  /** Windows grow: their bounds stand beside the key they were opened under, as Flink keeps a state window. */
  readonly merging: boolean;
  /** Numbers by which windows of a key that are alive together are told apart; 0: none. */
  readonly places: number;
  readonly contents: ContentsPlan;
}

/** A live window with the number of its row. */
export interface LiveWindow extends TimeWindow {
  readonly row: number;
}

export class KeyedWindows<Contents extends WindowContents = WindowContents> {
  /** Payload: first window (i32, row + 1), the function's longs. */
  readonly keys: KeyedTable;
  /** Key: start, end, row of the key. Payload: next and previous window of the key (i32, row + 1), flags, bounds of those that grow, longs, contents. */
  readonly windows: KeyedTable;
  readonly contents: Contents;
  readonly plan: KeyedWindowsPlan;
  private readonly memory: JobMemory;
  private readonly known: KnownRows;
  private readonly scratch: Address;
  private readonly scratchColumns: readonly Column[];
  private readonly listColumns: readonly Column[];
  private readonly headWord: number;
  private readonly nextWord: number;
  private readonly previousWord: number;
  private readonly flagsWord: number;
  private readonly keyStartWord: number;
  private readonly startWord: number;
  private readonly endWord: number;
  private readonly slotWord: number;
  private readonly keyLongWords: readonly number[];
  private readonly windowLongWords: readonly number[];

  constructor(memory: JobMemory, plan: KeyedWindowsPlan, retired: RetiredRegions, asContents: (contents: WindowContents) => Contents) {
    this.memory = memory;
    this.plan = plan;
    this.known = new KnownRows(plan.places);
    const longs = (count: number) => Array.from({ length: count }, () => LONG);
    const keyLayout = createRowLayout(
      plan.keyTypes.map((type) => ({ form: keyForm(type), nullable: type.nullable })),
      [LINK, ...longs(plan.keyLongs)],
    );
    const bounds = longs(plan.merging ? 2 : 0);
    const windowLayout = createRowLayout(
      [LONG, LONG, LINK],
      [LINK, LINK, LINK, ...bounds, ...longs(plan.windowLongs), ...plan.contents.cells],
    );
    const firstLong = 3 + bounds.length;
    this.keys = new KeyedTable(memory, keyLayout, retired);
    this.windows = new KeyedTable(memory, windowLayout, retired);
    this.contents = asContents(plan.contents.create(memory, this.windows, windowLayout, firstLong + plan.windowLongs));
    this.scratch = memory.allocateRegion(SCRATCH_BYTES);
    this.scratchColumns = [BIGINT, BIGINT, INT].map((type, at) => ({ ...createColumn(type), data: this.scratch + at * 8 }));
    this.listColumns = [BIGINT, BIGINT, INT].map((type) => createColumn(type));
    this.headWord = keyLayout.cells[0].word;
    this.keyLongWords = keyLayout.cells.slice(1).map((cell) => cell.word);
    const [keyStart, keyEnd, slot] = windowLayout.keyCells.map((cell) => cell.word);
    this.keyStartWord = keyStart;
    [this.startWord, this.endWord] = plan.merging ? windowLayout.cells.slice(3, 5).map((cell) => cell.word) : [keyStart, keyEnd];
    this.slotWord = slot;
    [this.nextWord, this.previousWord, this.flagsWord] = windowLayout.cells.map((cell) => cell.word);
    this.windowLongWords = windowLayout.cells.slice(firstLong, firstLong + plan.windowLongs).map((cell) => cell.word);
  }

  get stateBytes(): number {
    return this.keys.stateBytes + this.windows.stateBytes + this.contents.stateBytes;
  }

  /** Row of a live window; NO_ROW when there is none. */
  find(slot: number, start: bigint, end: bigint): number {
    if (this.plan.merging) return this.findAmong(slot, start, end);
    this.writeKey(slot, start, end);
    this.windows.find(this.scratchColumns, 0, 0, 1, this.scratch + 64);
    return this.memory.i32[(this.scratch + 64) >>> 2];
  }

  /** Row of a new window that grows. */
  open(slot: number, start: bigint, end: bigint): number {
    const before = this.windows.liveCount;
    // Next to the limits of 64 bits the first bounds of a grown window may come again.
    for (let keyEnd = end; this.windows.liveCount === before; keyEnd = wrap(keyEnd + 1n)) {
      this.writeKey(slot, start, keyEnd);
      this.windows.upsert(this.scratchColumns, 0, 0, 1, this.scratch + 64);
    }
    const row = this.memory.i32[(this.scratch + 64) >>> 2];
    this.link(slot, row);
    this.setBounds(row, start, end);
    return row;
  }

  /** Row of a window that does not grow, new if it was not there. */
  openAt(slot: number, start: bigint, end: bigint): number {
    this.writeKey(slot, start, end);
    this.windows.upsert(this.scratchColumns, 0, 0, 1, this.scratch + 64);
    const row = this.memory.i32[(this.scratch + 64) >>> 2];
    if (!this.hasFlag(row, LINKED)) this.link(slot, row);
    return row;
  }

  /** Rows of the windows whose start, end, key and place stand in lists; those that are new are empty. */
  openAll(starts: Address, ends: Address, slots: Address, places: Address, count: number, rows: Address): void {
    if (this.known.covers(this.keys.rowCount)) {
      this.openKnown(starts, ends, slots, places, count, rows);
      return;
    }
    [starts, ends, slots].forEach((list, at) => {
      this.listColumns[at].data = list;
    });
    const before = this.windows.liveCount;
    this.windows.upsert(this.listColumns, 0, 0, count, rows);
    if (this.windows.liveCount === before) return;
    const { i32 } = this.memory;
    for (let at = 0; at < count; at++) {
      const row = i32[(rows >>> 2) + at];
      if ((i32[this.windows.wordOf(row) + this.flagsWord] & LINKED) === 0) this.link(i32[(slots >>> 2) + at], row);
    }
  }

  /** Where a window that grows now begins and ends; it still knows of the timers at its old end. */
  grow(row: number, start: bigint, end: bigint): void {
    const word = this.windows.wordOf(row);
    this.memory.i64[(word + this.startWord) >>> 1] = start;
    this.memory.i64[(word + this.endWord) >>> 1] = end;
  }

  /** The same for a window whose timers were taken back. */
  setBounds(row: number, start: bigint, end: bigint): void {
    this.grow(row, start, end);
    this.memory.i32[this.windows.wordOf(row) + this.flagsWord] = LINKED;
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

  startOf(row: number): bigint {
    return this.memory.i64[(this.windows.wordOf(row) + this.startWord) >>> 1];
  }

  endOf(row: number): bigint {
    return this.memory.i64[(this.windows.wordOf(row) + this.endWord) >>> 1];
  }

  windowOf(row: number): LiveWindow {
    return { start: this.startOf(row), end: this.endOf(row), row };
  }

  /** Whether the timer at the window's end is known to be set in a time domain (0 or 1). */
  hasEndTimer(row: number, domain: 0 | 1): boolean {
    return this.hasFlag(row, END_TIMER << domain);
  }

  noteEndTimer(row: number, domain: 0 | 1): void {
    this.memory.i32[this.windows.wordOf(row) + this.flagsWord] |= END_TIMER << domain;
  }

  /** The timer at the end has fired or was taken back. */
  forgetEndTimer(row: number, domain: 0 | 1): void {
    this.memory.i32[this.windows.wordOf(row) + this.flagsWord] &= ~(END_TIMER << domain);
  }

  hasCleanupTimer(row: number): boolean {
    return this.hasFlag(row, CLEANUP_TIMER);
  }

  noteCleanupTimer(row: number): void {
    this.memory.i32[this.windows.wordOf(row) + this.flagsWord] |= CLEANUP_TIMER;
  }

  /** Its own timers at the end and for cleaning up in event time are set, so that the watermark has passed neither. */
  awaitsEnd(row: number): boolean {
    const both = END_TIMER | CLEANUP_TIMER;
    return (this.memory.i32[this.windows.wordOf(row) + this.flagsWord] & both) === both;
  }

  /** A trigger may have taken back what was also the timer that cleans up. */
  forgetCleanupTimer(row: number): void {
    this.memory.i32[this.windows.wordOf(row) + this.flagsWord] &= ~CLEANUP_TIMER;
  }

  /** Nothing is kept in the window or for it. */
  isIdle(row: number): boolean {
    if (!this.contents.isEmpty(row)) return false;
    const word = this.windows.wordOf(row);
    const { i32 } = this.memory;
    for (const long of this.windowLongWords) if ((i32[word + long] | i32[word + long + 1]) !== 0) return false;
    return true;
  }

  /** First live window of a key, the youngest; NO_ROW without windows. */
  firstOf(slot: number): number {
    return this.memory.i32[this.keys.wordOf(slot) + this.headWord] - 1;
  }

  /** The live window of the same key behind one. */
  after(row: number): number {
    return this.memory.i32[this.windows.wordOf(row) + this.nextWord] - 1;
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
    for (let row = this.firstOf(slot); row !== NO_ROW; row = this.after(row)) found.push(this.windowOf(row));
    return found;
  }

  /** Forgets a key without windows and state; its slot may be used again. */
  releaseKey(slot: number): void {
    if (!this.keys.isLive(slot)) return;
    const word = this.keys.wordOf(slot);
    if (this.memory.i32[word + this.headWord] !== 0) return;
    const { i32 } = this.memory;
    for (const long of this.keyLongWords) if ((i32[word + long] | i32[word + long + 1]) !== 0) return;
    this.keys.remove(slot);
  }

  windowLong(row: number, index: number): bigint {
    return this.memory.i64[(this.windows.wordOf(row) + this.windowLongWords[index]) >>> 1];
  }

  setWindowLong(row: number, index: number, value: bigint): void {
    this.memory.i64[(this.windows.wordOf(row) + this.windowLongWords[index]) >>> 1] = value;
  }

  /** Word of a state long in `memory.i32`. */
  windowLongWord(row: number, index: number): number {
    return this.windows.wordOf(row) + this.windowLongWords[index];
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
    const word = source.wordOf(sourceRow) + this.keyStartWord;
    this.writeKey(slot, this.memory.i64[word >>> 1], this.memory.i64[(word >>> 1) + 1]);
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

  /** The window of a key that covers a stretch of time; NO_ROW when there is none. */
  findAround(slot: number, start: bigint, end: bigint): number {
    if (!this.keys.isLive(slot)) return NO_ROW;
    let row = this.firstOf(slot);
    while (row !== NO_ROW && (this.startOf(row) > start || this.endOf(row) < end)) row = this.after(row);
    return row;
  }

  /** Looks first where the window of this key and place was found last. */
  private openKnown(starts: Address, ends: Address, slots: Address, places: Address, count: number, rows: Address): void {
    const { known, windows, keyStartWord, slotWord } = this;
    for (let at = 0; at < count; at++) {
      const { i32 } = this.memory;
      const slot = i32[(slots >>> 2) + at];
      const place = i32[(places >>> 2) + at];
      const [start, end] = [(starts >>> 2) + at * 2, (ends >>> 2) + at * 2];
      let row = known.get(slot, place);
      const word = windows.wordOf(row < 0 ? 0 : row);
      const isIt =
        row >= 0 &&
        row < windows.rowCount &&
        (i32[word + FLAGS_WORD] & LIVE_BIT) !== 0 &&
        i32[word + slotWord] === slot &&
        i32[word + keyStartWord] === i32[start] &&
        i32[word + keyStartWord + 1] === i32[start + 1] &&
        i32[word + keyStartWord + 2] === i32[end] &&
        i32[word + keyStartWord + 3] === i32[end + 1];
      if (!isIt) {
        row = this.openAt(slot, this.memory.i64[start >>> 1], this.memory.i64[end >>> 1]);
        known.set(slot, place, row);
      }
      this.memory.i32[(rows >>> 2) + at] = row;
    }
  }

  private findAmong(slot: number, start: bigint, end: bigint): number {
    if (!this.keys.isLive(slot)) return NO_ROW;
    let row = this.firstOf(slot);
    while (row !== NO_ROW && (this.startOf(row) !== start || this.endOf(row) !== end)) row = this.after(row);
    return row;
  }

  private hasFlag(row: number, flag: number): boolean {
    return (this.memory.i32[this.windows.wordOf(row) + this.flagsWord] & flag) !== 0;
  }

  private writeKey(slot: number, start: bigint, end: bigint): void {
    this.memory.i64[this.scratch >>> 3] = start;
    this.memory.i64[(this.scratch >>> 3) + 1] = end;
    this.memory.i32[(this.scratch >>> 2) + 4] = slot;
  }

  private link(slot: number, row: number): void {
    const { i32 } = this.memory;
    const head = this.keys.wordOf(slot) + this.headWord;
    const word = this.windows.wordOf(row);
    i32[word + this.nextWord] = i32[head];
    i32[word + this.previousWord] = 0;
    i32[word + this.flagsWord] |= LINKED;
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
