/** Views that nodes have in common when they contribute Flink SQL: projections and conditions over their input. */
import { assert } from '../../base/assert.ts';
import { parseExpression } from '../../expressions/parse-expression.ts';

import { printExpression } from '../../expressions/print-expression.ts';
import type { Syntax } from '../../expressions/syntax.ts';
import { columnReference } from '../column-path.ts';
import type { NamedExpression } from '../field-values.ts';
import type { FlinkContext, FlinkContribution, FlinkOrigin, FlinkRelation, FlinkView } from './flink.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from './sql-fragment.ts';
import { substituteNames } from './substitute.ts';

/** The syntax of an expression that was checked before. */
export function parseChecked(words: string): Syntax {
  const parsed = parseExpression(words);
  assert('syntax' in parsed, `an expression that was checked: ${words}`);
  return parsed.syntax;
}

/** Printed from its syntax tree, so that nothing but an expression can come out. */
export function flinkExpression(syntax: Syntax): SqlFragment {
  return SqlFragment.trusted(printExpression(syntax, { column: columnReference }));
}

/** SELECT columns FROM the input: one row out for one row in, so the source table stays known. */
export function projectionView(context: FlinkContext<unknown>, columns: readonly NamedExpression[]): FlinkContribution {
  const input = context.input();
  const parsed = columns.map((column) => ({ name: column.name, syntax: parseChecked(column.expression) }));
  const name = context.name();
  const projected: FlinkRelation = { name, schema: context.outputSchema('out'), origin: projectOrigin(input.origin, parsed) };
  return { views: [{ name, query: sql`SELECT\n  ${selectList(parsed)}\nFROM ${relation(input.name)}` }], outputs: { out: projected } };
}

/** The rows of the input for which a condition is TRUE; they are no longer all rows of a table. */
export function conditionView(
  context: FlinkContext<unknown>,
  port: string,
  name: string,
  condition: SqlFragment,
): { readonly view: FlinkView; readonly relation: FlinkRelation } {
  const input = context.input();
  const query = sql`SELECT ${columnList(input.schema.fields.map((field) => field.name))}\nFROM ${relation(input.name)}\nWHERE ${condition}`;
  return { view: { name, query }, relation: { name, schema: context.outputSchema(port), origin: null } };
}

export function columnList(names: readonly string[]): SqlFragment {
  return joinSql(names.map(identifier), ', ');
}

export function selectList(columns: readonly { readonly name: string; readonly syntax: Syntax }[]): SqlFragment {
  const parts = columns.map((column) => {
    const { syntax } = column;
    const bare = syntax.kind === 'name' && syntax.parts.length === 1 && syntax.parts[0] === column.name;
    return bare ? identifier(column.name) : sql`${flinkExpression(syntax)} AS ${identifier(column.name)}`;
  });
  return joinSql(parts, ',\n  ');
}

function projectOrigin(
  origin: FlinkOrigin | null,
  columns: readonly { readonly name: string; readonly syntax: Syntax }[],
): FlinkOrigin | null {
  if (origin === null) return null;
  const before = new Map(origin.columns.map((column) => [column.name, column.syntax]));
  const after = columns.map((column) => ({
    name: column.name,
    syntax: substituteNames(column.syntax, (name) => before.get(name) ?? null),
  }));
  const readable = after.flatMap(({ name, syntax }) => (syntax === null ? [] : [{ name, syntax }]));
  return readable.length === after.length ? { ...origin, columns: readable } : null;
}
