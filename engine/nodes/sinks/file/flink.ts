/** Flink SQL: an INSERT into a table of the filesystem connector. */
import type { FlinkColumn, FlinkContext, FlinkContribution, FlinkTable } from '../../../spec/contributions/flink.ts';
import { formatOptions } from '../../../spec/contributions/flink-files.ts';
import { columnList } from '../../../spec/contributions/flink-view.ts';
import { relation, sql } from '../../../spec/contributions/sql-fragment.ts';
import { text } from '../../../spec/text.ts';
import { withNullable } from '../../../types/make-type.ts';
import type { FileSinkConfig } from './node.ts';

const NO_HEADER_NOTE = text({ en: 'Flink’s CSV format writes no header line', zh: 'Flink 的 CSV 格式不写表头行' });

export function fileSinkFlink(context: FlinkContext<FileSinkConfig>): FlinkContribution {
  const { config } = context;
  const input = context.input();
  const rolling = {
    'sink.rolling-policy.file-size': `${Math.ceil(config.rollMegabytes)}MB`,
    'sink.rolling-policy.rollover-interval': `${config.rollInterval} ms`,
  };
  const columns = input.schema.fields.map(
    (field): FlinkColumn => ({ kind: 'physical', name: field.name, type: withNullable(field.type, true) }),
  );
  const table: FlinkTable = {
    name: context.name(),
    columns,
    options: { connector: 'filesystem', path: context.path(config.path), ...formatOptions(config), ...rolling },
  };
  const names = columnList(input.schema.fields.map((field) => field.name));
  return {
    tables: [table],
    inserts: [{ table: table.name, query: sql`SELECT ${names} FROM ${relation(input.name)}` }],
    notes: config.format === 'csv' && config.header ? [NO_HEADER_NOTE] : [],
  };
}
