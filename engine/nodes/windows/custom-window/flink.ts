/** Flink SQL has windows that fire once, at their end: those are written as a window table function; of all others it is said what SQL lacks. */
import { assert } from '../../../base/assert.ts';
import { columnName, columnReference, resolveColumn } from '../../../spec/column-path.ts';
import type { FlinkContext, FlinkContribution, FlinkView } from '../../../spec/contributions/flink.ts';
import { flinkInterval } from '../../../spec/contributions/flink-interval.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import type { Text } from '../../../spec/text.ts';
import { text } from '../../../spec/text.ts';
import type { Schema } from '../../../types/schema.ts';
import type { CustomWindowConfig } from './fields.ts';
import { boundNames } from './schema.ts';

type Context = FlinkContext<CustomWindowConfig>;

/** Column that stands for the clock; no row of a file is likely to have it. */
const CLOCK = 'millrace_clock';

export function customWindowFlink(context: Context): FlinkContribution | Unsupported {
  const lacking = whatSqlLacks(context);
  if (lacking !== null) {
    return unsupported(
      lacking,
      text({
        en: 'Flink’s DataStream API has it; in SQL, take a window in event time that fires at its end and keeps all rows',
        zh: 'Flink 的 DataStream API 支持；在 SQL 中请使用在结束时触发并保留所有行的事件时间窗口',
      }),
    );
  }
  const clock = context.config.time === 'clock' ? [clockView(context)] : [];
  const view = aggregateView(context, clock[0]?.name ?? context.input().name);
  const notes = [
    ...(clock.length > 0 ? [CLOCK_NOTE] : []),
    ...(context.config.offset > 0 && context.config.window !== 'session' ? [OFFSET_NOTE] : []),
  ];
  return { views: [...clock, view], outputs: { out: { name: view.name, schema: context.outputSchema('out'), origin: null } }, notes };
}

const CLOCK_NOTE = text({
  en: 'Windows of the clock depend on when rows arrive; at the end of its input Flink drops those that are open',
  zh: '时钟窗口取决于数据到达的时刻；输入结束时 Flink 会丢弃尚未结束的窗口',
});
const OFFSET_NOTE = text({
  en: 'Flink (seen on 2.2) loses rows of windows with an offset when the watermark moves on before the window ends',
  zh: 'Flink（在 2.2 上观察到）在窗口结束前水位线推进时，会丢失带偏移窗口的部分数据',
});

const NO_SUCH_WINDOW: { readonly [window: string]: Text } = {
  'dynamic-session': text({ en: 'Flink SQL has one pause for all sessions', zh: 'Flink SQL 的所有会话只能使用同一间隔' }),
  count: text({ en: 'Flink SQL has no windows of a number of rows', zh: 'Flink SQL 没有按行数的窗口' }),
  'sliding-count': text({ en: 'Flink SQL has no windows of a number of rows', zh: 'Flink SQL 没有按行数的窗口' }),
  global: text({ en: 'Flink SQL has no global windows', zh: 'Flink SQL 没有全局窗口' }),
};

function whatSqlLacks({ config, isUsed }: Context): Text | null {
  if (NO_SUCH_WINDOW[config.window] !== undefined) return NO_SUCH_WINDOW[config.window];
  if (config.window === 'sliding' && config.size % config.slide !== 0)
    return text({
      en: 'in Flink SQL the size of a sliding window is a multiple of its slide',
      zh: 'Flink SQL 的滑动窗口大小须为步长的整数倍',
    });
  if (config.trigger !== 'end' || config.timeout !== null)
    return text({ en: 'windows of Flink SQL have no triggers: they fire at their end', zh: 'Flink SQL 的窗口没有触发器，只在结束时触发' });
  if (config.keep !== 'all')
    return text({ en: 'windows of Flink SQL have no evictors: they keep all rows', zh: 'Flink SQL 的窗口没有剔除器，保留所有行' });
  if (config.result === 'rows')
    return text({ en: 'windows of Flink SQL emit aggregates, not the rows they keep', zh: 'Flink SQL 的窗口输出聚合值，而不是所保留的行' });
  if (config.time === 'event' && config.allowedLateness > 0)
    return text({ en: 'windows of Flink SQL have no allowed lateness', zh: 'Flink SQL 的窗口不支持允许迟到' });
  if (config.time === 'event' && config.lateRows === 'late-output' && isUsed('late'))
    return text({ en: 'windows of Flink SQL have no output of late rows', zh: 'Flink SQL 的窗口没有迟到数据输出' });
  return null;
}

function clockView(context: Context): FlinkView {
  return {
    name: context.name('clock'),
    query: sql`SELECT *, PROCTIME() AS ${identifier(CLOCK)}\nFROM ${relation(context.input().name)}`,
  };
}

function aggregateView(context: Context, from: string): FlinkView {
  const { config } = context;
  const { schema } = context.input();
  const keys = config.keys.map((path) => ({ reference: reference(schema, path), name: columnName(schema, path) }));
  const bounds = boundNames(config).map(identifier);
  const aggregates = config.aggregates.map((aggregate) => {
    const argument = aggregate.column === null ? SqlFragment.trusted('*') : reference(schema, aggregate.column);
    const distinct = aggregate.function === 'COUNT_DISTINCT';
    const called = distinct ? sql`COUNT(DISTINCT ${argument})` : sql`${SqlFragment.trusted(aggregate.function)}(${argument})`;
    return sql`${called} AS ${identifier(aggregate.name)}`;
  });
  const selected = [...keys.map((key) => sql`${key.reference} AS ${identifier(key.name)}`), ...bounds, ...aggregates];
  const grouped = [...bounds, ...keys.map((key) => key.reference)];
  const rows = windowFunction(config, schema, from);
  return {
    name: context.name(),
    query: sql`SELECT\n  ${joinSql(selected, ',\n  ')}\nFROM ${rows}\nGROUP BY ${joinSql(grouped, ', ')}`,
  };
}

/** The form `TABLE(TUMBLE(TABLE t, …))` is read by 1.20 and 2.x alike. */
function windowFunction(config: CustomWindowConfig, schema: Schema, from: string): SqlFragment {
  const rows = sql`TABLE ${relation(from)}`;
  const column = config.time === 'clock' ? CLOCK : schema.rowtime;
  assert(column !== undefined, 'a window in event time has event time');
  const time = sql`DESCRIPTOR(${identifier(column)})`;
  const offset = config.offset > 0 ? sql`, ${flinkInterval(config.offset)}` : sql``;
  if (config.window === 'tumbling') return sql`TABLE(TUMBLE(${rows}, ${time}, ${flinkInterval(config.size)}${offset}))`;
  if (config.window === 'sliding')
    return sql`TABLE(HOP(${rows}, ${time}, ${flinkInterval(config.slide)}, ${flinkInterval(config.size)}${offset}))`;
  const keys = config.keys.map((path) => reference(schema, path));
  const partition = keys.length === 0 ? sql`` : sql` PARTITION BY ${joinSql(keys, ', ')}`;
  return sql`TABLE(SESSION(${rows}${partition}, ${time}, ${flinkInterval(config.gap)}))`;
}

function reference(schema: Schema, path: string): SqlFragment {
  return SqlFragment.trusted(columnReference(resolveColumn(schema, path)?.names ?? [path]));
}
