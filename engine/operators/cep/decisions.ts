/** What a row does to a partial match in a state: the edges it takes, proceeding through as many states as its conditions allow. */
import type { Formula } from './formula.ts';
import { holds, visitConditions } from './formula.ts';
import type { Nfa } from './nfa.ts';

export const TAKES = 1;
export const IGNORES = 0;
export const NO_STATE = -1;

/** The branches of a partial match at one row, in Flink's order; parallel lists that are used again. */
export class Decision {
  count = 0;
  /** Branches that take the row. */
  takes = 0;
  /** The row is ignored where it is and nothing else: the partial match stays as it is. */
  stays = false;
  readonly actions: number[] = [];
  /** Step that a taken row belongs to. */
  readonly steps: number[] = [];
  readonly targets: number[] = [];
  /** Final state that the target leads to without another row, or NO_STATE. */
  readonly finals: number[] = [];
}

/** Conditions that need more than the row are asked for one partial match; `before` is the end of its rows. */
export interface MatchConditions {
  test(index: number, event: number, before: number): boolean;
}

/** Rows with that many distinct bits of simple conditions are looked up in a list, others in a map. */
const LISTED_BITS_MAX = 10;

export class Decisions {
  private readonly nfa: Nfa;
  private readonly conditions: MatchConditions;
  /** Bit set = decided by the row alone, its answer is that bit of the row's mask. */
  private readonly simpleBits: number;
  private readonly isSimple: readonly boolean[];
  private readonly listed: (Decision | undefined)[][];
  private readonly mapped: Map<number, Decision>[];
  private readonly useLists: boolean;
  private readonly scratch = new Decision();
  private readonly pending: number[] = [];
  private mask = 0;
  private event = 0;
  private before = 0;
  /** Answers to the conditions of this row and partial match: 0 unknown, 1 false, 2 true. */
  private readonly known: Uint8Array;
  private readonly test: (index: number) => boolean;

  constructor(nfa: Nfa, simpleBits: number, conditionCount: number, conditions: MatchConditions) {
    this.nfa = nfa;
    this.conditions = conditions;
    this.simpleBits = simpleBits;
    this.isSimple = nfa.states.map((_, state) => this.asksOnlyRows(state));
    this.useLists = conditionCount <= LISTED_BITS_MAX;
    this.listed = nfa.states.map(() => []);
    this.mapped = nfa.states.map(() => new Map());
    this.known = new Uint8Array(conditionCount);
    this.test = (index) => this.answer(index);
  }

  /** The same object is used again for states that ask about partial matches. */
  decide(state: number, mask: number, event: number, before: number): Decision {
    this.mask = mask;
    if (!this.isSimple[state]) {
      this.event = event;
      this.before = before;
      this.known.fill(0);
      return this.fill(this.scratch, state);
    }
    const known = this.useLists ? this.listed[state][mask] : this.mapped[state].get(mask);
    return known ?? this.remember(state, mask);
  }

  /** False when the row alone says that no branch takes it. */
  mayTake(state: number, mask: number): boolean {
    return !this.isSimple[state] || this.decide(state, mask, 0, 0).takes > 0;
  }

  /** True when rows with this mask leave every partial match as it is, whatever its state. */
  isInert(mask: number): boolean {
    return this.nfa.states.every(({ kind }, state) => {
      if (kind === 'final' || kind === 'stop') return true;
      if (!this.isSimple[state]) return false;
      const decision = this.decide(state, mask, 0, 0);
      return kind === 'start' ? decision.takes === 0 : decision.stays;
    });
  }

  private remember(state: number, mask: number): Decision {
    const decision = this.fill(new Decision(), state);
    if (this.useLists) {
      const list = this.listed[state];
      while (list.length <= mask) list.push(undefined);
      list[mask] = decision;
    } else {
      this.mapped[state].set(mask, decision);
    }
    return decision;
  }

  private fill(decision: Decision, from: number): Decision {
    const { states } = this.nfa;
    const { pending } = this;
    decision.count = 0;
    decision.takes = 0;
    pending.length = 0;
    pending.push(from);
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      for (const edge of states[state].edges) {
        if (!this.holds(edge.condition)) continue;
        if (edge.action === 'proceed') pending.push(edge.target);
        else this.add(decision, edge.action === 'take', states[state].step, edge.target);
      }
    }
    decision.stays = decision.count === 1 && decision.takes === 0 && decision.targets[0] === from;
    for (let at = 0; at < decision.count; at++)
      decision.finals[at] = decision.actions[at] === TAKES ? this.finalBehind(decision.targets[at]) : NO_STATE;
    return decision;
  }

  private add(decision: Decision, takes: boolean, step: number, target: number): void {
    const at = decision.count++;
    decision.actions[at] = takes ? TAKES : IGNORES;
    decision.steps[at] = step;
    decision.targets[at] = target;
    if (takes) decision.takes++;
  }

  /** The final state that can be reached from `state` by proceeding alone. */
  private finalBehind(state: number): number {
    const { states } = this.nfa;
    const { pending } = this;
    pending.length = 0;
    pending.push(state);
    for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
      for (const edge of states[from].edges) {
        if (edge.action !== 'proceed' || !this.holds(edge.condition)) continue;
        if (states[edge.target].kind === 'final') return edge.target;
        pending.push(edge.target);
      }
    }
    return NO_STATE;
  }

  private holds(formula: Formula): boolean {
    return holds(formula, this.test);
  }

  private answer(index: number): boolean {
    if (((this.simpleBits >>> index) & 1) !== 0) return ((this.mask >>> index) & 1) !== 0;
    if (this.known[index] === 0) this.known[index] = this.conditions.test(index, this.event, this.before) ? 2 : 1;
    return this.known[index] === 2;
  }

  /** No state that can be reached without taking or ignoring a row, nor behind one row, asks about the partial match. */
  private asksOnlyRows(state: number): boolean {
    const { states } = this.nfa;
    let simple = true;
    const seen = new Set<number>();
    const visit = (at: number, depth: number): void => {
      if (seen.has(at * 2 + depth)) return;
      seen.add(at * 2 + depth);
      for (const edge of states[at].edges) {
        if (depth === 0 || edge.action === 'proceed')
          visitConditions(edge.condition, (index) => {
            if (((this.simpleBits >>> index) & 1) === 0) simple = false;
          });
        if (edge.action === 'proceed') visit(edge.target, depth);
        else if (edge.action === 'take' && depth === 0) visit(edge.target, 1);
      }
    };
    visit(state, 0);
    return simple;
  }
}
