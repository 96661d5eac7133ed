/** Columns of a batch as cells of stored rows: which cells a list of types needs, and how a ROW becomes its fields. */
import { assert } from '../base/assert.ts';
import type { Column } from '../columnar/batch.ts';
import type { ColumnPath } from '../columnar/key-fields.ts';
import { physicalForm } from '../columnar/key-fields.ts';
import type { LogicalType } from '../types/logical-type.ts';
import type { CellSpec } from './row-layout.ts';

/** A stored column without further structure: a scalar, or the presence of a ROW whose fields follow it. */
interface Leaf {
  readonly type: LogicalType;
  readonly spec: CellSpec;
}

/** True for the types that can be kept in rows: scalars and ROWs of them. */
export function isStorable(type: LogicalType): boolean {
  return type.kind === 'ROW' ? type.fields.every((field) => isStorable(field.type)) : physicalForm(type) !== null;
}

/** Cells of the columns in order, every one nullable; a ROW is a presence cell and the cells of its fields. */
export function storedCells(types: readonly LogicalType[]): CellSpec[] {
  return types.flatMap(leavesOf).map((leaf) => leaf.spec);
}

function leavesOf(type: LogicalType): Leaf[] {
  if (type.kind === 'ROW') {
    const presence: Leaf = { type, spec: { form: 'boolean', nullable: true } };
    return [presence, ...type.fields.flatMap((field) => leavesOf(field.type))];
  }
  const form = physicalForm(type);
  assert(form !== null, `${type.kind} cannot be kept in state`);
  return [{ type, spec: { form, nullable: true } }];
}

/** Number of the cell of a column: a ROW has one for its presence, then those of its fields. */
export function cellOfColumn(types: readonly LogicalType[], path: ColumnPath): number {
  const [column, ...rest] = path;
  const before = storedCells(types.slice(0, column)).length;
  if (rest.length === 0) return before;
  const type = types[column];
  return before + 1 + cellOfColumn(type.kind === 'ROW' ? type.fields.map((field) => field.type) : [], rest);
}

/** The columns in the order of their cells, ROWs before their fields; written into `leaves`, which is answered. */
export function columnLeaves(columns: readonly Column[], leaves: Column[]): Column[] {
  leaves.length = 0;
  for (const column of columns) addLeaves(column, leaves);
  return leaves;
}

function addLeaves(column: Column, leaves: Column[]): void {
  leaves.push(column);
  for (const child of column.children) addLeaves(child, leaves);
}
