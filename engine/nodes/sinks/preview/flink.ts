/** Flink SQL: a preview is for looking only; the blackhole connector takes its rows. */
import type { FlinkColumn, FlinkContext, FlinkContribution, FlinkTable } from '../../../spec/contributions/flink.ts';
import { columnList } from '../../../spec/contributions/flink-view.ts';
import { relation, sql } from '../../../spec/contributions/sql-fragment.ts';
import { text } from '../../../spec/text.ts';
import { withNullable } from '../../../types/make-type.ts';
import type { PreviewSinkConfig } from './node.ts';

const LOOKING_NOTE = text({
  en: 'There is nobody to look at a preview on a cluster: its rows go to the blackhole connector',
  zh: '集群上无人查看预览：其数据写入 blackhole 连接器',
});

export function previewSinkFlink(context: FlinkContext<PreviewSinkConfig>): FlinkContribution {
  const input = context.input();
  const columns = input.schema.fields.map(
    (field): FlinkColumn => ({ kind: 'physical', name: field.name, type: withNullable(field.type, true) }),
  );
  const table: FlinkTable = { name: context.name(), columns, options: { connector: 'blackhole' } };
  const query = sql`SELECT ${columnList(input.schema.fields.map((field) => field.name))} FROM ${relation(input.name)}`;
  return { tables: [table], inserts: [{ table: table.name, query }], notes: [LOOKING_NOTE] };
}
