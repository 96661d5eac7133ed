/** Flink SQL: broadcast state is of the DataStream API; rows that meet rules after the last has come are an inner join. */

import type { FlinkContext, FlinkContribution, FlinkRelation } from '../../../spec/contributions/flink.ts';
import { columnList, flinkExpression, parseChecked } from '../../../spec/contributions/flink-view.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { allOf, joinedSelect, keysEqual, LEFT, RIGHT, sideAlias } from '../../../spec/join-inputs.ts';
import type { Text } from '../../../spec/text.ts';
import { text } from '../../../spec/text.ts';
import { withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { BroadcastConfig } from './node.ts';
import { ROWS, RULES } from './schema.ts';

const NEAREST = text({
  en: 'let rows meet the rules after the last has come, leave out rows without a rule, take no rule away, and do it where no event time is needed',
  zh: '让数据在规则到齐之后与其相遇，舍弃没有规则的行，不删除规则，并用在不需要事件时间之处',
});
const ONCE_NOTE = text({
  en: 'A rule that comes again does not replace the first in Flink SQL: rows meet both',
  zh: '在 Flink SQL 中，再次到达的规则不会替换前一条：数据会与两条都相遇',
});

export function broadcastFlink(context: FlinkContext<BroadcastConfig>): FlinkContribution | Unsupported {
  const { config } = context;
  const [rows, rules] = [context.input(ROWS), context.input(RULES)];
  const reason = refusal(config, rows);
  if (reason !== null) return unsupported(reason, NEAREST);
  const equal = keysEqual(config, rows.schema, rules.schema);
  const on = equal.length === 0 ? sql`TRUE` : allOf(equal);
  const both = sql`SELECT\n  ${joinSql(joinedSelect(rows.schema, rules.schema, null), ',\n  ')}
FROM ${withoutTime(rows)} AS ${sideAlias(LEFT)}
INNER JOIN ${withoutTime(rules)} AS ${sideAlias(RIGHT)}
ON ${on}`;
  const where = config.condition === null ? sql`` : sql`\nWHERE ${flinkExpression(parseChecked(config.condition))}`;
  const name = context.name();
  const columns = columnList(context.outputSchema('out').fields.map((field) => field.name));
  const query = sql`SELECT ${columns}\nFROM (${both})${where}`;
  return { views: [{ name, query }], outputs: { out: { name, schema: context.outputSchema('out'), origin: null } }, notes: [ONCE_NOTE] };
}

function refusal(config: BroadcastConfig, rows: FlinkRelation): Text | null {
  if (config.meet === 'at-once')
    return text({
      en: 'broadcast state is of the DataStream API: a join of Flink SQL brings rows together with rules that come later, too',
      zh: '广播状态属于 DataStream API：Flink SQL 的连接也会让数据与之后到达的规则相遇',
    });
  if (config.unmatched === 'keep')
    return text({
      en: 'an outer join of Flink SQL takes a row without a rule back when a rule comes',
      zh: 'Flink SQL 的外连接会在规则到达时撤回没有规则的行',
    });
  if (config.removeWhen !== null) return text({ en: 'a join of Flink SQL keeps every rule', zh: 'Flink SQL 的连接会保留所有规则' });
  if (rows.schema.rowtime !== undefined)
    return text({ en: 'behind a join of Flink SQL rows have no event time any more', zh: '经过 Flink SQL 的连接后，数据不再有事件时间' });
  return null;
}

/** Flink refuses a join whose inputs have time attributes. */
function withoutTime({ name, schema }: FlinkRelation): SqlFragment {
  if (schema.rowtime === undefined) return relation(name);
  return sql`(SELECT ${joinSql(selectedColumns(schema), ', ')} FROM ${relation(name)})`;
}

function selectedColumns(schema: Schema): SqlFragment[] {
  return schema.fields.map((field) => {
    const column = identifier(field.name);
    if (field.name !== schema.rowtime) return column;
    return sql`CAST(${column} AS ${SqlFragment.trusted(printType(withNullable(field.type, true)))}) AS ${column}`;
  });
}
