/** Declarations (`.d.ts`) made of a node's schema, with which the editor underlines a mistake in its code as it is typed. */
import type { Field, LogicalType } from '../../types/logical-type.ts';
import { printType } from '../../types/print-type.ts';
import {
  type CodeShape,
  type CodeState,
  codeTypeOf,
  elementFunctions,
  isKeyed,
  memberName,
  needsFunctions,
  stateTypeOf,
} from './code-types.ts';

/** Everything that the code of a process function may name; `CalledFunctions` says how the engine calls it. */
export function declareCode(shape: CodeShape): string {
  const { inputs, keys, output, states, sideOutputs } = shape;
  const keyed = keys.length > 0;
  const rows = inputs.map((fields, input) => declareRow(rowName(input, inputs.length), 'A row that arrives.', fields));
  const calls = elementFunctions(shape).map((name, input) => {
    const context = input === shape.broadcastInput ? 'BroadcastContext' : 'Context';
    return [name, `(row: ${rowName(input, inputs.length)}, ctx: ${context}, out: Output) => void`] as const;
  });
  const made = states.filter(needsFunctions);
  // What is this node's own comes first, what every node has behind it.
  return [
    ...rows,
    declareWritten(output),
    ...(keyed ? [declareRow('Key', 'The key of the row or timer.', keys)] : []),
    ...declareStates(states),
    ...(made.length > 0 ? [`interface StateFunctions {\n${made.map(declareFunctions).join('')}}`] : []),
    declareCalls([
      ...calls,
      ['onTimer', '(time: number, ctx: Context, out: Output) => void'],
      ...(made.length > 0 ? [['states', 'StateFunctions'] as const] : []),
    ]),
    declareOutput(sideOutputs),
    `interface Context {\n${CONTEXT}${keyed ? '  readonly key: Key;\n  readonly timers: Timers;\n' : ''}${
      states.length > 0 ? STATE_MEMBER : ''
    }}`,
    ...(shape.broadcastInput === undefined ? [] : [declareBroadcast(shape)]),
    ...(keyed ? [TIMERS] : []),
    ...declareStateKinds(states),
    ...(made.length > 0 ? [STATE_FUNCTIONS] : []),
    '',
  ].join('\n\n');
}

/** What the engine calls or reads of the code. */
export function declareCalls(calls: readonly (readonly [name: string, type: string])[]): string {
  return `/** What the engine calls. */\ninterface CalledFunctions {\n${calls.map(([name, type]) => `  ${name}: ${type};\n`).join('')}}`;
}

export function declareRow(name: string, words: string, fields: readonly Field[]): string {
  return `/** ${words} */\ninterface ${name} {\n${fields.map(readColumn).join('')}}`;
}

export function declareWritten(fields: readonly Field[]): string {
  return `/** A row that leaves. */\ninterface OutputRow {\n${fields.map(writtenColumn).join('')}}`;
}

export function declareOutput(sideOutputs: readonly string[]): string {
  const ports = sideOutputs.map((name) => JSON.stringify(name)).join(' | ');
  const side = ports === '' ? '' : `  /** Sends a row to a side output. */\n  emitTo(sideOutput: ${ports}, row: OutputRow): void;\n`;
  return `interface Output {\n  /** Sends a row to the output. */\n  emit(row: OutputRow): void;\n${side}}`;
}

function rowName(input: number, inputs: number): string {
  return inputs === 1 ? 'Row' : `Row${input + 1}`;
}

/** What a number or text stands for, where the type alone does not tell. */
function meaningOf(type: LogicalType): string {
  switch (type.kind) {
    case 'DATE':
      return ', days since 1970-01-01';
    case 'TIME':
      return ', milliseconds of the day';
    case 'DECIMAL':
      return ', its digits';
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return type.precision > 3 ? ', nanoseconds since 1970-01-01' : ', milliseconds since 1970-01-01';
    default:
      return '';
  }
}

function readColumn({ name, type }: Field): string {
  const word = codeTypeOf(type) ?? 'never';
  return `  /** ${commentOf(type)} */\n  readonly ${memberName(name)}: ${type.nullable ? `${word} | null` : word};\n`;
}

function writtenColumn({ name, type }: Field): string {
  const exact = codeTypeOf(type) ?? 'never';
  const word = type.kind === 'BIGINT' || type.kind === 'DECIMAL' ? `${exact} | number` : exact;
  return `  /** ${commentOf(type)} */\n  ${memberName(name)}${type.nullable ? '?' : ''}: ${type.nullable ? `${word} | null` : word};\n`;
}

/** A type's text holds no name that a person chose, so it cannot end the comment. */
function commentOf(type: LogicalType): string {
  return `${printType(type)}${meaningOf(type)}`;
}

/** What the function of a broadcast input sees: it writes broadcast state, and reaches keyed state by walking over all keys. */
function declareBroadcast({ keys, states }: CodeShape): string {
  const [keyed, others] = [states.filter(isKeyed), states.filter((state) => !isKeyed(state))];
  const written = others.map((state) =>
    state.kind === 'broadcast'
      ? `  readonly ${memberName(state.name)}: MapState<${wordOf(state.keyType)}, ${wordOf(state.type)}>;\n`
      : declareState(state),
  );
  const walk = keys.length > 0 && keyed.length > 0;
  return [
    `interface BroadcastStates {\n${written.join('')}}`,
    ...(walk ? [`interface KeyedStates {\n${keyed.map(declareState).join('')}}`] : []),
    `interface BroadcastContext {\n${CONTEXT}${states.length > 0 ? BROADCAST_MEMBER : ''}${walk ? APPLY_MEMBER : ''}}`,
  ].join('\n');
}

const BROADCAST_MEMBER = '  /** Broadcast state, to be written, and operator lists. */\n  readonly state: BroadcastStates;\n';
const APPLY_MEMBER = `  /** Calls the function for every key of this subtask that keeps something in the state. */
  applyToKeyedState<N extends keyof KeyedStates>(state: N, apply: (key: Key, state: KeyedStates[N]) => void): void;
`;

/** Nothing without states. */
export function declareStates(states: readonly CodeState[]): string[] {
  return states.length === 0 ? [] : [`interface States {\n${states.map(declareState).join('')}}`];
}

/** What the states offer, behind what is the node's own. */
export function declareStateKinds(states: readonly CodeState[]): string[] {
  return states.length === 0 ? [] : [STATE_KINDS];
}

export const STATE_MEMBER = '  /** State of the key, or of the subtask. */\n  readonly state: States;\n';

function declareState(state: CodeState): string {
  return `  readonly ${memberName(state.name)}: ${handleOf(state)};\n`;
}

function handleOf({ kind, type, keyType, aggregate }: CodeState): string {
  const value = wordOf(type);
  switch (kind) {
    case 'value':
      return `ValueState<${value}>`;
    case 'list':
      return `ListState<${value}>`;
    case 'map':
      return `MapState<${wordOf(keyType)}, ${value}>`;
    case 'reducing':
      return `ReducingState<${value}>`;
    case 'broadcast':
      return `ReadOnlyMapState<${wordOf(keyType)}, ${value}>`;
    case 'operator-list':
      return `OperatorListState<${value}>`;
    case 'aggregating':
      return `AggregatingState<${wordOf(aggregate?.added)}, ${wordOf(aggregate?.result)}>`;
  }
}

function declareFunctions({ name, type, aggregate }: CodeState): string {
  const kept = wordOf(type);
  const made =
    aggregate === null ? `ReduceFunction<${kept}>` : `AggregateFunction<${wordOf(aggregate.added)}, ${kept}, ${wordOf(aggregate.result)}>`;
  return `  ${memberName(name)}: ${made};\n`;
}

function wordOf(type: LogicalType | null | undefined): string {
  return type === null || type === undefined ? 'never' : (stateTypeOf(type) ?? 'never');
}

const CONTEXT = `  /** Event time of the row or timer in milliseconds; null: it has none. */
  readonly timestamp: number | null;
  /** Milliseconds; -Infinity before the first, Infinity at the end of input. */
  readonly watermark: number;
  /** The engine's clock in milliseconds. */
  readonly processingTime: number;
  /** Which time has fired; null while a row is processed. */
  readonly firing: 'event' | 'processing' | null;
`;

const TIMERS = `interface Timers {
  /** onTimer is called when the watermark reaches it; milliseconds. */
  registerEventTime(timeMs: number): void;
  /** onTimer is called when the clock reaches it; milliseconds. */
  registerProcessingTime(timeMs: number): void;
  deleteEventTime(timeMs: number): void;
  deleteProcessingTime(timeMs: number): void;
}`;

const STATE_KINDS = `interface ValueState<T> {
  get(): T | null;
  set(value: T): void;
  clear(): void;
}
interface ListState<T> {
  get(): T[];
  add(value: T): void;
  update(values: readonly T[]): void;
  clear(): void;
}
/** A list of the subtask, not of a key. */
interface OperatorListState<T> extends ListState<T> {}
interface ReadOnlyMapState<K, V> {
  get(key: K): V | null;
  has(key: K): boolean;
  entries(): [K, V][];
  isEmpty(): boolean;
}
interface MapState<K, V> extends ReadOnlyMapState<K, V> {
  put(key: K, value: V): void;
  remove(key: K): void;
  clear(): void;
}
/** One value made of all that were added. */
interface ReducingState<T> {
  get(): T | null;
  add(value: T): void;
  clear(): void;
}
/** What was added is gathered in an accumulator, of which a result is read. */
interface AggregatingState<In, Out> {
  get(): Out | null;
  add(value: In): void;
  clear(): void;
}`;

const STATE_FUNCTIONS = `/** Of a reducing state: what is kept once a value has been added. */
type ReduceFunction<T> = (kept: T, added: T) => T;
/** Of an aggregating state. */
interface AggregateFunction<In, Accumulator, Out> {
  createAccumulator: () => Accumulator;
  add: (value: In, accumulator: Accumulator) => Accumulator;
  getResult: (accumulator: Accumulator) => Out;
}`;
