/**
 * Runs the automaton over the rows of one key: which partial matches live, which are complete and wait for earlier ones, which are reported. The order
 * of all steps is that of Flink's NFA, since it decides which match is found first.
 */
import type { JobMemory } from '../../columnar/job-memory.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { NO_ROW, RowStore } from '../../state/row-store.ts';
import type { Decision, Decisions } from './decisions.ts';
import { NO_STATE, TAKES } from './decisions.ts';
import type { MatchBuffer } from './match-buffer.ts';
import type { FoundMatch } from './match-emitter.ts';
import type { Nfa } from './nfa.ts';
import type { AfterMatch } from './pattern.ts';
import { RunHeap } from './run-heap.ts';
import type { SkipStrategy } from './skip-strategy.ts';
import { createSkipStrategy } from './skip-strategy.ts';

const I32 = { form: 'i32', nullable: false } as const;
/** State, end of the chain of rows, first row, next run of the key (row + 1). */
export const RUN_LAYOUT = createRowLayout([], [I32, I32, I32, I32]);
export const [RUN_STATE, RUN_LINK, RUN_FIRST, RUN_NEXT] = RUN_LAYOUT.cells.map((cell) => cell.word);

/** Stands for the partial match that has no row yet: every key has it, and it is never stored. */
export const START_RUN = -1;

export interface MatchSink {
  onMatch(match: FoundMatch): void;
  onTimeout(match: FoundMatch): void;
}

export class NfaRunner {
  readonly runs: RowStore;
  /** Partial matches of the key in work. */
  partial: RunHeap;
  /** Complete matches that wait until no partial match began before them. */
  readonly completed: RunHeap;
  /** A partial match began since this was last set to false. */
  began = false;

  private readonly memory: JobMemory;
  private readonly nfa: Nfa;
  private readonly buffer: MatchBuffer;
  private readonly decisions: Decisions;
  private readonly skip: SkipStrategy | null;
  private readonly sink: MatchSink;
  private following: RunHeap;
  private readonly potential: RunHeap;
  private readonly match: FoundMatch = { key: 0, count: 0, steps: [], events: [], time: 0 };
  private retained = 0;
  private readonly retainedStates: number[] = [];
  private readonly retainedLinks: number[] = [];
  private readonly retainedFirsts: number[] = [];

  constructor(memory: JobMemory, nfa: Nfa, buffer: MatchBuffer, decisions: Decisions, afterMatch: AfterMatch, sink: MatchSink) {
    this.memory = memory;
    this.nfa = nfa;
    this.buffer = buffer;
    this.decisions = decisions;
    this.skip = createSkipStrategy(afterMatch, nfa.steps);
    this.sink = sink;
    this.runs = new RowStore(memory, RUN_LAYOUT);
    const compare = (left: number, right: number) => this.compareRuns(left, right);
    this.partial = new RunHeap(compare);
    this.following = new RunHeap(compare);
    this.completed = new RunHeap(compare);
    this.potential = new RunHeap(compare);
  }

  /** The key whose matches are reported. */
  set key(key: number) {
    this.match.key = key;
  }

  /** Nothing has begun and nothing waits. */
  get isIdle(): boolean {
    return this.completed.count === 0 && this.partial.count === 1 && this.partial.entries[0] === START_RUN;
  }

  /** False when no partial match can begin with such a row. */
  canStart(mask: number): boolean {
    return this.decisions.mayTake(this.nfa.start, mask);
  }

  /** Lets partial matches run out of time. */
  advanceTime(time: number): void {
    const { withinMs, hasGaps } = this.nfa;
    if (withinMs === null && !hasGaps) return;
    const { partial, following, potential } = this;
    let early = 0;
    while (early < partial.count && this.timeoutOf(partial.entries[early], time) === null) early++;
    if (early === partial.count) return;
    following.clear();
    potential.clear();
    for (let at = 0; at < partial.count; at++) {
      const run = partial.entries[at];
      const timeout = this.timeoutOf(run, time);
      if (timeout === null) following.add(run);
      else if (this.nfa.states[this.stateOf(run)].kind === 'pending') potential.add(run);
      else this.dropLate(run, timeout);
    }
    this.report(time);
    this.swap();
  }

  /** Feeds the next row of the key. */
  process(event: number, mask: number, time: number): void {
    if (this.isIdle) {
      const decision = this.decisions.decide(this.nfa.start, mask, event, NO_ROW);
      if (decision.takes === 0) return;
    }
    this.buffer.beginEvent();
    const { partial, following, potential } = this;
    following.clear();
    potential.clear();
    for (let at = 0; at < partial.count; at++) this.step(partial.entries[at], event, mask);
    if (potential.count > 0 || this.completed.count > 0) this.report(time);
    this.swap();
  }

  close(): void {
    this.runs.close();
  }

  /** First row of the partial match that began first; NO_ROW when none has begun. */
  get earliest(): number {
    const [run] = this.partial.entries;
    return this.partial.count === 0 || run === START_RUN ? NO_ROW : this.firstOf(run);
  }

  private stateOf(run: number): number {
    return this.memory.i32[this.runs.wordOf(run) + RUN_STATE];
  }

  /** Time at which the partial match runs out, when that has come. */
  private timeoutOf(run: number, time: number): number | null {
    if (run === START_RUN) return null;
    const { i32 } = this.memory;
    const at = this.runs.wordOf(run);
    const { gapMs } = this.nfa.states[i32[at + RUN_STATE]];
    if (gapMs !== null) {
      const previous = this.buffer.timeOf(this.buffer.eventOf(i32[at + RUN_LINK]));
      if (time - previous >= gapMs) return previous + gapMs;
    }
    const { withinMs } = this.nfa;
    if (withinMs === null) return null;
    const first = this.buffer.timeOf(i32[at + RUN_FIRST]);
    return time - first >= withinMs ? first + withinMs : null;
  }

  private dropLate(run: number, timeout: number): void {
    this.collect(run);
    this.match.time = timeout;
    this.sink.onTimeout(this.match);
    this.releaseRun(run);
  }

  private step(run: number, event: number, mask: number): void {
    const { i32 } = this.memory;
    const starts = run === START_RUN;
    const at = starts ? 0 : this.runs.wordOf(run);
    const state = starts ? this.nfa.start : i32[at + RUN_STATE];
    const link = starts ? NO_ROW : i32[at + RUN_LINK];
    const decision = this.decisions.decide(state, mask, event, link);
    if (starts ? decision.takes === 0 : decision.stays) {
      this.following.add(run);
      return;
    }
    const discards = this.branch(decision, event, link, starts ? event : i32[at + RUN_FIRST]);
    if (discards) this.discardRetained();
    else this.keepRetained();
    if (starts) {
      this.began = true;
      this.following.add(START_RUN);
    } else {
      this.releaseRun(run);
    }
  }

  /** Deals the branches of a partial match out; true when one of them met what must not come. */
  private branch(decision: Decision, event: number, link: number, first: number): boolean {
    const { states } = this.nfa;
    let discards = false;
    this.retained = 0;
    for (let at = 0; at < decision.count; at++) {
      const target = decision.targets[at];
      const takes = decision.actions[at] === TAKES;
      if (!takes && link === NO_ROW) continue;
      const end = takes ? this.buffer.link(decision.steps[at], event, link) : link;
      this.buffer.holdLink(end);
      if (states[target].kind === 'stop') {
        discards = true;
        this.buffer.releaseLink(end);
      } else if (states[target].kind === 'final') {
        this.potential.add(this.createRun(target, end, first));
      } else {
        this.retain(target, end, first);
      }
      const final = decision.finals[at];
      if (final === NO_STATE) continue;
      this.buffer.holdLink(end);
      this.potential.add(this.createRun(final, end, first));
    }
    return discards;
  }

  private retain(state: number, link: number, first: number): void {
    const at = this.retained++;
    this.retainedStates[at] = state;
    this.retainedLinks[at] = link;
    this.retainedFirsts[at] = first;
  }

  private keepRetained(): void {
    for (let at = 0; at < this.retained; at++)
      this.following.add(this.createRun(this.retainedStates[at], this.retainedLinks[at], this.retainedFirsts[at]));
  }

  private discardRetained(): void {
    for (let at = 0; at < this.retained; at++) this.buffer.releaseLink(this.retainedLinks[at]);
  }

  /** Reports complete matches, earliest first, as long as no partial match that may still skip them began before. */
  private report(time: number): void {
    const { completed, following, potential, skip } = this;
    for (let at = 0; at < potential.count; at++) completed.add(potential.entries[at]);
    while (completed.count > 0) {
      const earliest = completed.entries[0];
      if (skip !== null && following.count > 0 && this.compareRuns(earliest, following.entries[0]) > 0) return;
      completed.poll();
      this.collect(earliest);
      if (skip !== null) this.prune(skip);
      this.match.time = time;
      this.sink.onMatch(this.match);
      this.releaseRun(earliest);
    }
  }

  /** Drops partial and complete matches that the one found skips. */
  private prune(skip: SkipStrategy): void {
    const limit = skip.limitOf(this.match, this.buffer);
    if (limit === NO_ROW) return;
    const drop = (run: number): boolean => {
      if (run === START_RUN) return false;
      const order = this.buffer.compare(this.firstOf(run), limit);
      if (skip.inclusive ? order > 0 : order >= 0) return false;
      this.releaseRun(run);
      return true;
    };
    this.following.removeIf(drop);
    this.completed.removeIf(drop);
  }

  /** Puts the rows of a run into `match`, first to last. */
  private collect(run: number): void {
    const { match, buffer } = this;
    let count = 0;
    for (let link = this.memory.i32[this.runs.wordOf(run) + RUN_LINK]; link !== NO_ROW; link = buffer.beforeOf(link)) {
      match.steps[count] = buffer.stepOf(link);
      match.events[count++] = buffer.eventOf(link);
    }
    match.count = count;
    for (let at = 0, end = count - 1; at < end; at++, end--) {
      [match.steps[at], match.steps[end]] = [match.steps[end], match.steps[at]];
      [match.events[at], match.events[end]] = [match.events[end], match.events[at]];
    }
  }

  /** Takes over one use of `link`. */
  private createRun(state: number, link: number, first: number): number {
    const run = this.runs.allocateRow();
    const { i32 } = this.memory;
    const at = this.runs.wordOf(run);
    i32[at + RUN_STATE] = state;
    i32[at + RUN_LINK] = link;
    i32[at + RUN_FIRST] = first;
    return run;
  }

  private releaseRun(run: number): void {
    this.buffer.releaseLink(this.memory.i32[this.runs.wordOf(run) + RUN_LINK]);
    this.runs.releaseRow(run);
  }

  private firstOf(run: number): number {
    return this.memory.i32[this.runs.wordOf(run) + RUN_FIRST];
  }

  private compareRuns(left: number, right: number): number {
    if (left === START_RUN || right === START_RUN) return left === right ? 0 : left === START_RUN ? 1 : -1;
    return this.buffer.compare(this.firstOf(left), this.firstOf(right));
  }

  private swap(): void {
    const partial = this.partial;
    this.partial = this.following;
    this.following = partial;
  }
}
