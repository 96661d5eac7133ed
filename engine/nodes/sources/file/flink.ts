/** Flink SQL: a table of the filesystem connector. */

import { columnReference } from '../../../spec/column-path.ts';
import type { FlinkColumn, FlinkContext, FlinkContribution, FlinkOrigin, FlinkTable } from '../../../spec/contributions/flink.ts';
import { formatOptions, HEADER_NOTE } from '../../../spec/contributions/flink-files.ts';
import { parseChecked, selectList } from '../../../spec/contributions/flink-view.ts';
import { identifier, joinSql, relation, sql, stringLiteral } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import type { Text } from '../../../spec/text.ts';
import { text } from '../../../spec/text.ts';
import type { Field } from '../../../types/logical-type.ts';
import { isCharacter, STRING, withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { FileSourceConfig } from './node.ts';

export function fileSourceFlink(context: FlinkContext<FileSourceConfig>): FlinkContribution | Unsupported {
  const { config } = context;
  const refusal = refuse(config);
  if (refusal !== null) return refusal;
  const asText = config.format === 'csv' && config.header;
  const notes: Text[] = [];
  if (config.badLines === 'skip') notes.push(SKIP_NOTE);
  if (config.rowsPerSecond !== null) notes.push(PACE_NOTE);
  return asText ? headerTable(context, [HEADER_NOTE, ...notes]) : plainTable(context, notes);
}

function refuse(config: FileSourceConfig): Unsupported | null {
  if (config.follow) {
    return unsupported(
      text({ en: 'Flink’s filesystem table does not follow a growing file', zh: 'Flink 的文件系统表不能跟随增长的文件' }),
      text({ en: 'read the files once, or send the lines through Kafka', zh: '一次性读取文件，或通过 Kafka 发送这些行' }),
    );
  }
  if (/[*?]/.test(config.path)) {
    return unsupported(
      text({
        en: 'Flink’s filesystem table takes a file or a folder, not a pattern',
        zh: 'Flink 的文件系统表只接受文件或文件夹，不接受通配符',
      }),
      text({ en: 'name the folder that holds the files', zh: '改为包含这些文件的文件夹' }),
    );
  }
  if (config.badLines === 'dead-letter') {
    return unsupported(
      text({ en: 'Flink SQL has no output for lines that cannot be read', zh: 'Flink SQL 没有用于无法读取的行的输出' }),
      text({ en: 'skip and count such lines, or fail', zh: '改为跳过并计数，或失败' }),
    );
  }
  return null;
}

const SKIP_NOTE = text({
  en: 'A broken line is skipped in both; a value of the wrong type skips the line here and becomes NULL in Flink',
  zh: '损坏的行在两边都会被跳过；类型不符的值在这里跳过整行，在 Flink 中变为 NULL',
});
const PACE_NOTE = text({ en: 'Flink reads as fast as it can: the pace is not exported', zh: 'Flink 以最快速度读取：速率不会导出' });

function options(context: FlinkContext<FileSourceConfig>): { readonly [key: string]: string } {
  const { config } = context;
  const format = config.format === 'ndjson' ? 'json' : 'csv';
  const skip = config.badLines === 'skip' ? { [`${format}.ignore-parse-errors`]: 'true' } : {};
  return { connector: 'filesystem', path: context.path(config.path), ...formatOptions(config), ...skip };
}

function plainTable(context: FlinkContext<FileSourceConfig>, notes: readonly Text[]): FlinkContribution {
  const { schema } = context.config;
  const table: FlinkTable = { name: context.name(), columns: schema.map(physical), options: options(context) };
  const columns = schema.map((field) => ({ name: field.name, syntax: parseChecked(columnReference([field.name])) }));
  const origin: FlinkOrigin = { table, physical: { fields: schema }, columns, notData: null };
  return { tables: [table], outputs: { out: { name: table.name, schema: { fields: schema }, origin } }, notes };
}

/** Every column as text; the view leaves out the line that holds the names themselves and casts what is left. */
function headerTable(context: FlinkContext<FileSourceConfig>, notes: readonly Text[]): FlinkContribution {
  const { schema } = context.config;
  const texts: readonly Field[] = schema.map((field) => ({ name: field.name, type: STRING }));
  const table: FlinkTable = { name: context.name('lines'), columns: texts.map(physical), options: options(context) };
  const columns = schema.map((field) => ({ name: field.name, syntax: parseChecked(castText(field)) }));
  const notData = joinSql(
    schema.map((field) => sql`(${identifier(field.name)} IS NOT NULL AND ${identifier(field.name)} = ${stringLiteral(field.name)})`),
    ' AND ',
  );
  const name = context.name();
  const query = sql`SELECT\n  ${selectList(columns)}\nFROM ${relation(table.name)}\nWHERE NOT (${notData})`;
  const origin: FlinkOrigin = { table, physical: { fields: texts }, columns, notData };
  return { tables: [table], views: [{ name, query }], outputs: { out: { name, schema: { fields: schema }, origin } }, notes };
}

function castText(field: Field): string {
  const column = columnReference([field.name]);
  const plainText = isCharacter(field.type) && printType(withNullable(field.type, true)) === 'STRING';
  return plainText ? column : `CAST(${column} AS ${printType(withNullable(field.type, true))})`;
}

function physical(field: Field): FlinkColumn {
  return { kind: 'physical', name: field.name, type: field.type };
}
