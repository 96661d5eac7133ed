/** Flink SQL: an INSERT into the print connector. */
import type { FlinkColumn, FlinkContext, FlinkContribution, FlinkTable } from '../../../spec/contributions/flink.ts';
import { columnList } from '../../../spec/contributions/flink-view.ts';
import { relation, sql } from '../../../spec/contributions/sql-fragment.ts';
import { text } from '../../../spec/text.ts';
import { withNullable } from '../../../types/make-type.ts';
import type { PrintSinkConfig } from './node.ts';

const PLACE_NOTE = text({
  en: 'Flink prints into the log of the task managers, in its own spelling',
  zh: 'Flink 以自己的写法打印到 TaskManager 的日志',
});

export function printSinkFlink(context: FlinkContext<PrintSinkConfig>): FlinkContribution {
  const input = context.input();
  const columns = input.schema.fields.map(
    (field): FlinkColumn => ({ kind: 'physical', name: field.name, type: withNullable(field.type, true) }),
  );
  const prefix: { readonly [key: string]: string } = context.config.prefix === '' ? {} : { 'print-identifier': context.config.prefix };
  const table: FlinkTable = { name: context.name(), columns, options: { connector: 'print', ...prefix } };
  const query = sql`SELECT ${columnList(input.schema.fields.map((field) => field.name))} FROM ${relation(input.name)}`;
  return { tables: [table], inserts: [{ table: table.name, query }], notes: [PLACE_NOTE] };
}
