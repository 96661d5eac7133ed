/** What custom code sees of the world: the columns, states and ports of its node, and how their values look in TypeScript. */
import type { Field, LogicalType } from '../../types/logical-type.ts';

export type CodeStateKind = 'value' | 'list' | 'map' | 'reducing' | 'aggregating' | 'operator-list' | 'broadcast';

/** Of a list without a key, when the parallelism changes: each value goes to one subtask, or every subtask gets all. */
export type Redistribution = 'split' | 'union';

/** Flink's words for what renews a state's time to live and for what reads may see. */
export interface CodeExpiry {
  readonly ms: number;
  readonly update: 'OnCreateAndWrite' | 'OnReadAndWrite';
  readonly visibility: 'NeverReturnExpired' | 'ReturnExpiredIfNotCleanedUp';
}

export interface CodeState {
  readonly name: string;
  readonly kind: CodeStateKind;
  /** Of what is kept: a value, an element, an entry, an accumulator. */
  readonly type: LogicalType;
  /** Maps and broadcast maps only. */
  readonly keyType: LogicalType | null;
  /** Aggregating states only: what is added and what is read. */
  readonly aggregate: { readonly added: LogicalType; readonly result: LogicalType } | null;
  readonly expiry: CodeExpiry | null;
  /** Operator lists only. */
  readonly redistribution?: Redistribution;
}

/** What the code of a process function sees. */
export interface CodeShape {
  /** Columns by input. */
  readonly inputs: readonly (readonly Field[])[];
  /** The key's columns; none: no keyed state, no timers. */
  readonly keys: readonly Field[];
  readonly output: readonly Field[];
  readonly states: readonly CodeState[];
  readonly sideOutputs: readonly string[];
  /** The input whose rows every subtask gets, and whose function alone writes broadcast state; absent: none. */
  readonly broadcastInput?: number;
}

/** What the function for the rows of an input is called: that of a lone input has no number. */
export function elementFunction(input: number, inputs: number): string {
  return inputs === 1 ? 'processElement' : `processElement${input + 1}`;
}

export function elementFunctions({ inputs }: CodeShape): string[] {
  return inputs.map((_, input) => elementFunction(input, inputs.length));
}

/** States that belong to a key. */
export function isKeyed({ kind }: Pick<CodeState, 'kind'>): boolean {
  return kind !== 'operator-list' && kind !== 'broadcast';
}

/** States that are made of many values by functions of the code. */
export function needsFunctions({ kind }: Pick<CodeState, 'kind'>): boolean {
  return kind === 'reducing' || kind === 'aggregating';
}

/** The TypeScript type of a column's value that is there; null for types that code cannot use. */
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

/** The same for what a state keeps, where a ROW is an object. */
export function stateTypeOf(type: LogicalType): string | null {
  if (type.kind !== 'ROW') return codeTypeOf(type);
  const members = type.fields.map((field) => {
    const own = stateTypeOf(field.type);
    return own === null ? null : `${memberName(field.name)}: ${field.type.nullable ? `${own} | null` : own}`;
  });
  return members.includes(null) ? null : `{ ${members.join('; ')} }`;
}

/** Names of columns may hold anything. */
export function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
