/** Flink SQL: UNION ALL. */
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { columnList } from '../../../spec/contributions/flink-view.ts';
import { joinSql, relation, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { UnionConfig } from './node.ts';

export function unionFlink(context: FlinkContext<UnionConfig>): FlinkContribution {
  const schema = context.outputSchema('out');
  const columns = columnList(schema.fields.map((field) => field.name));
  const queries = context.inputs().map((input) => sql`SELECT ${columns} FROM ${relation(input.name)}`);
  const name = context.name();
  return { views: [{ name, query: joinSql(queries, '\nUNION ALL\n') }], outputs: { out: { name, schema, origin: null } } };
}
