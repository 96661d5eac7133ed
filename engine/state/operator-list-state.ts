/**
 * Operator list state, as Flink's CheckpointedFunction has it: values of a subtask without a key. When the job restarts with another
 * parallelism a split list is dealt out anew (runtime/checkpoints/deal-lists.ts), and of a union every subtask gets all values.
 */
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { ColumnValue } from '../columnar/column-value.ts';
import type { RestoredSection, SnapshotWriter } from '../operators/operator.ts';
import type { LogicalType } from '../types/logical-type.ts';
import { parseType } from '../types/parse-type.ts';
import { printType } from '../types/print-type.ts';
import { checkMeaning } from './keyed-state-snapshot.ts';
import { printKind } from './state-spec.ts';

const SECTION = 'operator list ';

export interface OperatorListSpec {
  readonly name: string;
  readonly redistribution: 'split' | 'union';
  readonly type: LogicalType;
}

export interface OperatorListHeader {
  readonly type: string;
  readonly values: readonly JsonValue[];
}

export class OperatorListState {
  values: ColumnValue[] = [];
  readonly spec: OperatorListSpec;

  constructor(spec: OperatorListSpec) {
    this.spec = spec;
  }

  open(restored: readonly RestoredSection[]): void {
    const own = restored
      .filter(({ name }) => name === sectionOf(this.spec.name))
      .sort((left, right) => left.subtaskIndex - right.subtaskIndex);
    this.values = own.flatMap(({ header }) =>
      (header as unknown as OperatorListHeader).values.map((value) => readStored(this.spec.type, value)),
    );
  }

  snapshot(writer: SnapshotWriter): void {
    const { name, redistribution, type } = this.spec;
    const header: JsonObject = { type: printType(type), values: this.values.map(writeStored) };
    writer.section(sectionOf(name), redistribution === 'split' ? 'list' : 'union', header, []);
  }
}

export function isOperatorList({ name, distribution }: { readonly name: string; readonly distribution: string }): boolean {
  return name.startsWith(SECTION) && distribution !== 'keyed';
}

/** Null: it is no list, or of a type that is not known. */
export function storedListSpec({ name, distribution, header }: RestoredSection): OperatorListSpec | null {
  if (!isOperatorList({ name, distribution })) return null;
  const parsed = parseType((header as unknown as OperatorListHeader).type);
  return 'type' in parsed
    ? { name: name.slice(SECTION.length), redistribution: distribution === 'list' ? 'split' : 'union', type: parsed.type }
    : null;
}

/** A list that is gone, or is another now, is refused, not forgotten; a new one begins empty. */
export function checkOperatorLists(nodeId: string, restored: readonly RestoredSection[], lists: readonly OperatorListState[]): void {
  for (const section of restored) {
    if (!isOperatorList(section)) continue;
    const stored = storedListSpec(section);
    const own = lists.find(({ spec }) => sectionOf(spec.name) === section.name)?.spec;
    checkMeaning(
      nodeId,
      stored === null ? section.name : printList(stored),
      own === undefined ? `no list ${section.name.slice(SECTION.length)}` : printList(own),
      'states',
    );
  }
}

function printList({ name, redistribution, type }: OperatorListSpec): string {
  return `${redistribution} list ${name} (${printKind(type)})`;
}

function sectionOf(name: string): string {
  return `${SECTION}${name}`;
}

/** Numbers that JSON has no word for are texts. */
function writeStored(value: ColumnValue): JsonValue {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return (value as readonly ColumnValue[]).map(writeStored);
  return value as JsonValue;
}

function readStored(type: LogicalType, value: JsonValue): ColumnValue {
  if (value === null) return null;
  switch (type.kind) {
    case 'ROW':
      return type.fields.map((field, at) => readStored(field.type, (value as readonly JsonValue[])[at]));
    case 'BIGINT':
    case 'DECIMAL':
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return BigInt(String(value));
    case 'FLOAT':
    case 'DOUBLE':
      return Number(value);
    default:
      return value as ColumnValue;
  }
}
