/** What is kept per key: rows that wait for their time, partial and complete matches, timers; and which key is due next. */
import type { JobMemory } from '../../columnar/job-memory.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import { RowHeap } from '../../state/row-heap.ts';
import type { RowLayout } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { RowStore } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { MatchBuffer } from './match-buffer.ts';
import type { NfaRunner } from './nfa-runner.ts';
import { RUN_NEXT, START_RUN } from './nfa-runner.ts';
import type { RunHeap } from './run-heap.ts';

const I32 = { form: 'i32', nullable: false } as const;
const I64 = { form: 'i64', nullable: false } as const;
/** Queue: first and last row; runs; complete matches; timers (all row + 1); place of the start among the runs; due or not; place in the heap; alarm or not. */
const KEY_CELLS = [I32, I32, I32, I32, I32, I32, I32, I32, I32, I64, I64];
const TWO_32 = 4294967296;

export const TIMER_LAYOUT = createRowLayout([], [I64, I32]);
export const [TIMER_TIME, TIMER_NEXT] = TIMER_LAYOUT.cells.map((cell) => cell.word);

/** The cells in the order told above. */
export function patternKeyLayout(keyTypes: readonly LogicalType[]): RowLayout {
  return createRowLayout(
    keyTypes.map((type) => ({ form: keyForm(type), nullable: true })),
    KEY_CELLS,
  );
}

/** Order of rows of one time; null = as they came. */
export type CompareRows = (left: number, right: number) => number;

export class KeyedPatterns {
  readonly keys: KeyedTable;
  readonly timers: RowStore;
  readonly buffer: MatchBuffer;
  readonly runner: NfaRunner;
  readonly firstWord: number;
  readonly lastWord: number;
  readonly runsWord: number;
  readonly completedWord: number;
  readonly timersWord: number;
  readonly startWord: number;
  private readonly memory: JobMemory;
  private readonly due: RowHeap;
  private readonly isDueWord: number;
  private readonly dueWord: number;
  private readonly hasAlarmWord: number;
  private readonly alarmWord: number;
  private readonly compare: CompareRows | null;
  /** A row is due a millisecond behind its time: a clock's millisecond is over when the next one begins. */
  private readonly delays: boolean;

  constructor(
    memory: JobMemory,
    keyTypes: readonly LogicalType[],
    buffer: MatchBuffer,
    runner: NfaRunner,
    retired: RetiredRegions,
    compare: CompareRows | null,
    delays: boolean,
  ) {
    this.memory = memory;
    this.buffer = buffer;
    this.runner = runner;
    this.compare = compare;
    this.delays = delays;
    const layout = patternKeyLayout(keyTypes);
    const words = layout.cells.map((cell) => cell.word);
    [this.firstWord, this.lastWord, this.runsWord, this.completedWord, this.timersWord, this.startWord, this.isDueWord] = words;
    this.hasAlarmWord = words[8];
    this.dueWord = words[9];
    this.alarmWord = words[10];
    this.keys = new KeyedTable(memory, layout, retired);
    this.timers = new RowStore(memory, TIMER_LAYOUT);
    this.due = new RowHeap(memory, this.keys, words[9], words[7]);
  }

  /** First key that is due at the time of these two words; -1 when none is. */
  dueKey(high: number, low: number): number {
    if (this.due.count === 0) return -1;
    const key = this.due.first;
    const { i32 } = this.memory;
    const at = this.keys.wordOf(key) + this.dueWord;
    return i32[at + 1] < high || (i32[at + 1] === high && i32[at] >>> 0 <= low) ? key : -1;
  }

  /** When the next key is due; undefined when none ever is. */
  nextDue(): bigint | undefined {
    return this.due.count === 0 ? undefined : this.due.timeOf(this.due.first);
  }

  /** Row of the queue's first event, or -1. */
  firstEvent(key: number): number {
    return this.memory.i32[this.keys.wordOf(key) + this.firstWord] - 1;
  }

  /** Puts a row into its key's queue, by time, then by the pattern's order, then by arrival. */
  enqueue(key: number, event: number): void {
    const { i32 } = this.memory;
    const { events, nextWord, previousWord, usersWord } = this.buffer;
    const keyWord = this.keys.wordOf(key);
    const eventWord = events.wordOf(event);
    i32[eventWord + usersWord]++;
    const before = this.placeInQueue(event, keyWord);
    const after = before < 0 ? i32[keyWord + this.firstWord] : i32[events.wordOf(before) + nextWord];
    i32[eventWord + previousWord] = before + 1;
    i32[eventWord + nextWord] = after;
    if (before < 0) i32[keyWord + this.firstWord] = event + 1;
    else i32[events.wordOf(before) + nextWord] = event + 1;
    if (after === 0) i32[keyWord + this.lastWord] = event + 1;
    else i32[events.wordOf(after - 1) + previousWord] = event + 1;
    if (before < 0) this.schedule(key);
  }

  /** Takes the first row off the queue; its user is now the caller. */
  dequeue(key: number): number {
    const { i32 } = this.memory;
    const keyWord = this.keys.wordOf(key);
    const event = i32[keyWord + this.firstWord] - 1;
    const next = i32[this.buffer.events.wordOf(event) + this.buffer.nextWord];
    i32[keyWord + this.firstWord] = next;
    if (next === 0) i32[keyWord + this.lastWord] = 0;
    else i32[this.buffer.events.wordOf(next - 1) + this.buffer.previousWord] = 0;
    return event;
  }

  /** Sets a timer of the key; a time that is set already stays one timer. */
  addTimer(key: number, time: bigint): void {
    const { i32, i64 } = this.memory;
    let before = -1;
    let next = i32[this.keys.wordOf(key) + this.timersWord] - 1;
    while (next >= 0) {
      const word = this.timers.wordOf(next);
      const other = i64[(word + TIMER_TIME) >>> 1];
      if (other === time) return;
      if (other > time) break;
      before = next;
      next = i32[word + TIMER_NEXT] - 1;
    }
    this.insertTimer(key, before, next, time);
  }

  /** Takes away the timers that are due; those of a clock are a millisecond behind. */
  dropTimers(key: number, limit: bigint): void {
    const { i32, i64 } = this.memory;
    const at = this.keys.wordOf(key) + this.timersWord;
    while (i32[at] !== 0) {
      const timer = i32[at] - 1;
      const word = this.timers.wordOf(timer);
      if (i64[(word + TIMER_TIME) >>> 1] > limit) return;
      i32[at] = i32[word + TIMER_NEXT];
      this.timers.releaseRow(timer);
    }
  }

  /** The key is to be looked at when its first timer comes. */
  alarmAtTimer(key: number): void {
    const { i32 } = this.memory;
    const word = this.keys.wordOf(key);
    const timer = i32[word + this.timersWord];
    i32[word + this.hasAlarmWord] = timer === 0 ? 0 : 1;
    if (timer === 0) return;
    const from = this.timers.wordOf(timer - 1) + TIMER_TIME;
    i32[word + this.alarmWord] = i32[from];
    i32[word + this.alarmWord + 1] = i32[from + 1];
  }

  /** The key is to be looked at `afterMs` behind `earliest`, the row with which its earliest partial match began; NO_ROW: it has none. */
  alarmAfter(key: number, earliest: number, afterMs: number): void {
    const { i32 } = this.memory;
    const word = this.keys.wordOf(key);
    i32[word + this.hasAlarmWord] = earliest < 0 ? 0 : 1;
    if (earliest < 0) return;
    const time = this.buffer.timeOf(earliest) + afterMs;
    const high = Math.floor(time / TWO_32);
    i32[word + this.alarmWord] = (time - high * TWO_32) | 0;
    i32[word + this.alarmWord + 1] = high;
  }

  /** Gives the runner the key's partial and complete matches. */
  load(key: number): void {
    const { i32 } = this.memory;
    const { runner } = this;
    const word = this.keys.wordOf(key);
    runner.key = key;
    this.readRuns(i32[word + this.completedWord], runner.completed, -1);
    this.readRuns(i32[word + this.runsWord], runner.partial, i32[word + this.startWord]);
  }

  /** Takes them back. */
  store(key: number): void {
    const { i32 } = this.memory;
    const { partial, completed } = this.runner;
    const word = this.keys.wordOf(key);
    i32[word + this.completedWord] = this.writeRuns(completed);
    let start = 0;
    while (start < partial.count && partial.entries[start] !== START_RUN) start++;
    i32[word + this.startWord] = start;
    i32[word + this.runsWord] = this.writeRuns(partial);
  }

  /** Nothing has begun for the key and nothing waits to be reported. */
  isIdle(key: number): boolean {
    const { i32 } = this.memory;
    const word = this.keys.wordOf(key);
    return (i32[word + this.runsWord] | i32[word + this.completedWord]) === 0;
  }

  /** Notes when the key is due next, after its queue or its alarm changed. */
  schedule(key: number): void {
    const { i32 } = this.memory;
    const word = this.keys.wordOf(key);
    const event = i32[word + this.firstWord];
    const hasAlarm = i32[word + this.hasAlarmWord] !== 0;
    const wasDue = i32[word + this.isDueWord] !== 0;
    if (event === 0 && !hasAlarm) {
      if (wasDue) this.due.remove(key);
      i32[word + this.isDueWord] = 0;
      return;
    }
    const alarm = word + this.alarmWord;
    const row = event === 0 ? -1 : this.buffer.events.wordOf(event - 1) + this.buffer.timeWord;
    const rowIsFirst = row >= 0 && (!hasAlarm || !isEarlier(i32, alarm, row));
    const from = rowIsFirst ? row : alarm;
    const carry = rowIsFirst && this.delays && i32[from] === -1;
    const low = rowIsFirst && this.delays ? (i32[from] + 1) | 0 : i32[from];
    const high = carry ? i32[from + 1] + 1 : i32[from + 1];
    const due = word + this.dueWord;
    const rises = wasDue && (i32[due + 1] < high || (i32[due + 1] === high && i32[due] >>> 0 <= low >>> 0));
    if (wasDue && !rises) this.due.remove(key);
    i32[due] = low;
    i32[due + 1] = high;
    i32[word + this.isDueWord] = 1;
    if (rises) this.due.raise(key);
    else this.due.add(key);
  }

  /** A key that was copied from elsewhere: its lists are those of another store. The place of the start is kept. */
  forget(key: number): void {
    const { i32 } = this.memory;
    const word = this.keys.wordOf(key);
    for (const list of [this.firstWord, this.lastWord, this.runsWord, this.completedWord, this.timersWord, this.isDueWord])
      i32[word + list] = 0;
  }

  /** Forgets a key about which nothing is known. */
  releaseIdle(key: number): void {
    if (!this.keys.isLive(key)) return;
    const { i32 } = this.memory;
    const word = this.keys.wordOf(key);
    if ((i32[word + this.firstWord] | i32[word + this.runsWord] | i32[word + this.completedWord] | i32[word + this.timersWord]) === 0)
      this.keys.remove(key);
  }

  get stateBytes(): number {
    return this.keys.stateBytes + this.timers.usedBytes + this.due.bytes + this.runner.runs.usedBytes + this.buffer.stateBytes;
  }

  close(): void {
    this.keys.close();
    this.timers.close();
    this.due.close();
    this.runner.close();
    this.buffer.close();
  }

  private isBefore(event: number, other: number): boolean {
    const { i32 } = this.memory;
    const a = this.buffer.events.wordOf(event) + this.buffer.timeWord;
    const b = this.buffer.events.wordOf(other) + this.buffer.timeWord;
    if (i32[a + 1] !== i32[b + 1] || i32[a] !== i32[b]) return isEarlier(i32, a, b);
    return this.compare !== null && this.compare(event, other) < 0;
  }

  /** The row behind which a row belongs; -1: before all. Looked for from the end of the queue that is nearer in time. */
  private placeInQueue(event: number, keyWord: number): number {
    const { i32 } = this.memory;
    const { events, nextWord, previousWord } = this.buffer;
    const last = i32[keyWord + this.lastWord] - 1;
    if (last < 0 || !this.isBefore(event, last)) return last;
    const first = i32[keyWord + this.firstWord] - 1;
    if (this.isBefore(event, first)) return -1;
    const time = this.buffer.timeOf(event);
    if (time - this.buffer.timeOf(first) < this.buffer.timeOf(last) - time) {
      let before = first;
      for (;;) {
        const next = i32[events.wordOf(before) + nextWord] - 1;
        if (this.isBefore(event, next)) return before;
        before = next;
      }
    }
    let before = i32[events.wordOf(last) + previousWord] - 1;
    while (this.isBefore(event, before)) before = i32[events.wordOf(before) + previousWord] - 1;
    return before;
  }

  private insertTimer(key: number, before: number, next: number, time: bigint): void {
    const timer = this.timers.allocateRow();
    const { i32, i64 } = this.memory;
    const word = this.timers.wordOf(timer);
    i64[(word + TIMER_TIME) >>> 1] = time;
    i32[word + TIMER_NEXT] = next + 1;
    i32[before < 0 ? this.keys.wordOf(key) + this.timersWord : this.timers.wordOf(before) + TIMER_NEXT] = timer + 1;
  }

  /** `start`: place of the start among the entries, -1 without one. */
  private readRuns(first: number, into: RunHeap, start: number): void {
    const { i32 } = this.memory;
    into.clear();
    for (let run = first; run !== 0; run = i32[this.runner.runs.wordOf(run - 1) + RUN_NEXT]) {
      if (into.count === start) into.append(START_RUN);
      into.append(run - 1);
    }
    if (into.count === start) into.append(START_RUN);
  }

  /** Chains the runs in the order of the heap; the answer is the first (row + 1). */
  private writeRuns(heap: RunHeap): number {
    const { i32 } = this.memory;
    let next = 0;
    for (let at = heap.count - 1; at >= 0; at--) {
      const run = heap.entries[at];
      if (run === START_RUN) continue;
      i32[this.runner.runs.wordOf(run) + RUN_NEXT] = next;
      next = run + 1;
    }
    return next;
  }
}

/** Order of two times that stand at these words. */
function isEarlier(i32: Int32Array, left: number, right: number): boolean {
  return i32[left + 1] < i32[right + 1] || (i32[left + 1] === i32[right + 1] && i32[left] >>> 0 < i32[right] >>> 0);
}
