/** A compiled java.util.regex pattern: find one match, find all, whether it matches at all; bounded whatever the pattern. */
import { EvaluationError } from '../../../evaluation-error.ts';
import type { CharacterSet } from './character-set.ts';
import { hasPoint } from './character-set.ts';
import { firstSetOf } from './first-set.ts';
import { isInsidePair, Matcher, StepsExceededError } from './matcher.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Program } from './program.ts';
import { writeProgram } from './program.ts';
import type { PatternSyntax } from './syntax.ts';
import { PatternSyntaxError, PatternUnsupportedError } from './syntax.ts';

/** Start and end of the match and of each group, in UTF-16 units; -1 for a group that took no part. */
export type Match = Int32Array;

/** Steps before a search starts over and remembers its states; most searches never get there. */
const QUICK_STEPS_BASE = 20_000;
const QUICK_STEPS_PER_UNIT = 32;
/** Steps of a search that cannot remember its states: about a tenth of a second. */
const STEPS_MAX = 2_000_000;

export class JavaPattern {
  readonly groups: number;
  private readonly syntax: PatternSyntax;
  private readonly quick: Program | undefined;
  private complete: Program | undefined;
  private readonly first: CharacterSet | undefined;

  constructor(pattern: string) {
    this.syntax = parsePattern(pattern);
    this.groups = this.syntax.groups;
    this.first = firstSetOf(this.syntax.root);
    this.quick = this.tryWrite(true);
  }

  private tryWrite(runs: boolean): Program | undefined {
    try {
      return writeProgram(this.syntax.root, this.groups, runs);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** The first match at or after `from`; `lastEnd` is where the previous match ended (for \G). */
  find(text: string, from: number, lastEnd = 0): Match | undefined {
    if (this.quick === undefined) throw new EvaluationError('MR3003', 'the pattern repeats too much to be run');
    const steps = QUICK_STEPS_BASE + QUICK_STEPS_PER_UNIT * text.length;
    try {
      return this.search(this.quick, text, from, lastEnd, this.syntax.hasReferences ? STEPS_MAX : steps, false);
    } catch (error) {
      if (!(error instanceof StepsExceededError)) throw error;
    }
    return this.findRemembering(text, from, lastEnd);
  }

  private findRemembering(text: string, from: number, lastEnd: number): Match | undefined {
    this.complete ??= this.tryWrite(false);
    const possible = this.complete !== undefined && !this.syntax.hasReferences && Matcher.canRemember(this.complete, text);
    if (this.complete !== undefined && possible) {
      const limit = Math.max(STEPS_MAX, 4 * this.complete.instructions.length * (text.length + 1));
      try {
        return this.search(this.complete, text, from, lastEnd, limit, true);
      } catch (error) {
        if (!(error instanceof StepsExceededError)) throw error;
      }
    }
    throw new EvaluationError('MR3003', `the pattern needs too many steps on a text of ${text.length} characters; make it less ambiguous`);
  }

  private search(program: Program, text: string, from: number, lastEnd: number, steps: number, remember: boolean): Match | undefined {
    const matcher = new Matcher(program, text, { steps, remember, basic: this.syntax.basic, lastEnd });
    for (let start = from; start <= text.length; start++) {
      if (start > from && !this.syntax.basic && isInsidePair(text, start)) continue;
      if (this.first !== undefined) {
        if (start === text.length) return undefined;
        if (!hasPoint(this.first, text.codePointAt(start) ?? 0)) continue;
      }
      if (matcher.matchAt(start)) return matcher.slots;
    }
    return undefined;
  }

  /** All matches from left to right; after an empty one the search goes on one UTF-16 unit further, as in Java. */
  *findAll(text: string): Generator<Match> {
    let from = 0;
    let lastEnd = 0;
    while (from <= text.length) {
      const match = this.find(text, from, lastEnd);
      if (match === undefined) return;
      yield match;
      lastEnd = match[1];
      from = match[1] === match[0] ? match[1] + 1 : match[1];
    }
  }
}

/** What a group captured; `null` when it took no part. */
export function groupText(text: string, match: Match, group: number): string | null {
  const start = match[group * 2];
  return start < 0 ? null : text.slice(start, match[group * 2 + 1]);
}

/** `undefined` for a pattern that Java refuses. */
export function compilePattern(pattern: string): JavaPattern | undefined {
  try {
    return new JavaPattern(pattern);
  } catch (error) {
    if (error instanceof PatternSyntaxError) return undefined;
    if (error instanceof PatternUnsupportedError) throw new EvaluationError('MR3003', error.message);
    throw error;
  }
}

const CACHED_PATTERNS_MAX = 64;

/** For patterns that come from data: keeps the latest few compiled. */
export function createPatternCache(): (pattern: string) => JavaPattern | undefined {
  const cache = new Map<string, JavaPattern | undefined>();
  return (pattern) => {
    if (cache.has(pattern)) return cache.get(pattern);
    const compiled = compilePattern(pattern);
    if (cache.size >= CACHED_PATTERNS_MAX) cache.clear();
    cache.set(pattern, compiled);
    return compiled;
  };
}
