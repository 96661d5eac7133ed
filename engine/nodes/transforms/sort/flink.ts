/** Flink SQL: ORDER BY of the event-time column, ascending, then by others. */
import { assert } from '../../../base/assert.ts';
import { columnReference, resolveColumn } from '../../../spec/column-path.ts';
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { columnList } from '../../../spec/contributions/flink-view.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';
import type { SortConfig } from './node.ts';

export function sortFlink(context: FlinkContext<SortConfig>): FlinkContribution | Unsupported {
  const { config } = context;
  if (config.keys.length > 0) {
    return unsupported(
      text({ en: 'ORDER BY of Flink SQL sorts all rows together', zh: 'Flink SQL 的 ORDER BY 对所有行一起排序' }),
      text({ en: 'leave “Sort within” empty', zh: '将“在以下分组内排序”留空' }),
    );
  }
  if (config.lateRows === 'late-output' && context.isUsed('late')) {
    return unsupported(
      text({
        en: 'ORDER BY of Flink SQL drops late rows and does not tell which',
        zh: 'Flink SQL 的 ORDER BY 会丢弃迟到数据，且不告知是哪些',
      }),
      text({ en: 'drop late rows', zh: '丢弃迟到数据' }),
    );
  }
  if (config.forgetAfter !== null) {
    return unsupported(
      text({ en: 'ORDER BY of Flink SQL forgets nothing', zh: 'Flink SQL 的 ORDER BY 不会忘记状态' }),
      text({ en: 'leave “Forget a group after” empty', zh: '将“多久后忘记分组”留空' }),
    );
  }
  const { name: from, schema } = context.input();
  assert(schema.rowtime !== undefined, 'a sort has event time');
  const further = config.thenBy.map(({ column, direction }) => {
    const reference = SqlFragment.trusted(columnReference(resolveColumn(schema, column)?.names ?? [column]));
    return direction === 'ascending' ? sql`${reference} ASC` : sql`${reference} DESC`;
  });
  const name = context.name();
  const columns = columnList(schema.fields.map((field) => field.name));
  const order = joinSql([sql`${identifier(schema.rowtime)} ASC`, ...further], ', ');
  const query = sql`SELECT ${columns}\nFROM ${relation(from)}\nORDER BY ${order}`;
  return { views: [{ name, query }], outputs: { out: { name, schema: context.outputSchema('out'), origin: null } } };
}
