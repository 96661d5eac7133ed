/** After-match skipping: up to which row the partial and complete matches are dropped that began before a match was found. */
import { EngineError } from '../../base/errors.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { MatchBuffer } from './match-buffer.ts';
import type { FoundMatch } from './match-emitter.ts';
import type { AfterMatch } from './pattern.ts';

export interface SkipStrategy {
  /** Matches that began with the limit itself are dropped too. */
  readonly inclusive: boolean;
  /** A row of the match; NO_ROW: nothing is skipped. */
  limitOf(match: FoundMatch, buffer: MatchBuffer): number;
}

/** Null: nothing is ever skipped. */
export function createSkipStrategy(afterMatch: AfterMatch, steps: readonly string[]): SkipStrategy | null {
  switch (afterMatch.kind) {
    case 'no-skip':
      return null;
    case 'skip-to-next':
      return { inclusive: true, limitOf: (match, buffer) => extreme(match, buffer, -1) };
    case 'skip-past-last':
      return { inclusive: true, limitOf: (match, buffer) => extreme(match, buffer, 1) };
    default:
      return skipToStep(afterMatch, steps.indexOf(afterMatch.step));
  }
}

function skipToStep(afterMatch: Extract<AfterMatch, { readonly step: string }>, step: number): SkipStrategy {
  const refuse = (why: string): never => {
    throw new EngineError('MR5035', `after a match the pattern cannot go on at step ${afterMatch.step}: ${why}`, {
      domain: 'user',
      remedy: 'choose another way to go on after a match, or let a miss skip nothing',
    });
  };
  return {
    inclusive: false,
    limitOf: (match, buffer) => {
      const at = afterMatch.kind === 'skip-to-first' ? firstOf(match, step) : lastOf(match, step);
      if (at < 0) return afterMatch.failsOnMiss ? refuse('the match has no row for it') : NO_ROW;
      const limit = match.events[at];
      if (afterMatch.failsOnMiss && limit === extreme(match, buffer, -1))
        refuse('it is the first row of the match, so that the same match would be found for ever');
      return limit;
    },
  };
}

function firstOf(match: FoundMatch, step: number): number {
  for (let at = 0; at < match.count; at++) if (match.steps[at] === step) return at;
  return -1;
}

function lastOf(match: FoundMatch, step: number): number {
  for (let at = match.count - 1; at >= 0; at--) if (match.steps[at] === step) return at;
  return -1;
}

/** The earliest (sign -1) or latest row. */
function extreme(match: FoundMatch, buffer: MatchBuffer, sign: 1 | -1): number {
  let found = match.events[0];
  for (let at = 1; at < match.count; at++) if (buffer.compare(match.events[at], found) * sign > 0) found = match.events[at];
  return found;
}
