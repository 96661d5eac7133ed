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

/** Shortest and longest text a node may match, in code points; `Infinity` when there is no obvious maximum. */
export function lengthOf(node: PatternNode): { readonly min: number; readonly max: number } {
  switch (node.kind) {
    case 'set':
      return { min: 1, max: 1 };
    case 'sequence': {
      const lengths = node.items.map(lengthOf);
      return { min: lengths.reduce((sum, each) => sum + each.min, 0), max: lengths.reduce((sum, each) => sum + each.max, 0) };
    }
    case 'choice': {
      const lengths = node.options.map(lengthOf);
      return { min: Math.min(...lengths.map((each) => each.min)), max: Math.max(...lengths.map((each) => each.max)) };
    }
    case 'group':
    case 'atomic':
      return lengthOf(node.body);
    case 'repeat': {
      const body = lengthOf(node.body);
      return { min: body.min * node.min, max: node.max === Infinity ? Infinity : body.max * node.max };
    }
    case 'reference':
      return { min: 0, max: Infinity };
    default:
      return { min: 0, max: 0 };
  }
}
