/**
 * How a scalar function is defined: one object that types a call exactly as Flink does, evaluates it over boxed values
 * (see ../value.ts) and says how it is spelled and explained.
 *
 * Contract in short:
 * - `resolve` sees the typed arguments of one call and answers either the result type (nullability included, exactly
 *   Flink's derived type) with an evaluator factory, or a refusal: a sentence that says what the function accepts.
 *   It runs for every keystroke in the page, so it must be cheap, portable and must never throw.
 * - `argumentTypes` asks the checker to cast arguments first (Flink's implicit casts), one entry per argument, `null`
 *   where the argument stays as it is. Only the kind, length, precision and scale of an entry count; nullability is kept.
 * - `create` is called once per compiled call site; do there what depends on literals only (compile a pattern, parse a
 *   format). The function it returns is called per row, with exactly the (cast) arguments, symbols and all as `null`.
 * - `nulls: 'propagate'` (the usual case) means: a NULL argument gives NULL and the evaluator is not called.
 *   `nulls: 'receive'` hands NULLs to the evaluator.
 * - An evaluator throws `EvaluationError` where Flink fails the job, and answers `null` for NULL, whatever the type says.
 * - Special syntax arrives as plain arguments, keywords as `symbol` arguments (upper case):
 *   EXTRACT(u FROM x) → [symbol u, x] · FLOOR/CEIL(x TO u) → [x, symbol u] · TRIM([BOTH|LEADING|TRAILING] [c] FROM s) →
 *   [symbol, c, s] (c is ' ' when left out; TRIM(s) is [symbol BOTH, ' ', s]) · POSITION(a IN b [FROM n]) → [a, b(, n)] ·
 *   SUBSTRING(s FROM n FOR m) → [s, n(, m)] · OVERLAY(s PLACING r FROM n FOR m) → [s, r, n(, m)] ·
 *   TIMESTAMPADD/TIMESTAMPDIFF(u, a, b) → [symbol u, a, b] (SQL_TSI_ prefixes removed) ·
 *   JSON_VALUE(j, p RETURNING t d1 ON EMPTY d2 ON ERROR) → [j, p] plus `options`; a DEFAULT expression is an argument too.
 *   YEAR(x), MONTH(x), … arrive as EXTRACT; FLOOR(x) without TO has one argument.
 */
import type { LogicalType } from '../../types/logical-type.ts';
import type { Value } from '../value.ts';

export type FunctionFamily = 'string' | 'regex' | 'math' | 'temporal' | 'conditional' | 'hash' | 'json';

/** One argument of a call under typing. */
export interface Argument {
  /** NULL type for a bare NULL and for symbols. */
  readonly type: LogicalType;
  /** The constant when the argument is a literal (a signed number counts as one); `undefined` when it is computed. */
  readonly literal: Value | undefined;
  /** The keyword of special syntax (`DAY`, `BOTH`); `undefined` for ordinary arguments. */
  readonly symbol: string | undefined;
}

/** `… ON EMPTY` / `… ON ERROR`: `DEFAULT` names the argument that holds the default. */
export type JsonBehavior = { readonly kind: 'NULL' } | { readonly kind: 'ERROR' } | { readonly kind: 'DEFAULT'; readonly argument: number };

export interface CallOptions {
  readonly returning?: LogicalType;
  readonly onEmpty?: JsonBehavior;
  readonly onError?: JsonBehavior;
}

export interface CallSite {
  /** Name as the catalogue spells it (an alias is already resolved to what was written, upper case). */
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly options: CallOptions;
}

/** What an evaluator may know of the run. */
export interface FunctionRuntime {
  /** Session time zone, IANA id. */
  readonly timeZone: string;
  /** Wall clock, epoch milliseconds. */
  now(): number;
}

export type Evaluator = (...values: Value[]) => Value;

export interface ResolvedCall {
  readonly type: LogicalType;
  readonly argumentTypes?: readonly (LogicalType | null)[];
  create(runtime: FunctionRuntime): Evaluator;
}

/** A refusal in a sentence without a final stop, e.g. `CHAR_LENGTH takes a character string, not INT`. */
export interface Refusal {
  readonly refused: string;
}

export interface FunctionHelp {
  /** e.g. `CHAR_LENGTH(string)`; one line per form. */
  readonly signatures: readonly string[];
  readonly summary: { readonly en: string; readonly zh: string };
}

export interface FunctionDefinition {
  /** Flink's name, upper case. */
  readonly name: string;
  /** Other names of the very same function, e.g. CHARACTER_LENGTH. */
  readonly aliases?: readonly string[];
  readonly family: FunctionFamily;
  readonly nulls: 'propagate' | 'receive';
  /** False for functions whose answer changes between calls (NOW, RAND): never evaluated ahead of time. */
  readonly deterministic?: boolean;
  readonly help: FunctionHelp;
  /** Flink SQL spelling when it is not `NAME(arguments)`; the exporter prints special syntax itself. */
  readonly flink?: string;
  /** Spark SQL spelling of the name; absent = same name, null = Spark has no such function. */
  readonly spark?: string | null;
  resolve(call: CallSite): ResolvedCall | Refusal;
}

export function defineFunction(definition: FunctionDefinition): FunctionDefinition {
  return definition;
}

export function refuse(sentence: string): Refusal {
  return { refused: sentence };
}

export function isRefusal(answer: ResolvedCall | Refusal): answer is Refusal {
  return 'refused' in answer;
}

/** True when some ordinary argument may be NULL: what most functions' result nullability is. */
export function anyNullable(call: CallSite): boolean {
  return call.arguments.some((argument) => argument.symbol === undefined && argument.type.nullable);
}
