/** Keys with their waiting rows, partial matches and timers as one section of a checkpoint; a restore keeps the keys that are its own. */
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { NO_ROW, RowStore } from '../../state/row-store.ts';
import { printType } from '../../types/print-type.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import { checkFingerprint, keyedSections } from '../windowing/state-fingerprint.ts';
import type { CepConfig } from './cep-config.ts';
import type { KeyedPatterns } from './keyed-patterns.ts';
import { TIMER_NEXT, TIMER_TIME } from './keyed-patterns.ts';
import { MatchBuffer } from './match-buffer.ts';
import type { Nfa } from './nfa.ts';
import { RUN_FIRST, RUN_LAYOUT, RUN_LINK, RUN_NEXT, RUN_STATE } from './nfa-runner.ts';
import type { KeptValue } from './pattern-rows.ts';

const SECTION = 'patterns';

/** What the stores hold, for those who read them without the node. */
export interface PatternsAbout {
  readonly keyTypes: readonly string[];
  readonly steps: readonly string[];
  /** By state of the automaton: the steps whose row it may take next. */
  readonly awaited: readonly (readonly number[])[];
  /** Values that are kept of a row, as they are written, and their types. */
  readonly kept: readonly (readonly [string, string])[];
}

export interface PatternsHeader {
  readonly fingerprint: string;
  /** Absent in snapshots of before. */
  readonly about?: PatternsAbout;
  readonly arrivals: number;
  /** In this order: keys, timers, runs, rows, links. */
  readonly stores: readonly StoreHeader[];
}

export function writePatterns(
  writer: SnapshotWriter,
  patterns: KeyedPatterns,
  arrivals: number,
  { fingerprint, keyTypes, nfa }: CepConfig,
  kept: readonly KeptValue[],
): void {
  const about: PatternsAbout = {
    keyTypes: keyTypes.map(printType),
    steps: nfa.steps,
    awaited: nfa.states.map((_, state) => awaitedSteps(nfa, state)),
    kept: kept.map(({ text, type }) => [text, printType(type)]),
  };
  writeStoredPatterns(writer, { fingerprint, about, arrivals }, storesOf(patterns));
}

/** Its own, and those of the states it may proceed to with the same row. */
function awaitedSteps({ states }: Nfa, from: number): readonly number[] {
  const reached = [from];
  for (const state of reached)
    for (const { action, target } of states[state].edges) if (action === 'proceed' && !reached.includes(target)) reached.push(target);
  const taking = reached.filter((state) => states[state].step >= 0 && states[state].edges.some(({ action }) => action === 'take'));
  return [...new Set(taking.map((state) => states[state].step))];
}

/** The same from stores in the order of the header. */
export function writeStoredPatterns(writer: SnapshotWriter, said: Omit<PatternsHeader, 'stores'>, stores: readonly RowStore[]): void {
  const header: PatternsHeader = { ...said, stores: stores.map((store) => store.header()) };
  writer.section(
    SECTION,
    'keyed',
    header as unknown as JsonValue,
    stores.flatMap((store) => store.ranges()),
  );
}

/** The answer is the next place in the order of arrival. */
export function restorePatterns(
  restored: readonly RestoredSection[],
  patterns: KeyedPatterns,
  context: OperatorContext,
  fingerprint: string,
): number {
  let arrivals = 0;
  for (const section of keyedSections(context.nodeId, restored, SECTION)) {
    const header = section.header as unknown as PatternsHeader;
    checkFingerprint(context.nodeId, header.fingerprint, fingerprint);
    arrivals = Math.max(arrivals, header.arrivals);
    const stored = new StoredPatterns(context.memory, patterns, header, section.bytes);
    stored.copyOwn(context);
    stored.close();
  }
  return arrivals;
}

function storesOf(patterns: KeyedPatterns): RowStore[] {
  return [patterns.keys, patterns.timers, patterns.runner.runs, patterns.buffer.events, patterns.buffer.links];
}

/** A section in memory, next to the patterns it is copied into. */
class StoredPatterns {
  private readonly memory: JobMemory;
  private readonly target: KeyedPatterns;
  private readonly keys: KeyedTable;
  private readonly timers: RowStore;
  private readonly runs: RowStore;
  private readonly buffer: MatchBuffer;
  /** New row by old row; NO_ROW = not copied yet. */
  private readonly events: Int32Array;
  private readonly links: Int32Array;

  constructor(memory: JobMemory, target: KeyedPatterns, header: PatternsHeader, bytes: Uint8Array) {
    this.memory = memory;
    this.target = target;
    this.keys = new KeyedTable(memory, target.keys.layout);
    this.timers = new RowStore(memory, target.timers.layout);
    this.runs = new RowStore(memory, RUN_LAYOUT);
    this.buffer = new MatchBuffer(
      memory,
      target.buffer.cells.map((cell) => cell.form),
      null,
    );
    let offset = 0;
    [this.keys, this.timers, this.runs, this.buffer.events, this.buffer.links].forEach((store, at) => {
      offset = store.load(header.stores[at], bytes, offset);
    });
    assert(offset === bytes.length, 'a section of patterns holds what its header says');
    this.events = new Int32Array(this.buffer.events.rowCount).fill(NO_ROW);
    this.links = new Int32Array(this.buffer.links.rowCount).fill(NO_ROW);
  }

  copyOwn(context: OperatorContext): void {
    const { target } = this;
    for (let row = 0; row < this.keys.rowCount; row++) {
      if (!this.keys.isLive(row)) continue;
      if (!containsKeyGroup(context.keyGroups, keyGroupOfRow(this.keys, row, context.maxParallelism))) continue;
      const key = target.keys.importKeyedRow(this.keys, row);
      target.forget(key);
      this.copyRuns(row, key, target.completedWord);
      this.copyRuns(row, key, target.runsWord);
      this.copyQueue(row, key);
      this.copyTimers(row, key);
      target.schedule(key);
    }
  }

  close(): void {
    for (const store of [this.keys, this.timers, this.runs]) store.close();
    this.buffer.close();
  }

  private copyQueue(row: number, key: number): void {
    const { events, nextWord } = this.buffer;
    let event = this.memory.i32[this.keys.wordOf(row) + this.target.firstWord];
    for (; event !== 0; event = this.memory.i32[events.wordOf(event - 1) + nextWord]) this.target.enqueue(key, this.copyEvent(event - 1));
  }

  private copyTimers(row: number, key: number): void {
    let timer = this.memory.i32[this.keys.wordOf(row) + this.target.timersWord];
    for (; timer !== 0; timer = this.memory.i32[this.timers.wordOf(timer - 1) + TIMER_NEXT])
      this.target.addTimer(key, this.memory.i64[(this.timers.wordOf(timer - 1) + TIMER_TIME) >>> 1]);
  }

  /** Runs keep their order: it is that of a heap. */
  private copyRuns(row: number, key: number, listWord: number): void {
    const { target } = this;
    const { runs } = target.runner;
    let last = NO_ROW;
    let run = this.memory.i32[this.keys.wordOf(row) + listWord];
    for (; run !== 0; run = this.memory.i32[this.runs.wordOf(run - 1) + RUN_NEXT]) {
      const copy = runs.importRow(this.runs, run - 1);
      const link = this.copyChain(this.memory.i32[this.runs.wordOf(run - 1) + RUN_LINK]);
      const first = this.copyEvent(this.memory.i32[this.runs.wordOf(run - 1) + RUN_FIRST]);
      target.buffer.holdLink(link);
      const { i32 } = this.memory;
      const at = runs.wordOf(copy);
      i32[at + RUN_STATE] = i32[this.runs.wordOf(run - 1) + RUN_STATE];
      i32[at + RUN_LINK] = link;
      i32[at + RUN_FIRST] = first;
      i32[at + RUN_NEXT] = 0;
      i32[last === NO_ROW ? target.keys.wordOf(key) + listWord : runs.wordOf(last) + RUN_NEXT] = copy + 1;
      last = copy;
    }
  }

  /** The chain that ends in `end`, from its beginning on, as far as it was not copied for another run. */
  private copyChain(end: number): number {
    const missing: number[] = [];
    for (let link = end; link !== NO_ROW && this.links[link] === NO_ROW; link = this.buffer.beforeOf(link)) missing.push(link);
    for (const link of missing.reverse()) {
      const before = this.buffer.beforeOf(link);
      const event = this.copyEvent(this.buffer.eventOf(link));
      this.target.buffer.beginEvent();
      this.links[link] = this.target.buffer.link(this.buffer.stepOf(link), event, before === NO_ROW ? NO_ROW : this.links[before]);
    }
    return this.links[end];
  }

  private copyEvent(event: number): number {
    if (this.events[event] === NO_ROW) {
      const { buffer } = this.target;
      const copy = buffer.events.importRow(this.buffer.events, event);
      const { i32 } = this.memory;
      const at = buffer.events.wordOf(copy);
      i32[at + buffer.usersWord] = 0;
      i32[at + buffer.nextWord] = 0;
      i32[at + buffer.previousWord] = 0;
      this.events[event] = copy;
    }
    return this.events[event];
  }
}
