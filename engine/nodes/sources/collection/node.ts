/** Emits rows that are written down in the pipeline itself. */

import { ROWS_PORT } from '../../../spec/dead-letter.ts';
import { appendOnly, defineNode } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { rowsField, schemaField } from '../../../spec/fields.ts';
import { PACE_SECTION, rowsPerSecondField } from '../../../spec/input-format.ts';
import { text } from '../../../spec/text.ts';
import { checkCollection } from './check.ts';
import { collectionFlink } from './flink.ts';
import { collectionSpark } from './spark.ts';

const fields = {
  schema: schemaField({
    label: text({ en: 'Columns', zh: '列' }),
    help: text({ en: 'Names and Flink SQL types of the rows.', zh: '各行的列名与 Flink SQL 类型。' }),
    default: [
      { name: 'id', type: 'BIGINT' },
      { name: 'name', type: 'STRING' },
    ],
  }),
  rows: rowsField({
    label: text({ en: 'Rows', zh: '行' }),
    help: text({
      en: 'Typed, or pasted from a sheet or as JSON. Times are written as 2026-11-18 09:30:00. Delete in an empty cell makes it NULL.',
      zh: '可直接输入，也可从表格或以 JSON 粘贴。时间写作 2026-11-18 09:30:00。在空单元格中按 Delete 键使其为 NULL。',
    }),
    schemaField: 'schema',
    default: [],
  }),
  rowsPerSecond: { ...rowsPerSecondField, section: PACE_SECTION },
};

export type CollectionConfig = ConfigOf<typeof fields>;

export const collectionSource = defineNode({
  type: 'collection-source',
  category: 'sources',
  execution: 'source',
  rank: 4,
  label: text({ en: 'Collection', zh: '集合' }),
  summary: text({ en: 'Rows written down in the pipeline itself.', zh: '直接写在管道中的数据行。' }),
  searchWords: ['values', 'fromElements', 'fromData', 'fromCollection', 'inline', 'test'],
  presets: [],
  fields,
  inputs: [],
  outputs: () => [ROWS_PORT],
  describe: (config, language) =>
    language === 'zh' ? `${config.rows.length} 行` : config.rows.length === 1 ? '1 row' : `${config.rows.length} rows`,
  check: checkCollection,
  outputSchema: (config) => ({ out: appendOnly({ fields: config.schema }) }),
  pace: (config) => config.rowsPerSecond,
  bounded: () => true,
  delivery: () => 'replayable',
  flinkSql: collectionFlink,
  pySpark: collectionSpark,
  migrations: [],
});
