/** Reads rows from files of JSON lines or CSV. */

import { sourcePorts, sourceShapes } from '../../../spec/dead-letter.ts';
import { defineNode } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { pathField, schemaField, toggleField } from '../../../spec/fields.ts';
import {
  badLinesField,
  delimiterField,
  FORMAT_SECTION,
  formatField,
  headerField,
  lineBytesMaxField,
  nullTextField,
  PACE_SECTION,
  rowsPerSecondField,
  timestampFormatField,
} from '../../../spec/input-format.ts';
import { text } from '../../../spec/text.ts';
import { checkFileSource } from './check.ts';
import { fileSourceFlink } from './flink.ts';
import { fileSourceSpark } from './spark.ts';

const fields = {
  path: pathField({
    label: text({ en: 'File', zh: '文件' }),
    help: text({
      en: 'Relative paths start at the pipeline’s folder. * stands for any name, ** for any folders: `logs/**/*.ndjson`.',
      zh: '相对路径从管道所在目录开始。* 代表任意名称，** 代表任意层目录：`logs/**/*.ndjson`。',
    }),
    access: 'read',
    placeholder: 'data/*.ndjson',
    glob: true,
    extensions: ['ndjson', 'jsonl', 'json', 'csv', 'log', 'txt'],
  }),
  format: formatField,
  schema: schemaField({
    label: text({ en: 'Columns', zh: '列' }),
    help: text({
      en: 'Names and Flink SQL types, read from a sample and yours to change.',
      zh: '名称与 Flink SQL 类型，从样本读取，可以修改。',
    }),
    inferable: true,
  }),
  follow: toggleField({
    label: text({ en: 'Keep reading as files grow', zh: '文件增长时继续读取' }),
    help: text({
      en: 'Like tail -F: new lines and new files are read as they appear, and the run does not end by itself.',
      zh: '类似 tail -F：新行和新文件出现即读取，运行不会自行结束。',
    }),
    default: false,
  }),
  timestampFormat: timestampFormatField,
  delimiter: delimiterField,
  header: headerField,
  nullText: { ...nullTextField, section: FORMAT_SECTION },
  badLines: badLinesField,
  lineBytesMax: lineBytesMaxField,
  rowsPerSecond: { ...rowsPerSecondField, section: PACE_SECTION },
};

export type FileSourceConfig = ConfigOf<typeof fields>;

export const fileSource = defineNode({
  type: 'file-source',
  category: 'sources',
  execution: 'source',
  rank: 1,
  label: text({ en: 'Files', zh: '文件' }),
  summary: text({ en: 'Reads JSON lines or CSV, once or as files grow.', zh: '读取 JSON 行或 CSV 文件，一次读完或随文件增长持续读取。' }),
  searchWords: ['filesystem', 'csv', 'json', 'ndjson', 'jsonl', 'tail', 'log', 'FileSource', 'readTextFile'],
  presets: [
    {
      id: 'csv',
      label: text({ en: 'CSV file', zh: 'CSV 文件' }),
      summary: text({ en: 'Rows of comma-separated text.', zh: '以逗号分隔的文本行。' }),
      config: { format: 'csv' },
    },
    {
      id: 'follow',
      label: text({ en: 'Growing log file', zh: '持续增长的日志文件' }),
      summary: text({ en: 'Follows JSON lines like tail -F.', zh: '像 tail -F 一样跟随 JSON 行。' }),
      config: { follow: true },
    },
  ],
  fields,
  inputs: [],
  outputs: (config) => sourcePorts(config.badLines),
  describe: (config, language) => {
    const name = config.path === '' ? (language === 'zh' ? '尚未选择文件' : 'no file yet') : (config.path.split('/').at(-1) ?? config.path);
    return `${name} · ${config.format === 'csv' ? 'CSV' : language === 'zh' ? 'JSON 行' : 'JSON lines'}`;
  },
  check: checkFileSource,
  outputSchema: (config) => sourceShapes({ fields: config.schema }),
  pace: (config) => config.rowsPerSecond,
  bounded: (config) => !config.follow,
  delivery: () => 'replayable',
  flinkSql: fileSourceFlink,
  pySpark: fileSourceSpark,
  migrations: [],
});
