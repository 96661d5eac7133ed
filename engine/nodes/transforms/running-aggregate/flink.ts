/** Flink SQL: aggregates over all rows of the key in the order in which they arrived. */
import { columnReference, resolveColumn } from '../../../spec/column-path.ts';
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { columnList } from '../../../spec/contributions/flink-view.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';
import type { Schema } from '../../../types/schema.ts';
import type { RunningAggregateConfig } from './node.ts';

const ARRIVAL = identifier('millrace_arrival');

export function runningAggregateFlink(context: FlinkContext<RunningAggregateConfig>): FlinkContribution | Unsupported {
  const { config } = context;
  if (config.result !== 'aggregates') {
    return unsupported(
      text({
        en: 'Flink SQL changes the best row of a group when a better one comes; it does not repeat it for every row',
        zh: 'Flink SQL 在出现更优的行时更新该组的最优行，不会为每一行重复输出',
      }),
      text({ en: 'let each row leave with the MIN or MAX so far', zh: '让每一行带着截至目前的 MIN 或 MAX 输出' }),
    );
  }
  if (config.forgetAfter !== null) {
    return unsupported(
      text({
        en: 'Flink SQL sets how long state is kept for the whole job only (table.exec.state.ttl)',
        zh: 'Flink SQL 只能为整个作业设置状态保留时间（table.exec.state.ttl）',
      }),
      text({ en: 'leave “Forget a group after” empty and set it for the job', zh: '将“多久后忘记分组”留空，并为作业设置该参数' }),
    );
  }
  const { name: from, schema } = context.input();
  const columns = columnList(schema.fields.map((field) => field.name));
  const keys = config.keys.map((path) => reference(schema, path));
  const partition = keys.length === 0 ? sql`` : sql`PARTITION BY ${joinSql(keys, ', ')} `;
  const aggregates = config.aggregates.map(({ name, function: called, column }) => {
    const argument = column === null ? SqlFragment.trusted('*') : reference(schema, column);
    return sql`${SqlFragment.trusted(called)}(${argument}) OVER so_far AS ${identifier(name)}`;
  });
  const arrived = sql`SELECT ${columns}, PROCTIME() AS ${ARRIVAL} FROM ${relation(from)}`;
  const name = context.name();
  const query = sql`SELECT ${columns},\n  ${joinSql(aggregates, ',\n  ')}\nFROM (${arrived})
WINDOW so_far AS (${partition}ORDER BY ${ARRIVAL} ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
  return { views: [{ name, query }], outputs: { out: { name, schema: context.outputSchema('out'), origin: null } } };
}

function reference(schema: Schema, path: string): SqlFragment {
  return SqlFragment.trusted(columnReference(resolveColumn(schema, path)?.names ?? [path]));
}
