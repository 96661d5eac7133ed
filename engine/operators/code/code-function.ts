/** A process function that a person wrote: compiled once in a realm of its own, called over runs of rows by generated code. */
import { EngineError } from '../../base/errors.ts';
import { KernelSupport } from '../../expressions/compile/kernel-support.ts';
import { printDecimal } from '../../expressions/decimal.ts';
import { type CodeShape, elementFunctions, needsFunctions } from '../../spec/custom-code/code-types.ts';
import { type CodePosition, type TranspiledCode, transpileCode } from '../../spec/custom-code/transpile-code.ts';
import { EVENT_TIME } from '../../state/key-timers.ts';
import type { OperatorContext } from '../operator.ts';
import { WATERMARK_MAX, WATERMARK_MIN } from '../operator.ts';
import type { ProcessFunction, ProcessServices, RowRun } from '../process/process-function.ts';
import { createStateHandles } from './code-state.ts';
import { countCharacters, parseDecimal, showValue, toCode } from './code-values.ts';
import type { ColumnOutput } from './column-output.ts';
import { driverSource } from './driver-source.ts';
import { createRealm, type Realm } from './realm.ts';
import type { StateFunctions } from './state-functions.ts';

const FILE = 'process-function.ts';
const OPENING = "(function () { 'use strict'; ";
const STATES = 'states';

/** What the engine calls of the code, by name. */
interface UserFunctions {
  readonly [name: string]: unknown;
  readonly onTimer?: unknown;
  readonly states?: unknown;
}

interface Driver {
  processRows(run: RowRun): number;
  onTimer(isEvent: boolean, slot: number, time: bigint): void;
}

export interface CodeOptions {
  readonly source: string;
  readonly shape: CodeShape;
  readonly output: ColumnOutput;
  /** Where what the code calls `states` goes. */
  readonly functions: StateFunctions;
}

export function createCodeFunction(options: CodeOptions, services: ProcessServices, context: OperatorContext): ProcessFunction {
  const transpiled = transpileCode(options.source);
  if ('fault' in transpiled) throw failure(context, transpiled.fault.message, transpiled.fault, 'the code');
  const { code } = transpiled;
  const guarded = <T>(what: string, call: () => T): T => {
    context.noteCode?.(true);
    try {
      return call();
    } catch (error) {
      throw failureOf(error, code, what, context);
    } finally {
      context.noteCode?.(false);
    }
  };
  const realm = createRealm(
    () => Number(services.processingTime),
    () => context.random.nextUint32() / 2 ** 32,
  );
  const elements = elementFunctions(options.shape);
  const made = options.shape.states.some(needsFunctions);
  const closing = closingFor(made ? [...elements, 'onTimer', STATES] : [...elements, 'onTimer']);
  const user = guarded('the code', () => realm.evaluate(`${OPENING}${code.javaScript}${closing}`, FILE)) as UserFunctions;
  for (const name of elements) requireCallable(name, user[name], context);
  if (user.onTimer !== undefined) requireCallable('onTimer', user.onTimer, context);
  const unbound = made ? guarded('the code', () => options.functions.bind(user.states)) : null;
  if (unbound !== null) throw failure(context, unbound, null, 'the code');
  const driver = createDriver(realm, user, options, services, context);
  return {
    processRows: (run) => guarded(elements[run.input], () => driver.processRows(run)),
    onTimer: ({ domain, slot, time }) => {
      if (user.onTimer === undefined) throw failure(context, 'a timer fires, but there is no function onTimer', null, 'onTimer');
      guarded('onTimer', () => driver.onTimer(domain === EVENT_TIME, slot, time));
    },
  };
}

function createDriver(
  realm: Realm,
  user: UserFunctions,
  { shape, output }: CodeOptions,
  services: ProcessServices,
  context: OperatorContext,
): Driver {
  const { arena, memory } = context;
  const support = new KernelSupport(memory, arena);
  const { state } = services;
  const host = {
    memory,
    output,
    ports: output.ports,
    states: createStateHandles(shape.states, state),
    timers: state.timers,
    beat: () => context.noteCode?.(true),
    show: showValue,
    decode: (address: number, length: number) => support.decode(address, length),
    encode: (text: string) => support.encode(text),
    address: () => support.address,
    length: () => support.length,
    split: (nanos: bigint) => support.split(nanos),
    millis: () => support.millis,
    nanos: () => support.nanos,
    characters: countCharacters,
    printDecimal,
    parseDecimal,
    keyValue: (slot: number, index: number) => toCode(shape.keys[index].type, state.keyOf(slot)[index]),
    watermark: () => millisOf(services.watermark),
    processingTime: () => Number(services.processingTime),
  };
  const make = realm.evaluate(driverSource(shape), 'driver.js') as (given: typeof host, functions: UserFunctions) => Driver;
  return make(host, user);
}

function millisOf(watermark: bigint): number {
  if (watermark === WATERMARK_MIN) return Number.NEGATIVE_INFINITY;
  return watermark === WATERMARK_MAX ? Number.POSITIVE_INFINITY : Number(watermark);
}

/** Answers what the code calls by these names; a name that it does not know is undefined. */
function closingFor(names: readonly string[]): string {
  const members = names.map((name) => `${name}: typeof ${name} === 'undefined' ? undefined : ${name}`);
  return `\nreturn { ${members.join(', ')} }; })()`;
}

/** What waits or yields would go on after its call, when the row it speaks of is gone. */
function requireCallable(name: string, value: unknown, context: OperatorContext): void {
  if (Object.prototype.toString.call(value) === '[object Function]') return;
  const words = value === undefined ? `there is no function ${name}` : `${name} must be a plain function, neither async nor a generator`;
  throw failure(context, words, null, name);
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
