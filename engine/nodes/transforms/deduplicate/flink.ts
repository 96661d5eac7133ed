/** Flink SQL: the first row of each key by ROW_NUMBER over the time of arrival, which Flink plans as a deduplication. */
import { columnReference, resolveColumn } from '../../../spec/column-path.ts';
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { columnList } from '../../../spec/contributions/flink-view.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';
import type { DeduplicateConfig } from './node.ts';

const ARRIVAL = identifier('millrace_arrival');
const RANK = identifier('millrace_rank');

export function deduplicateFlink(context: FlinkContext<DeduplicateConfig>): FlinkContribution | Unsupported {
  const { config } = context;
  if (config.forgetAfter !== null) {
    return unsupported(
      text({
        en: 'Flink SQL sets how long state is kept for the whole job only (table.exec.state.ttl)',
        zh: 'Flink SQL 只能为整个作业设置状态保留时间（table.exec.state.ttl）',
      }),
      text({ en: 'leave “Forget a value after” empty and set it for the job', zh: '将“多久后忘记”留空，并为作业设置该参数' }),
    );
  }
  const input = context.input();
  const columns = columnList(input.schema.fields.map((field) => field.name));
  const keys = config.keys.map((path) => SqlFragment.trusted(columnReference(resolveColumn(input.schema, path)?.names ?? [path])));
  const arrived = sql`SELECT ${columns}, PROCTIME() AS ${ARRIVAL} FROM ${relation(input.name)}`;
  const ranked = sql`SELECT ${columns}, ROW_NUMBER() OVER (PARTITION BY ${joinSql(keys, ', ')} ORDER BY ${ARRIVAL} ASC) AS ${RANK} FROM (${arrived})`;
  const name = context.name();
  const query = sql`SELECT ${columns}\nFROM (${ranked})\nWHERE ${RANK} = 1`;
  return { views: [{ name, query }], outputs: { out: { name, schema: context.outputSchema('out'), origin: null } } };
}
