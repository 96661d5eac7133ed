/** Code that a person wrote: read once in a realm of its own, called so that whatever fails is told with the person's line. */
import { EngineError } from '../../base/errors.ts';
import { type CodePosition, type TranspiledCode, transpileCode } from '../../spec/custom-code/transpile-code.ts';
import type { OperatorContext } from '../operator.ts';
import { showValue } from './code-values.ts';
import { createRealm, type Realm } from './realm.ts';

const FILE = 'process-function.ts';
const OPENING = "(function () { 'use strict'; ";

export class CodeProgram {
  readonly realm: Realm;
  /** What the code calls by the names that were asked for; undefined where it knows none. */
  readonly functions: { readonly [name: string]: unknown };
  private readonly code: TranspiledCode;
  private readonly context: OperatorContext;

  constructor(source: string, names: readonly string[], context: OperatorContext, now: () => number) {
    const transpiled = transpileCode(source);
    if ('fault' in transpiled) throw failure(context, transpiled.fault.message, transpiled.fault, 'the code');
    this.code = transpiled.code;
    this.context = context;
    this.realm = createRealm(now, () => context.random.nextUint32() / 2 ** 32);
    const script = `${OPENING}${this.code.javaScript}${closingFor(names)}`;
    this.functions = this.call('the code', () => this.realm.evaluate(script, FILE) as { readonly [name: string]: unknown });
  }

  /** Enters the code; `what` is said to have failed when it throws. */
  call<T>(what: string, enter: () => T): T {
    this.context.noteCode?.(true);
    try {
      return enter();
    } catch (error) {
      throw failureOf(error, this.code, what, this.context);
    } finally {
      this.context.noteCode?.(false);
    }
  }

  /** What waits or yields would go on after its call, when the row it speaks of is gone. */
  requireFunction(name: string): void {
    const value = this.functions[name];
    if (Object.prototype.toString.call(value) === '[object Function]') return;
    const words = value === undefined ? `there is no function ${name}` : `${name} must be a plain function, neither async nor a generator`;
    throw failure(this.context, words, null, name);
  }

  /** Whether the code has a function that it may leave out. */
  hasFunction(name: string): boolean {
    if (this.functions[name] === undefined) return false;
    this.requireFunction(name);
    return true;
  }

  failure(words: string, what: string): EngineError {
    return failure(this.context, words, null, what);
  }
}

/** Answers what the code calls by these names. */
function closingFor(names: readonly string[]): string {
  const members = names.map((name) => `${name}: typeof ${name} === 'undefined' ? undefined : ${name}`);
  return `\nreturn { ${members.join(', ')} }; })()`;
}

function failureOf(error: unknown, code: TranspiledCode, what: string, context: OperatorContext): EngineError {
  if (error instanceof EngineError) return error;
  const stack = stackOf(error);
  // A line alone stands above the stack of what could not be compiled.
  const place = /process-function\.ts:(\d+):(\d+)/.exec(stack) ?? /process-function\.ts:(\d+)/.exec(stack);
  const position = place === null ? null : code.originalOf(positionOf(Number(place[1]), Number(place[2] ?? 1)));
  return failure(context, wordsOf(error), position, what);
}

/** The code begins behind the opening of its function. */
function positionOf(line: number, column: number): CodePosition {
  return { line, column: Math.max(1, line === 1 ? column - OPENING.length : column) };
}

function failure({ nodeId }: OperatorContext, words: string, position: CodePosition | null, what: string): EngineError {
  const place = position === null ? '' : `, line ${position.line}, column ${position.column}`;
  return new EngineError('MR3020', `${what} of node '${nodeId}' failed${place}: ${words}`, {
    domain: 'user',
    nodeId,
    field: 'code',
    remedy: 'correct the code of the node, or leave such rows out before it',
  });
}

/** Whatever was thrown may be made so that looking at it throws again. */
function stackOf(error: unknown): string {
  try {
    const { stack } = error as { readonly stack?: unknown };
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}

const WORDS_MAX = 500;

function wordsOf(error: unknown): string {
  try {
    const { name, message } = error as { readonly name?: unknown; readonly message?: unknown };
    if (typeof message === 'string') return `${typeof name === 'string' ? `${name}: ` : ''}${message}`.slice(0, WORDS_MAX);
    return `it threw ${showValue(error)}`;
  } catch {
    return 'it threw something that cannot be shown';
  }
}
