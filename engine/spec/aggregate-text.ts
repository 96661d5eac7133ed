/** Aggregates as documents write them: `COUNT(*)`, `SUM(bid.price)`, `COUNT(DISTINCT bidder)`. */
import type { AggregateFunction } from '../expressions/aggregates.ts';

export interface AggregateCall {
  readonly function: AggregateFunction;
  readonly column: string | null;
}

const FUNCTIONS: readonly AggregateFunction[] = ['COUNT', 'SUM', 'MIN', 'MAX', 'AVG'];

/** Null when the text is not one aggregate of one column. */
export function parseAggregate(words: string): AggregateCall | null {
  const match = /^\s*([A-Za-z]+)\s*\(\s*(DISTINCT\s+)?(\*|[^()]+?)\s*\)\s*$/i.exec(words);
  if (match === null) return null;
  const name = match[1].toUpperCase();
  const distinct = match[2] !== undefined;
  const called = FUNCTIONS.find((candidate) => candidate === name);
  if (called === undefined) return null;
  if (match[3] === '*') return called === 'COUNT' && !distinct ? { function: 'COUNT', column: null } : null;
  if (!distinct) return { function: called, column: match[3] };
  return called === 'COUNT' ? { function: 'COUNT_DISTINCT', column: match[3] } : null;
}

export function printAggregate(call: AggregateCall): string {
  if (call.function === 'COUNT_DISTINCT') return `COUNT(DISTINCT ${call.column ?? '*'})`;
  return `${call.function}(${call.column ?? '*'})`;
}
