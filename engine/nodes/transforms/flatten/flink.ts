/** Flink SQL: a join with UNNEST of the list. */
import { columnReference, resolveColumn } from '../../../spec/column-path.ts';
import type { FlinkContext, FlinkContribution, FlinkRelation } from '../../../spec/contributions/flink.ts';
import { flinkExpression, parseChecked } from '../../../spec/contributions/flink-view.ts';
import { identifier, joinSql, relation, SqlFragment, sql, stringLiteral } from '../../../spec/contributions/sql-fragment.ts';
import type { Text } from '../../../spec/text.ts';
import { text } from '../../../spec/text.ts';
import { printType } from '../../../types/print-type.ts';
import type { FlattenConfig } from './node.ts';
import { elementType, keptColumns, resultFields, valueType } from './schema.ts';

const ROW = identifier('t');
const LIST = identifier('u');
const [NAME, ELEMENT, POSITION] = ['millrace_name', 'millrace_element', 'millrace_position'].map(identifier);

const JSON_NOTE = text({
  en: 'SPLIT and JSON_QUERY that return an array need Flink 2.0 or newer',
  zh: '返回数组的 SPLIT 和 JSON_QUERY 需要 Flink 2.0 或更新版本',
});

export function flattenFlink(context: FlinkContext<FlattenConfig>): FlinkContribution {
  const { config, settings } = context;
  const input = context.input();
  const kept = keptColumns(config, input.schema, settings).map((index) => identifier(input.schema.fields[index].name));
  const results = resultFields(config, input.schema, settings).map(({ name }) => identifier(name));
  const sources =
    config.from === 'columns'
      ? valueColumns(config)
      : [elementColumn(config), ...(config.position === null ? [] : [sql`${LIST}.${POSITION}`])];
  const selected = [...kept.map((column) => sql`${ROW}.${column}`), ...sources.map((source, at) => sql`${source} AS ${results[at]}`)];
  const columns = [...(config.from === 'columns' ? [NAME] : []), ELEMENT, ...(config.position === null ? [] : [POSITION])];
  const keeps = config.from !== 'columns' && config.without === 'keep';
  const unnest = sql`UNNEST(${list(context, input)})${config.position === null ? sql`` : sql` WITH ORDINALITY`} AS ${LIST}(${joinSql(columns, ', ')})`;
  const joined = keeps ? sql`LEFT JOIN ${unnest} ON TRUE` : sql`CROSS JOIN ${unnest}`;
  const where = config.from === 'columns' && config.nulls === 'drop' ? sql`\nWHERE ${LIST}.${ELEMENT} IS NOT NULL` : sql``;
  const query = sql`SELECT\n  ${joinSql(selected, ',\n  ')}\nFROM ${relation(input.name)} AS ${ROW}\n${joined}${where}`;
  const name = context.name();
  const notes: readonly Text[] = config.from === 'columns' ? [] : [JSON_NOTE];
  return { views: [{ name, query }], outputs: { out: { name, schema: context.outputSchema('out'), origin: null } }, notes };
}

function valueColumns(config: FlattenConfig): SqlFragment[] {
  const columns = config.name === null ? [] : [sql`${LIST}.${NAME}`];
  return [...columns, sql`${LIST}.${ELEMENT}`, ...(config.position === null ? [] : [sql`${LIST}.${POSITION}`])];
}

function elementColumn(config: FlattenConfig): SqlFragment {
  const element = sql`${LIST}.${ELEMENT}`;
  return config.type === 'STRING' ? element : sql`TRY_CAST(${element} AS ${SqlFragment.trusted(printType(elementType(config)))})`;
}

/** The array that is unnested. */
function list({ config, settings }: FlinkContext<FlattenConfig>, input: FlinkRelation): SqlFragment {
  if (config.from !== 'columns') {
    const names = resolveColumn(input.schema, config.column)?.names ?? [config.column];
    const column = sql`${ROW}.${SqlFragment.trusted(columnReference(names))}`;
    if (config.from === 'text') return sql`SPLIT(${column}, ${stringLiteral(config.separator)})`;
    return sql`JSON_QUERY(${column}, ${stringLiteral(config.path)} RETURNING ARRAY<STRING>)`;
  }
  const type = valueType(config, input.schema, settings);
  const values = config.values.map(({ name, expression }) => {
    const value = flinkExpression(parseChecked(expression));
    const cast = type === null ? value : sql`CAST(${value} AS ${SqlFragment.trusted(printType({ ...type, nullable: true }))})`;
    return sql`ROW(CAST(${stringLiteral(name)} AS STRING), ${cast})`;
  });
  return sql`ARRAY[${joinSql(values, ',\n  ')}]`;
}
