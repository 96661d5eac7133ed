/** Writes rows to part files of JSON lines or CSV that become visible exactly once. */
import { defineNode, inputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { delimiterField, formatField, headerField, nullTextField, timestampFormatField } from '../../../spec/input-format.ts';
import { outputPathField, partPrefixField, rollIntervalField, rollMegabytesField } from '../../../spec/output-files.ts';
import { text } from '../../../spec/text.ts';
import { fileSinkFlink } from './flink.ts';
import { fileSinkSpark } from './spark.ts';

const fields = {
  path: outputPathField,
  format: formatField,
  timestampFormat: timestampFormatField,
  delimiter: delimiterField,
  header: { ...headerField, label: text({ en: 'Write a line of column names', zh: '写入列名行' }) },
  nullText: {
    ...nullTextField,
    label: text({ en: 'NULL is written as', zh: 'NULL 写作' }),
    help: text({ en: 'Left empty: an empty field.', zh: '留空：写成空字段。' }),
  },
  prefix: partPrefixField,
  rollMegabytes: rollMegabytesField,
  rollInterval: rollIntervalField,
};

export type FileSinkConfig = ConfigOf<typeof fields>;

export const fileSink = defineNode({
  type: 'file-sink',
  category: 'sinks',
  execution: 'sink',
  rank: 1,
  label: text({ en: 'Write files', zh: '写文件' }),
  summary: text({ en: 'JSON lines or CSV in part files, exactly once.', zh: 'JSON 行或 CSV 分片文件，精确一次。' }),
  searchWords: ['filesystem', 'csv', 'json', 'ndjson', 'FileSink', 'writeAsText', 'store'],
  presets: [
    {
      id: 'csv',
      label: text({ en: 'Write CSV', zh: '写 CSV' }),
      summary: text({ en: 'Rows as comma-separated text.', zh: '以逗号分隔的文本行。' }),
      config: { format: 'csv' },
    },
  ],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append' })],
  outputs: () => [],
  describe: (config, language) => {
    const name = config.path === '' ? (language === 'zh' ? '尚未选择文件夹' : 'no folder yet') : config.path;
    return `${name} · ${config.format === 'csv' ? 'CSV' : language === 'zh' ? 'JSON 行' : 'JSON lines'}`;
  },
  check: () => [],
  outputSchema: () => ({}),
  delivery: () => 'transactional',
  flinkSql: fileSinkFlink,
  pySpark: fileSinkSpark,
  migrations: [],
});
