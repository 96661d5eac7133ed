/** Flink SQL: a table of its own with the time as computed column and WATERMARK FOR, and a view with the input's columns. */
import { assert } from '../../../base/assert.ts';
import type { FlinkColumn, FlinkContext, FlinkContribution, FlinkOrigin, FlinkTable } from '../../../spec/contributions/flink.ts';
import { flinkInterval } from '../../../spec/contributions/flink-interval.ts';
import { flinkExpression, selectList } from '../../../spec/contributions/flink-view.ts';
import { identifier, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';
import { withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { WatermarkConfig } from './node.ts';

/** Row time before which no data lies; a row that is not data is timed here and moves no watermark. */
const EPOCH = "TIMESTAMP '1970-01-01 00:00:00.000'";

export function watermarkFlink(context: FlinkContext<WatermarkConfig>): FlinkContribution | Unsupported {
  const input = context.input();
  if (input.origin === null) {
    return unsupported(
      text({
        en: 'Flink SQL declares watermarks on tables; between the source and this node rows are filtered, split or brought together',
        zh: 'Flink SQL 只能在表上声明水位线；而数据源与此节点之间对数据做了过滤、分流或合并',
      }),
      text({
        en: 'put the watermark node directly behind the source, or behind select nodes only',
        zh: '把水位线节点放在数据源之后，中间只保留选择列节点',
      }),
    );
  }
  const time = input.origin.columns.find((column) => column.name === context.config.time.column);
  const field = input.schema.fields.find((candidate) => candidate.name === context.config.time.column);
  assert(time !== undefined && field !== undefined, 'the time column was checked');
  const timed = timedColumn(
    input.origin,
    flinkExpression(time.syntax),
    context.config.time.column,
    printType(withNullable(field.type, true)),
  );
  const table: FlinkTable = {
    name: context.name('table'),
    columns: [...input.origin.table.columns, ...timed.columns],
    watermark: { column: timed.name, expression: watermarkExpression(timed.name, context.config) },
    options: input.origin.table.options,
  };
  const name = context.name();
  const list = selectListWithTime(input.origin, context.config.time.column, timed.name);
  const where = input.origin.notData === null ? sql`` : sql`\nWHERE NOT (${input.origin.notData})`;
  const view = { name, query: sql`SELECT\n  ${list}\nFROM ${relation(table.name)}${where}` };
  // Nothing behind this node may move the watermark to another table.
  return {
    tables: [table],
    views: [view],
    outputs: { out: { name, schema: context.outputSchema('out'), origin: null } },
    settings:
      context.config.idleAfter === null ? ON_EVENT : { ...ON_EVENT, 'table.exec.source.idle-timeout': `${context.config.idleAfter} ms` },
  };
}

/** A watermark after every row that advances it, as here; the default of 200 ms makes late rows depend on the clock. */
const ON_EVENT = { 'pipeline.auto-watermark-interval': '0 ms' };

/** A plain timestamp column of the table serves as it is; anything else becomes a computed column under a free name. */
function timedColumn(
  origin: FlinkOrigin,
  expression: SqlFragment,
  column: string,
  type: string,
): { readonly name: string; readonly columns: readonly FlinkColumn[] } {
  const taken = new Set(origin.table.columns.map((candidate) => candidate.name));
  if (origin.notData === null && taken.has(column) && expression.text === identifier(column).text) return { name: column, columns: [] };
  let name = taken.has(column) ? `${column}_time` : column;
  while (taken.has(name)) name += '_';
  const epoch = sql`CAST(${SqlFragment.trusted(EPOCH)} AS ${SqlFragment.trusted(type)})`;
  const guarded = origin.notData === null ? expression : sql`CASE WHEN ${origin.notData} THEN ${epoch} ELSE ${expression} END`;
  return { name, columns: [{ kind: 'computed', name, expression: guarded }] };
}

function watermarkExpression(column: string, config: WatermarkConfig): SqlFragment {
  const delayMs = config.time.delayMs + (config.rule === 'datastream' ? 1 : 0);
  return delayMs === 0 ? identifier(column) : sql`${identifier(column)} - ${flinkInterval(delayMs)}`;
}

function selectListWithTime(origin: FlinkOrigin, column: string, timed: string): SqlFragment {
  const columns = origin.columns.map((candidate) => {
    if (candidate.name !== column) return candidate;
    return { name: candidate.name, syntax: { kind: 'name' as const, parts: [timed], span: candidate.syntax.span } };
  });
  return selectList(columns);
}
