/** Date patterns of a call: a literal is compiled once per call site, one that comes from data goes through a small cache. */
import { EvaluationError } from '../../evaluation-error.ts';
import type { CallSite } from '../define-function.ts';
import type { DateFormat } from './date-patterns/date-format.ts';
import { createDateFormat } from './date-patterns/date-format.ts';
import type { SimpleDateFormat } from './legacy-dates/simple-date-format.ts';
import { createSimpleDateFormat } from './legacy-dates/simple-date-format.ts';

const CACHED_MAX = 64;

/** What compiling a pattern gave: a format, or the failure to throw for every row. */
type Compiled<T> = { readonly format: T } | { readonly failure: EvaluationError };

function compileOnce<T>(pattern: string, create: (pattern: string) => T): Compiled<T> {
  try {
    return { format: create(pattern) };
  } catch (error) {
    if (error instanceof EvaluationError) return { failure: error };
    throw error;
  }
}

function cached<T>(create: (pattern: string) => T): (pattern: string) => Compiled<T> {
  const cache = new Map<string, Compiled<T>>();
  let lastPattern: string | undefined;
  let last: Compiled<T> | undefined;
  return (pattern) => {
    if (last !== undefined && pattern === lastPattern) return last;
    let compiled = cache.get(pattern);
    if (compiled === undefined) {
      compiled = compileOnce(pattern, create);
      if (cache.size >= CACHED_MAX) cache.clear();
      cache.set(pattern, compiled);
    }
    lastPattern = pattern;
    last = compiled;
    return compiled;
  };
}

function literalOf(call: CallSite, argument: number): string | undefined {
  const literal = call.arguments[argument]?.literal;
  return typeof literal === 'string' ? literal : undefined;
}

function source<T>(call: CallSite, argument: number, create: (pattern: string) => T): (pattern: string) => Compiled<T> {
  const literal = literalOf(call, argument);
  if (literal === undefined) return cached(create);
  let compiled: Compiled<T> | undefined;
  return () => {
    compiled ??= compileOnce(literal, create);
    return compiled;
  };
}

/** DateTimeFormatter patterns; `lenient` answers `null` for a pattern that is refused, otherwise the failure is thrown. */
export function dateFormats(call: CallSite, argument: number): (pattern: string, lenient: boolean) => DateFormat | null {
  const compile = source(call, argument, createDateFormat);
  return (pattern, lenient) => {
    const compiled = compile(pattern);
    if ('format' in compiled) return compiled.format;
    if (lenient) return null;
    throw compiled.failure;
  };
}

/** SimpleDateFormat patterns. */
export function simpleFormats(call: CallSite, argument: number): (pattern: string) => SimpleDateFormat {
  const compile = source(call, argument, createSimpleDateFormat);
  return (pattern) => {
    const compiled = compile(pattern);
    if ('format' in compiled) return compiled.format;
    throw compiled.failure;
  };
}
