/** A pattern as a person thinks of it: steps and groups of steps, how each follows the one before, how often it may come. */
import type { Formula } from './formula.ts';

/** How the rows of a loop follow each other: at once, past rows that do not fit, past any rows. */
export type Contiguity = 'strict' | 'relaxed' | 'any';

/** How a step follows the one before; the first step of a pattern or group has none. */
export type Link = 'begin' | 'next' | 'followedBy' | 'followedByAny' | 'notNext' | 'notFollowedBy';

export interface Times {
  readonly from: number;
  /** Null: any number from `from` on. */
  readonly to: number | null;
  /** Milliseconds that two neighbouring rows of the loop may lie apart; null = any. */
  readonly gapMs: number | null;
}

interface PatternPart {
  /** Unique among the steps; groups have one too, for messages. */
  readonly name: string;
  readonly link: Link;
  /** Null: exactly once. */
  readonly times: Times | null;
  readonly inner: Contiguity;
  readonly optional: boolean;
  /** Takes as many rows as it can before the next step may take one. */
  readonly greedy: boolean;
  /** Ends a loop: no row from the one that fulfils it on is taken. */
  readonly until: Formula | null;
  /** Milliseconds that the row of this step may come behind the row before it; null = any. */
  readonly gapMs: number | null;
}

export interface PatternStep extends PatternPart {
  readonly condition: Formula;
  readonly group: null;
}

export interface PatternGroup extends PatternPart {
  readonly condition: null;
  readonly group: readonly PatternNode[];
}

export type PatternNode = PatternStep | PatternGroup;

export interface Pattern {
  readonly nodes: readonly PatternNode[];
  /** Milliseconds in which the last row must follow the first; null = any. */
  readonly withinMs: number | null;
}

/** What becomes of matches that share rows with one that was found. */
export type AfterMatch =
  | { readonly kind: 'no-skip' }
  | { readonly kind: 'skip-to-next' }
  | { readonly kind: 'skip-past-last' }
  | { readonly kind: 'skip-to-first' | 'skip-to-last'; readonly step: string; readonly failsOnMiss: boolean };

/** Names of the steps in order of appearance; groups are not steps. */
export function stepNames(nodes: readonly PatternNode[]): string[] {
  return nodes.flatMap((node) => (node.group === null ? [node.name] : stepNames(node.group)));
}

export function isNegated(link: Link): boolean {
  return link === 'notNext' || link === 'notFollowedBy';
}
