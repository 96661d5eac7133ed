/** Flink SQL: a window table function with GROUP BY, and for late rows a query against CURRENT_WATERMARK. */
import { assert } from '../../../base/assert.ts';
import { columnName, columnReference, resolveColumn } from '../../../spec/column-path.ts';
import type { FlinkContext, FlinkContribution, FlinkRelation, FlinkView } from '../../../spec/contributions/flink.ts';
import { flinkInterval } from '../../../spec/contributions/flink-interval.ts';
import { columnList } from '../../../spec/contributions/flink-view.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';
import type { Schema } from '../../../types/schema.ts';
import type { WindowAggregateConfig } from './node.ts';

type Context = FlinkContext<WindowAggregateConfig>;

export function windowAggregateFlink(context: Context): FlinkContribution | Unsupported {
  const refusal = refuse(context);
  if (refusal !== null) return refusal;
  const views: FlinkView[] = [aggregateView(context)];
  const outputs: { [port: string]: FlinkRelation } = { out: { name: views[0].name, schema: context.outputSchema('out'), origin: null } };
  if (context.config.lateRows === 'late-output' && context.isUsed('late')) {
    const late = lateView(context);
    views.push(late);
    outputs.late = { name: late.name, schema: context.outputSchema('late'), origin: null };
  }
  return { views, outputs, notes: context.config.offset > 0 && context.config.window !== 'session' ? [OFFSET_NOTE] : [] };
}

const OFFSET_NOTE = text({
  en: 'Flink (seen on 2.2) loses rows of windows with an offset when the watermark moves on before the window ends',
  zh: 'Flink（在 2.2 上观察到）在窗口结束前水位线推进时，会丢失带偏移窗口的部分数据',
});

function refuse(context: Context): Unsupported | null {
  const { config } = context;
  if (config.allowedLateness > 0) {
    return unsupported(
      text({ en: 'windows of Flink SQL have no allowed lateness', zh: 'Flink SQL 的窗口不支持允许迟到' }),
      text({ en: 'set the allowed lateness to 0 s and raise the watermark’s delay', zh: '将允许迟到设为 0 s，并加大水位线延迟' }),
    );
  }
  if (config.window === 'session' && config.lateRows === 'late-output' && context.isUsed('late')) {
    return unsupported(
      text({ en: 'Flink SQL cannot say which rows a session window found late', zh: 'Flink SQL 无法得知会话窗口判定哪些行迟到' }),
      text({ en: 'drop late rows, or use a tumbling window', zh: '丢弃迟到数据，或使用滚动窗口' }),
    );
  }
  return null;
}

function aggregateView(context: Context): FlinkView {
  const { config } = context;
  const input = context.input();
  const keys = config.keys.map((path) => ({ reference: reference(input.schema, path), name: columnName(input.schema, path) }));
  const bounds = ['window_start', 'window_end', ...(config.windowTime ? ['window_time'] : [])].map(identifier);
  const aggregates = config.aggregates.map((aggregate) => {
    const argument = aggregate.column === null ? SqlFragment.trusted('*') : reference(input.schema, aggregate.column);
    const called =
      aggregate.function === 'COUNT_DISTINCT'
        ? sql`COUNT(DISTINCT ${argument})`
        : sql`${SqlFragment.trusted(aggregate.function)}(${argument})`;
    return sql`${called} AS ${identifier(aggregate.name)}`;
  });
  const selected = [...keys.map((key) => sql`${key.reference} AS ${identifier(key.name)}`), ...bounds, ...aggregates];
  const grouped = [...bounds, ...keys.map((key) => key.reference)];
  return {
    name: context.name(),
    query: sql`SELECT\n  ${joinSql(selected, ',\n  ')}\nFROM ${windowFunction(context)}\nGROUP BY ${joinSql(grouped, ', ')}`,
  };
}

/** The form `TABLE(TUMBLE(TABLE t, …))` is read by 1.20 and 2.x alike. */
function windowFunction(context: Context): SqlFragment {
  const { config } = context;
  const input = context.input();
  const { rowtime } = input.schema;
  assert(rowtime !== undefined, 'a window has event time');
  const rows = sql`TABLE ${relation(input.name)}`;
  const time = sql`DESCRIPTOR(${identifier(rowtime)})`;
  const offset = config.offset > 0 && config.window !== 'session' ? sql`, ${flinkInterval(config.offset)}` : sql``;
  switch (config.window) {
    case 'tumbling':
      return sql`TABLE(TUMBLE(${rows}, ${time}, ${flinkInterval(config.size)}${offset}))`;
    case 'sliding':
      return sql`TABLE(HOP(${rows}, ${time}, ${flinkInterval(config.slide)}, ${flinkInterval(config.size)}${offset}))`;
    case 'cumulative':
      return sql`TABLE(CUMULATE(${rows}, ${time}, ${flinkInterval(config.step)}, ${flinkInterval(config.size)}${offset}))`;
    case 'session': {
      const keys = config.keys.map((path) => reference(input.schema, path));
      const partition = keys.length === 0 ? sql`` : sql` PARTITION BY ${joinSql(keys, ', ')}`;
      return sql`TABLE(SESSION(${rows}${partition}, ${time}, ${flinkInterval(config.gap)}))`;
    }
  }
}

/** A row is late when the last window it belongs to has been closed by the watermark that stands after it. */
function lateView(context: Context): FlinkView {
  const { config } = context;
  const input = context.input();
  const { rowtime } = input.schema;
  assert(rowtime !== undefined, 'a window has event time');
  const columns = columnList(input.schema.fields.map((field) => field.name));
  const closed = sql`${identifier('window_end')} - INTERVAL '0.001' SECOND <= CURRENT_WATERMARK(${identifier(rowtime)})`;
  const last = {
    tumbling: [],
    sliding: [sql`${identifier('window_start')} + ${flinkInterval(config.slide)} > ${identifier(rowtime)}`],
    cumulative: [sql`${identifier('window_end')} = ${identifier('window_start')} + ${flinkInterval(config.size)}`],
    session: [],
  }[config.window];
  return {
    name: context.name('late'),
    query: sql`SELECT ${columns}\nFROM ${windowFunction(context)}\nWHERE ${joinSql([closed, ...last], ' AND ')}`,
  };
}

function reference(schema: Schema, path: string): SqlFragment {
  return SqlFragment.trusted(columnReference(resolveColumn(schema, path)?.names ?? [path]));
}
