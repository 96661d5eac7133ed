/** Flink SQL: a join whose condition bounds the distance of two time attributes. */
import { assert } from '../../../base/assert.ts';
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { flinkInterval } from '../../../spec/contributions/flink-interval.ts';
import { joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { allOf, joinedSelect, keysEqual, LEFT, RIGHT, sideAlias, sideColumn } from '../../../spec/join-inputs.ts';
import { text } from '../../../spec/text.ts';
import type { IntervalJoinConfig } from './node.ts';

const KINDS = { inner: 'INNER JOIN', left: 'LEFT JOIN', right: 'RIGHT JOIN', full: 'FULL JOIN' } as const;

/** The side whose event time goes on, as schema.ts says. */
const CARRIED = { inner: LEFT, left: LEFT, right: RIGHT, full: null } as const;

export function intervalJoinFlink(context: FlinkContext<IntervalJoinConfig>): FlinkContribution | Unsupported {
  const { config } = context;
  if (config.lateRows !== 'join') {
    return unsupported(
      text({
        en: 'an interval join of Flink SQL joins rows behind the watermark with what is still kept',
        zh: 'Flink SQL 的区间连接会让落后于水位线的行与仍保留的行连接',
      }),
      text({ en: 'let rows behind the watermark join what is still kept', zh: '让落后于水位线的行与仍保留的行连接' }),
    );
  }
  const [left, right] = [context.input(LEFT), context.input(RIGHT)];
  assert(left.schema.rowtime !== undefined && right.schema.rowtime !== undefined, 'both inputs have event time');
  const [earlier, later] = [
    sideColumn(LEFT, left.schema, left.schema.rowtime),
    sideColumn(RIGHT, right.schema, right.schema.rowtime),
  ] as const;
  const near = sql`${later} BETWEEN ${earlier} - ${flinkInterval(config.before)} AND ${earlier} + ${flinkInterval(config.after)}`;
  const name = context.name();
  const query = sql`SELECT\n  ${joinSql(joinedSelect(left.schema, right.schema, CARRIED[config.kind]), ',\n  ')}
FROM ${relation(left.name)} AS ${sideAlias(LEFT)}
${SqlFragment.trusted(KINDS[config.kind])} ${relation(right.name)} AS ${sideAlias(RIGHT)}
ON ${allOf([...keysEqual(config, left.schema, right.schema), near])}`;
  return { views: [{ name, query }], outputs: { out: { name, schema: context.outputSchema('out'), origin: null } } };
}
