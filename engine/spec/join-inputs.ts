/** What joins of two streams have in common: their keys, the columns that leave them, and both as Flink SQL. */
import { physicalForm } from '../columnar/key-fields.ts';
import type { Field, LogicalType } from '../types/logical-type.ts';
import { isCharacter, withNullable } from '../types/make-type.ts';
import { printType } from '../types/print-type.ts';
import type { Schema } from '../types/schema.ts';
import { columnReference, resolveColumn } from './column-path.ts';
import { identifier, joinSql, SqlFragment, sql } from './contributions/sql-fragment.ts';
import type { NodeInputs } from './define-node.ts';
import type { Problem } from './problem.ts';
import { defineProblem } from './problem.ts';
import type { Text } from './text.ts';
import { text } from './text.ts';

export const LEFT = 'left';
export const RIGHT = 'right';

export interface JoinKeys {
  readonly leftKeys: readonly string[];
  readonly rightKeys: readonly string[];
}

const keyCounts = defineProblem('MR2271', 'error', {
  en: '{left} columns on the left are compared with {right} on the right; both sides need the same number',
  zh: '左侧有 {left} 列，右侧有 {right} 列；两侧列数必须相同',
});
const keyTypes = defineProblem('MR2272', 'error', {
  en: '"{left}" is {leftType}, "{right}" is {rightType}: equal values would not meet (a select node can cast one of them)',
  zh: '“{left}”的类型是 {leftType}，“{right}”的类型是 {rightType}：相等的值无法匹配（可用选择列节点转换其中一列）',
});
const notKept = defineProblem('MR2273', 'error', {
  en: 'Column "{column}" of the {side} is {type}, which cannot be kept while a row waits; leave it out with a select node',
  zh: '{side}的列“{column}”类型为 {type}，无法在等待期间保存；请用选择列节点去掉它',
});

/** An input of a join: its port and what it is called in a sentence. */
export interface JoinSide {
  readonly port: string;
  readonly words: Text;
}

const SIDES: readonly [JoinSide, JoinSide] = [
  { port: LEFT, words: text({ en: 'left input', zh: '左侧输入' }) },
  { port: RIGHT, words: text({ en: 'right input', zh: '右侧输入' }) },
];

export function checkJoin(config: JoinKeys, inputs: NodeInputs, sides = SIDES): readonly Problem[] {
  const problems = [...checkJoinKeys(config, inputs, sides)];
  for (const { port, words } of sides)
    for (const field of inputs.schema(port).fields)
      if (!isKept(field.type)) problems.push(notKept({ column: field.name, side: words, type: printType(field.type) }));
  return problems;
}

/** Equal numbers of keys on both sides, whose values can be equal. */
export function checkJoinKeys(config: JoinKeys, inputs: NodeInputs, sides = SIDES): readonly Problem[] {
  const problems: Problem[] = [];
  const { leftKeys, rightKeys } = config;
  if (leftKeys.length !== rightKeys.length)
    problems.push(keyCounts({ left: leftKeys.length, right: rightKeys.length }, { field: 'rightKeys' }));
  leftKeys.slice(0, rightKeys.length).forEach((left, at) => {
    const right = rightKeys[at];
    const [one, other] = [resolveColumn(inputs.schema(sides[0].port), left), resolveColumn(inputs.schema(sides[1].port), right)];
    if (one === null || other === null || areComparable(one.type, other.type)) return;
    const types = { leftType: printType(withNullable(one.type, true)), rightType: printType(withNullable(other.type, true)) };
    problems.push(keyTypes({ left, right, ...types }, { field: `rightKeys[${at}]` }));
  });
  return problems;
}

/** Values of both can be equal, and lie in state in the same form. */
export function areComparable(left: LogicalType, right: LogicalType): boolean {
  if (isCharacter(left)) return isCharacter(right);
  if (left.kind === 'DECIMAL' && right.kind === 'DECIMAL' && left.scale !== right.scale) return false;
  return left.kind === right.kind && physicalForm(left) !== null && physicalForm(left) === physicalForm(right);
}

/** Scalars and ROWs of them can lie in state. */
export function isKept(type: LogicalType): boolean {
  return type.kind === 'ROW' ? type.fields.every((field) => isKept(field.type)) : physicalForm(type) !== null;
}

/** Which sides may be null in a joined row. */
export interface Padding {
  readonly left: boolean;
  readonly right: boolean;
}

/** Columns of the left, then of the right; a name that is taken gets `right_` before it. */
export function joinedFields(left: Schema, right: Schema, padding: Padding): Field[] {
  const fields = left.fields.map((field) => pad(field, padding.left));
  const taken = new Set(fields.map((field) => field.name));
  for (const field of right.fields) {
    let { name } = field;
    while (taken.has(name)) name = `right_${name}`;
    taken.add(name);
    fields.push(pad({ ...field, name }, padding.right));
  }
  return fields;
}

/** What an expression over both sides may name; nothing while one of them has no columns. */
export function joinedSchema(left: Schema, right: Schema): Schema {
  const isOpen = left.fields.length === 0 || right.fields.length === 0;
  return { fields: isOpen ? [] : joinedFields(left, right, { left: false, right: false }) };
}

function pad(field: Field, nullable: boolean): Field {
  return nullable ? { ...field, type: withNullable(field.type, true) } : field;
}

const LEFT_ALIAS = identifier('l');
const RIGHT_ALIAS = identifier('r');

/** A column of one side in Flink SQL, where the sides are called `l` and `r`. */
export function sideColumn(side: typeof LEFT | typeof RIGHT, schema: Schema, path: string): SqlFragment {
  const names = resolveColumn(schema, path)?.names ?? [path];
  return sql`${side === LEFT ? LEFT_ALIAS : RIGHT_ALIAS}.${SqlFragment.trusted(columnReference(names))}`;
}

/**
 * The joined columns under their names. Flink takes one time attribute per row: `carried` is the side whose event time goes on,
 * every other one becomes an ordinary timestamp.
 */
export function joinedSelect(left: Schema, right: Schema, carried: typeof LEFT | typeof RIGHT | null): SqlFragment[] {
  const names = joinedFields(left, right, { left: false, right: false }).map((field) => field.name);
  const columns = [
    ...left.fields.map((field) => selected(LEFT_ALIAS, field, carried !== LEFT && field.name === left.rowtime)),
    ...right.fields.map((field) => selected(RIGHT_ALIAS, field, carried !== RIGHT && field.name === right.rowtime)),
  ];
  return columns.map((column, at) => sql`${column} AS ${identifier(names[at])}`);
}

function selected(alias: SqlFragment, field: Field, asOrdinary: boolean): SqlFragment {
  const column = sql`${alias}.${identifier(field.name)}`;
  return asOrdinary ? sql`CAST(${column} AS ${SqlFragment.trusted(printType(withNullable(field.type, true)))})` : column;
}

/** Equality of the keys. */
export function keysEqual(config: JoinKeys, left: Schema, right: Schema): SqlFragment[] {
  return config.leftKeys.map((key, at) => sql`${sideColumn(LEFT, left, key)} = ${sideColumn(RIGHT, right, config.rightKeys[at])}`);
}

export function sideAlias(side: typeof LEFT | typeof RIGHT): SqlFragment {
  return side === LEFT ? LEFT_ALIAS : RIGHT_ALIAS;
}

/** One condition a line. */
export function allOf(conditions: readonly SqlFragment[]): SqlFragment {
  return joinSql(conditions, ' AND ');
}
