/** Writes rows to part files of JSON lines or CSV that become visible exactly once. */
import { defineNode, inputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { durationField, numberField, pathField, textField } from '../../../spec/fields.ts';
import { delimiterField, formatField, headerField, nullTextField, timestampFormatField } from '../../../spec/input-format.ts';
import { text } from '../../../spec/text.ts';
import { fileSinkFlink } from './flink.ts';
import { fileSinkSpark } from './spark.ts';

const FILES_SECTION = text({ en: 'Part files', zh: '分片文件' });

const fields = {
  path: pathField({
    label: text({ en: 'Folder', zh: '文件夹' }),
    help: text({
      en: 'Part files appear here, each complete and exactly once. A path that ends like a file (result.ndjson, result.csv) becomes that one file when the input has ended. Relative paths start at the pipeline’s folder.',
      zh: '分片文件出现在此处，每个都完整且只出现一次。以文件名结尾的路径（result.ndjson、result.csv）在输入结束时成为该单个文件。相对路径从管道所在目录开始。',
    }),
    access: 'write',
    directory: true,
  }),
  format: formatField,
  timestampFormat: timestampFormatField,
  delimiter: delimiterField,
  header: { ...headerField, label: text({ en: 'Write a line of column names', zh: '写入列名行' }) },
  nullText: {
    ...nullTextField,
    label: text({ en: 'NULL is written as', zh: 'NULL 写作' }),
    help: text({ en: 'Left empty: an empty field.', zh: '留空：写成空字段。' }),
  },
  prefix: textField({
    label: text({ en: 'File names begin with', zh: '文件名前缀' }),
    default: 'part',
    lengthMax: 64,
    pattern: '[A-Za-z0-9][A-Za-z0-9_.-]*',
    patternHelp: text({ en: 'letters, digits, dot, dash and underscore', zh: '字母、数字、点、短横线和下划线' }),
    section: FILES_SECTION,
  }),
  rollMegabytes: numberField({
    label: text({ en: 'New file after', zh: '新文件大小' }),
    minimum: 0.001,
    maximum: 1000000,
    default: 128,
    unit: text({ en: 'MB', zh: 'MB' }),
    section: FILES_SECTION,
    advanced: true,
  }),
  rollInterval: durationField({
    label: text({ en: 'New file every', zh: '新文件间隔' }),
    help: text({
      en: 'A file becomes visible with the first checkpoint after it was closed.',
      zh: '文件关闭后的首个检查点完成时，文件变为可见。',
    }),
    minimumMs: 100,
    default: '1 min',
    section: FILES_SECTION,
    advanced: true,
  }),
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
