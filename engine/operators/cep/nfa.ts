/** The automaton of a pattern, with Flink's states and edges: take a row, ignore it, or proceed to another state with the same row. */
import type { Formula } from './formula.ts';

export type Action = 'take' | 'ignore' | 'proceed';

export interface Edge {
  readonly action: Action;
  readonly target: number;
  readonly condition: Formula;
}

/**
 * `pending`: the pattern ends with "not followed by"; a partial match that waits here is a match once its time has run out.
 * `stop`: what must not come has come; the partial match that leads here is dropped with all it branched into at that row.
 */
export type StateKind = 'start' | 'normal' | 'pending' | 'stop' | 'final';

export interface NfaState {
  readonly kind: StateKind;
  /** Position of the step in `Nfa.steps` that a row taken here belongs to; -1 where no row is kept. */
  readonly step: number;
  /** Milliseconds that the next row may come behind the last one taken; null = any. */
  readonly gapMs: number | null;
  /** Tried in this order. */
  readonly edges: readonly Edge[];
}

export interface Nfa {
  readonly states: readonly NfaState[];
  readonly start: number;
  readonly steps: readonly string[];
  readonly withinMs: number | null;
  /** Some state has a gap. */
  readonly hasGaps: boolean;
  /** The pattern ends with "not followed by". */
  readonly hasPending: boolean;
}
