/** The statements of a Flink SQL script, printed from their parts. */
import type { FlinkColumn, FlinkInsert, FlinkTable, FlinkView } from '../../spec/contributions/flink.ts';
import { identifier, joinSql, SqlFragment, sql, stringLiteral } from '../../spec/contributions/sql-fragment.ts';
import { printType } from '../../types/print-type.ts';

export function printSetting(key: string, value: string): SqlFragment {
  return sql`SET ${stringLiteral(key)} = ${stringLiteral(value)};`;
}

export function printTable(table: FlinkTable): SqlFragment {
  const watermark =
    table.watermark === undefined ? [] : [sql`WATERMARK FOR ${identifier(table.watermark.column)} AS ${table.watermark.expression}`];
  const columns = joinSql([...table.columns.map(printColumn), ...watermark], ',\n  ');
  const options = Object.entries(table.options).map(([key, value]) => sql`${stringLiteral(key)} = ${stringLiteral(value)}`);
  return sql`CREATE TEMPORARY TABLE ${identifier(table.name)} (\n  ${columns}\n) WITH (\n  ${joinSql(options, ',\n  ')}\n);`;
}

export function printView(view: FlinkView): SqlFragment {
  return sql`CREATE TEMPORARY VIEW ${identifier(view.name)} AS\n${view.query};`;
}

export function printInsert(insert: FlinkInsert): SqlFragment {
  return sql`INSERT INTO ${identifier(insert.table)} ${insert.query};`;
}

function printColumn(column: FlinkColumn): SqlFragment {
  if (column.kind === 'computed') return sql`${identifier(column.name)} AS ${column.expression}`;
  return sql`${identifier(column.name)} ${SqlFragment.trusted(printType(column.type))}`;
}
