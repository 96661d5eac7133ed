/** Flink SQL: a window aggregation over the union of both sides, each of which fills columns of its own. */
import { assert } from '../../../base/assert.ts';
import { columnName, columnReference, resolveColumn } from '../../../spec/column-path.ts';
import type { FlinkContext, FlinkContribution, FlinkRelation } from '../../../spec/contributions/flink.ts';
import { flinkInterval } from '../../../spec/contributions/flink-interval.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import type { Aggregate } from '../../../spec/field-values.ts';
import { LEFT, RIGHT } from '../../../spec/join-inputs.ts';
import { text } from '../../../spec/text.ts';
import type { LogicalType } from '../../../types/logical-type.ts';
import { INT, withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { CoGroupConfig } from './node.ts';

type Side = 'left' | 'right';
const TIME = identifier('millrace_time');

export function coGroupFlink(context: FlinkContext<CoGroupConfig>): FlinkContribution | Unsupported {
  const { config } = context;
  if (config.lateRows === 'late-output' && (context.isUsed('leftLate') || context.isUsed('rightLate'))) {
    return unsupported(
      text({
        en: 'windows of Flink SQL over two inputs have no output of late rows',
        zh: 'Flink SQL 中覆盖两个输入的窗口没有迟到数据输出',
      }),
      text({ en: 'drop late rows', zh: '丢弃迟到数据' }),
    );
  }
  const [left, right] = [context.input(LEFT), context.input(RIGHT)];
  const names = config.leftKeys.map((path) => columnName(left.schema, path));
  const union = context.name('both');
  const both = sql`${sideOf(config, names, left, left.schema, right.schema, 'left')}
UNION ALL
${sideOf(config, names, right, left.schema, right.schema, 'right')}`;
  const bounds = ['window_start', 'window_end', ...(config.windowTime ? ['window_time'] : [])].map(identifier);
  const keys = names.map(identifier);
  const results = (['left', 'right'] as const).flatMap((side) =>
    aggregatesOf(config, side).map((aggregate, at) => sql`${called(aggregate, argument(side, at))} AS ${identifier(aggregate.name)}`),
  );
  const name = context.name();
  const query = sql`SELECT\n  ${joinSql([...keys, ...bounds, ...results], ',\n  ')}
FROM ${windowFunction(config, union, keys)}
GROUP BY ${joinSql([...bounds, ...keys], ', ')}`;
  const views = [
    { name: union, query: both },
    { name, query },
  ];
  return { views, outputs: { out: { name, schema: context.outputSchema('out'), origin: null } } };
}

function aggregatesOf(config: CoGroupConfig, side: Side): readonly Aggregate[] {
  return side === 'left' ? config.leftAggregates : config.rightAggregates;
}

function argument(side: Side, at: number): SqlFragment {
  return identifier(`millrace_${side}_${at}`);
}

function called({ function: name }: Aggregate, of: SqlFragment): SqlFragment {
  return name === 'COUNT_DISTINCT' ? sql`COUNT(DISTINCT ${of})` : sql`${SqlFragment.trusted(name)}(${of})`;
}

/** The rows of one side in the columns of both: keys, event time, its arguments, NULL for those of the other. */
function sideOf(
  config: CoGroupConfig,
  names: readonly string[],
  from: FlinkRelation,
  left: Schema,
  right: Schema,
  side: Side,
): SqlFragment {
  const { rowtime } = from.schema;
  assert(rowtime !== undefined, 'both inputs have event time');
  const keys = (side === 'left' ? config.leftKeys : config.rightKeys).map(
    (path, at) => sql`${reference(from.schema, path)} AS ${identifier(names[at])}`,
  );
  const values = (['left', 'right'] as const).flatMap((each) =>
    aggregatesOf(config, each).map((aggregate, at) => {
      const schema = each === 'left' ? left : right;
      return sql`${each === side ? value(schema, aggregate) : nullOf(schema, aggregate)} AS ${argument(each, at)}`;
    }),
  );
  return sql`SELECT ${joinSql([...keys, sql`${identifier(rowtime)} AS ${TIME}`, ...values], ', ')} FROM ${relation(from.name)}`;
}

function value(schema: Schema, { column }: Aggregate): SqlFragment {
  return column === null ? SqlFragment.trusted('1') : reference(schema, column);
}

function nullOf(schema: Schema, { column }: Aggregate): SqlFragment {
  const type: LogicalType = column === null ? INT : (resolveColumn(schema, column)?.type ?? INT);
  return sql`CAST(NULL AS ${SqlFragment.trusted(printType(withNullable(type, true)))})`;
}

function windowFunction(config: CoGroupConfig, union: string, keys: readonly SqlFragment[]): SqlFragment {
  const rows = sql`TABLE ${relation(union)}`;
  const time = sql`DESCRIPTOR(${TIME})`;
  const size = flinkInterval(config.size);
  switch (config.window) {
    case 'tumbling':
      return sql`TABLE(TUMBLE(${rows}, ${time}, ${size}))`;
    case 'sliding':
      return sql`TABLE(HOP(${rows}, ${time}, ${flinkInterval(config.slide)}, ${size}))`;
    case 'cumulative':
      return sql`TABLE(CUMULATE(${rows}, ${time}, ${flinkInterval(config.step)}, ${size}))`;
    case 'session':
      return sql`TABLE(SESSION(${rows} PARTITION BY ${joinSql(keys, ', ')}, ${time}, ${flinkInterval(config.gap)}))`;
  }
}

function reference(schema: Schema, path: string): SqlFragment {
  return SqlFragment.trusted(columnReference(resolveColumn(schema, path)?.names ?? [path]));
}
