/** The syntax tree of a java.util.regex pattern. */
import type { CaseRule, CharacterSet } from './character-set.ts';

export type Assertion =
  /** \A, and ^ without (?m). */
  | 'input start'
  /** \z. */
  | 'input end'
  /** \Z, and $ without (?m): the end, or before the line terminator that ends the input. */
  | 'final line end'
  | 'final line end (unix)'
  /** ^ and $ with (?m). */
  | 'line start'
  | 'line start (unix)'
  | 'line end'
  | 'line end (unix)'
  | 'word boundary'
  | 'no word boundary'
  /** \G: where the previous match ended. */
  | 'last match end';

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'group'; readonly index: number; readonly body: PatternNode }
  | { readonly kind: 'repeat'; readonly body: PatternNode; readonly min: number; readonly max: number; readonly mode: RepeatMode }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly body: PatternNode }
  | { readonly kind: 'atomic'; readonly body: PatternNode }
  | { readonly kind: 'reference'; readonly group: number; readonly rule: CaseRule }
  | { readonly kind: 'assertion'; readonly assertion: Assertion };

export interface PatternSyntax {
  readonly root: PatternNode;
  readonly groups: number;
  /** With references the outcome of a state depends on what was captured, so states cannot be remembered. */
  readonly hasReferences: boolean;
  /** Every set is basic: matches are then looked for inside surrogate pairs too. */
  readonly basic: boolean;
}

/** The pattern is not valid in Java. */
export class PatternSyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatternSyntaxError';
  }
}

/** The pattern is valid in Java but uses something that is not built here. */
export class PatternUnsupportedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatternUnsupportedError';
  }
}

/** Shortest text a node may match, in code points. */
export function shortestOf(node: PatternNode): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return node.items.reduce((sum, item) => sum + shortestOf(item), 0);
    case 'choice':
      return Math.min(...node.options.map(shortestOf));
    case 'group':
    case 'atomic':
      return shortestOf(node.body);
    case 'repeat':
      return node.min === 0 ? 0 : shortestOf(node.body) * node.min;
    default:
      return 0;
  }
}

/** True when every set below the node is basic. */
export function isBasic(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
      return node.set.basic;
    case 'sequence':
      return node.items.every(isBasic);
    case 'choice':
      return node.options.every(isBasic);
    case 'reference':
    case 'assertion':
      return true;
    default:
      return isBasic(node.body);
  }
}
