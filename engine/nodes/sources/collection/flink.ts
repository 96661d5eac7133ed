/** Flink SQL: a view over VALUES. */
import type { JsonValue } from '../../../base/json.ts';
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { identifier, joinSql, SqlFragment, sql, stringLiteral } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';
import type { Field } from '../../../types/logical-type.ts';
import { isConstructed, withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { CollectionConfig } from './node.ts';

export function collectionFlink(context: FlinkContext<CollectionConfig>): FlinkContribution | Unsupported {
  const { schema, rows } = context.config;
  const nested = schema.some((field) => isConstructed(field.type) || field.type.kind === 'BINARY' || field.type.kind === 'VARBINARY');
  if (rows.length === 0 || nested) {
    return unsupported(
      text({ en: 'VALUES of Flink SQL need at least one row of plain columns', zh: 'Flink SQL 的 VALUES 至少需要一行由普通列组成的数据' }),
      text({ en: 'write the rows to a file and read that', zh: '把数据写入文件，再读取该文件' }),
    );
  }
  const tuples = rows.map(
    (row) =>
      sql`(${joinSql(
        schema.map((field) => literal(row[field.name] ?? null)),
        ', ',
      )})`,
  );
  const casts = schema.map((field) => sql`${cast(field)} AS ${identifier(field.name)}`);
  const names = joinSql(
    schema.map((field) => identifier(field.name)),
    ', ',
  );
  const name = context.name();
  const query = sql`SELECT\n  ${joinSql(casts, ',\n  ')}\nFROM (VALUES\n  ${joinSql(tuples, ',\n  ')}\n) AS ${identifier(`${name}_rows`)} (${names})`;
  return { views: [{ name, query }], outputs: { out: { name, schema: { fields: schema }, origin: null } } };
}

/** Every value as text, so that one column of VALUES has one type; the cast around it makes the declared one. */
function literal(value: JsonValue): SqlFragment {
  if (value === null) return SqlFragment.trusted('CAST(NULL AS STRING)');
  return sql`CAST(${stringLiteral(typeof value === 'string' ? value : String(value))} AS STRING)`;
}

/** A cast names no nullability in SQL. */
function cast(field: Field): SqlFragment {
  return sql`CAST(${identifier(field.name)} AS ${SqlFragment.trusted(printType(withNullable(field.type, true)))})`;
}
