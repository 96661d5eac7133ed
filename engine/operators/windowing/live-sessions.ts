/** The live sessions of all keys: one row per session with its bounds, its place in the queue of ends, and its accumulators. */
import { assert } from '../../base/assert.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import { RowHeap } from '../../state/row-heap.ts';
import type { CellSpec } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { RowStore } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import { AggregateContents, aggregateContents } from './aggregate-contents.ts';

const LONG: CellSpec = { form: 'i64', nullable: false };
const LINK: CellSpec = { form: 'i32', nullable: false };

export class LiveSessions {
  /** Payload: first session of the key (i32, row + 1). */
  readonly keys: KeyedTable;
  /** Cells: start, end, time in the queue, place in the queue, key, next session of the key (i32, row + 1), accumulators. */
  readonly sessions: RowStore;
  readonly contents: AggregateContents;
  /** Sessions by a time that is never behind their end; it is corrected when it comes up. */
  readonly queue: RowHeap;
  readonly headWord: number;
  readonly startWord: number;
  readonly endWord: number;
  readonly armedWord: number;
  readonly slotWord: number;
  readonly nextWord: number;
  private readonly memory: JobMemory;

  constructor(memory: JobMemory, keyTypes: readonly LogicalType[], calls: readonly AggregateCall[], retired: RetiredRegions) {
    const plan = aggregateContents(calls, retired);
    const keyLayout = createRowLayout(
      keyTypes.map((type) => ({ form: keyForm(type), nullable: type.nullable })),
      [LINK],
    );
    const fixed = [LONG, LONG, LONG, LINK, LINK, LINK];
    const layout = createRowLayout([], [...fixed, ...plan.cells]);
    this.memory = memory;
    this.keys = new KeyedTable(memory, keyLayout, retired);
    this.sessions = new RowStore(memory, layout, retired);
    const contents = plan.create(memory, this.sessions, layout, fixed.length);
    assert(contents instanceof AggregateContents, 'the plan makes accumulators');
    this.contents = contents;
    const words = layout.cells.map((cell) => cell.word);
    [this.startWord, this.endWord, this.armedWord] = words;
    [this.slotWord, this.nextWord] = words.slice(4);
    this.headWord = keyLayout.cells[0].word;
    this.queue = new RowHeap(memory, this.sessions, words[2], words[3]);
  }

  get stateBytes(): number {
    return this.keys.stateBytes + this.sessions.usedBytes + this.contents.stateBytes + this.queue.bytes;
  }

  /** A new session of a key, in the queue at `armed`. */
  open(slot: number, start: bigint, end: bigint, armed: bigint): number {
    const row = this.sessions.allocateRow();
    const word = this.sessions.wordOf(row);
    const { i32, i64 } = this.memory;
    i64[(word + this.startWord) >>> 1] = start;
    i64[(word + this.endWord) >>> 1] = end;
    i64[(word + this.armedWord) >>> 1] = armed;
    this.attach(i32, slot, row);
    return row;
  }

  /** Takes over a session of a snapshot under its key's new slot. */
  import(source: RowStore, sourceRow: number, slot: number): number {
    const row = this.sessions.importRow(source, sourceRow);
    this.attach(this.memory.i32, slot, row);
    return row;
  }

  startOf(row: number): bigint {
    return this.memory.i64[(this.sessions.wordOf(row) + this.startWord) >>> 1];
  }

  endOf(row: number): bigint {
    return this.memory.i64[(this.sessions.wordOf(row) + this.endWord) >>> 1];
  }

  slotOf(row: number): number {
    return this.memory.i32[this.sessions.wordOf(row) + this.slotWord];
  }

  /** Widens a session so that it holds [start, end) too. */
  extend(row: number, start: bigint, end: bigint): void {
    const { i64 } = this.memory;
    const word = this.sessions.wordOf(row);
    if (start < i64[(word + this.startWord) >>> 1]) i64[(word + this.startWord) >>> 1] = start;
    if (end > i64[(word + this.endWord) >>> 1]) i64[(word + this.endWord) >>> 1] = end;
  }

  /** Sessions of a key that overlap or touch [start, end). */
  touching(slot: number, start: bigint, end: bigint): number[] {
    const found: number[] = [];
    const { i32 } = this.memory;
    for (let next = i32[this.keys.wordOf(slot) + this.headWord]; next !== 0; next = i32[this.sessions.wordOf(next - 1) + this.nextWord]) {
      if (this.startOf(next - 1) <= end && this.endOf(next - 1) >= start) found.push(next - 1);
    }
    return found;
  }

  /** Makes one session of several of a key; the first of them stays. */
  merge(rows: readonly number[]): number {
    const [target, ...others] = rows;
    for (const row of others) {
      this.extend(target, this.startOf(row), this.endOf(row));
      this.contents.merge(target, row);
      this.queue.remove(row);
      this.detach(row);
      this.sessions.releaseRow(row);
    }
    return target;
  }

  /** Takes a session off its key's list: nothing is added to it any more. */
  detach(row: number): void {
    const { i32 } = this.memory;
    let link = this.keys.wordOf(this.slotOf(row)) + this.headWord;
    while (i32[link] !== row + 1) link = this.sessions.wordOf(i32[link] - 1) + this.nextWord;
    i32[link] = i32[this.sessions.wordOf(row) + this.nextWord];
  }

  /** Drops a detached session with all it holds. */
  drop(row: number): void {
    this.contents.clear(row);
    this.sessions.releaseRow(row);
  }

  /** Forgets a key that has no session. */
  releaseKey(slot: number): void {
    if (this.keys.isLive(slot) && this.memory.i32[this.keys.wordOf(slot) + this.headWord] === 0) this.keys.remove(slot);
  }

  close(): void {
    this.keys.close();
    this.sessions.close();
    this.contents.close();
    this.queue.close();
  }

  private attach(i32: Int32Array, slot: number, row: number): void {
    const word = this.sessions.wordOf(row);
    const head = this.keys.wordOf(slot) + this.headWord;
    i32[word + this.slotWord] = slot;
    i32[word + this.nextWord] = i32[head];
    i32[head] = row + 1;
    this.queue.add(row);
  }
}
