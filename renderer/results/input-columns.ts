/** The columns of the rows that reach a node. */
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import { printType } from '../../engine/types/print-type.ts';
import type { ResultColumn } from './choose-view.ts';

const NONE: readonly ResultColumn[] = [];
const cache = new WeakMap<object, readonly ResultColumn[]>();

/** The same list for the same columns, so that what follows from them need not be made again. */
export function inputColumns(node: ResolvedNode | undefined): readonly ResultColumn[] {
  const schema = node?.inputs[0]?.schema;
  if (schema === undefined) return NONE;
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const columns = schema.fields.map((field) => ({ name: field.name, type: printType(field.type) }));
  cache.set(schema, columns);
  return columns;
}
