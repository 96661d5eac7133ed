/**
 * How the values of columns and states look in custom code, and the declarations (`.d.ts`) made of a node's schema, with which the
 * editor underlines a mistake as it is typed.
 */
import type { Field, LogicalType } from '../../types/logical-type.ts';
import { printType } from '../../types/print-type.ts';

export type CodeStateKind = 'value' | 'list' | 'map';

export interface CodeState {
  readonly name: string;
  readonly kind: CodeStateKind;
  readonly type: LogicalType;
  /** Maps only. */
  readonly keyType: LogicalType | null;
}

/** What the code of a node sees of the world. */
export interface CodeShape {
  readonly input: readonly Field[];
  /** The key's columns; none: no state, no timers. */
  readonly keys: readonly Field[];
  readonly output: readonly Field[];
  readonly states: readonly CodeState[];
  readonly sideOutputs: readonly string[];
}

/** The TypeScript type of a value that is there; null for types that code cannot use. */
export function codeTypeOf(type: LogicalType): string | null {
  switch (type.kind) {
    case 'BOOLEAN':
      return 'boolean';
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'FLOAT':
    case 'DOUBLE':
    case 'DATE':
    case 'TIME':
      return 'number';
    case 'BIGINT':
      return 'bigint';
    case 'DECIMAL':
    case 'CHAR':
    case 'VARCHAR':
      return 'string';
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return type.precision > 3 ? 'bigint' : 'number';
    default:
      return null;
  }
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

/** Everything that code may name, as declarations. */
export function declareCode(shape: CodeShape): string {
  const { input, keys, output, states, sideOutputs } = shape;
  const keyed = keys.length > 0;
  const ports = sideOutputs.map((name) => JSON.stringify(name)).join(' | ');
  return [
    `/** A row that arrives. */\ninterface Row {\n${input.map(readColumn).join('')}}`,
    `/** A row that leaves. */\ninterface OutputRow {\n${output.map(writtenColumn).join('')}}`,
    ...(keyed ? [`/** The key of the row or timer. */\ninterface Key {\n${keys.map(readColumn).join('')}}`, TIMERS] : []),
    ...(states.length > 0 ? [STATES, `interface States {\n${states.map(declareState).join('')}}`] : []),
    `interface Output {\n  /** Sends a row to the output. */\n  emit(row: OutputRow): void;\n${
      ports === '' ? '' : `  /** Sends a row to a side output. */\n  emitTo(sideOutput: ${ports}, row: OutputRow): void;\n`
    }}`,
    `interface Context {\n${CONTEXT}${keyed ? '  readonly key: Key;\n  readonly timers: Timers;\n' : ''}${
      states.length > 0 ? '  /** State of the key. */\n  readonly state: States;\n' : ''
    }}`,
    '',
  ].join('\n');
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

function declareState({ name, kind, type, keyType }: CodeState): string {
  const value = codeTypeOf(type) ?? 'never';
  const types = keyType === null ? value : `${codeTypeOf(keyType) ?? 'never'}, ${value}`;
  const handle = kind === 'value' ? 'ValueState' : kind === 'list' ? 'ListState' : 'MapState';
  return `  readonly ${memberName(name)}: ${handle}<${types}>;\n`;
}

/** Names of columns may hold anything. */
function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
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

const STATES = `interface ValueState<T> {
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
interface MapState<K, V> {
  get(key: K): V | null;
  has(key: K): boolean;
  put(key: K, value: V): void;
  remove(key: K): void;
  entries(): [K, V][];
  isEmpty(): boolean;
  clear(): void;
}`;
