/** Prints rows for the person who watches: to the command line or the run's log. */
import { defineNode, inputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { numberField, textField } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { printSinkFlink } from './flink.ts';
import { printSinkSpark } from './spark.ts';

const fields = {
  prefix: textField({
    label: text({ en: 'Begin each line with', zh: '每行前缀' }),
    whenEmpty: text({ en: 'nothing', zh: '无' }),
    default: '',
    emptyAllowed: true,
    lengthMax: 64,
  }),
  rowsPerSecond: numberField({
    label: text({ en: 'Rows per second at most', zh: '每秒最多行数' }),
    whenEmpty: text({ en: 'every row', zh: '每一行' }),
    unit: text({ en: 'rows/s', zh: '行/秒' }),
    help: text({ en: 'What is over it is counted and left out. Left empty: every row.', zh: '超出部分只计数、不打印。留空：打印每一行。' }),
    minimum: 1,
    maximum: 1000000,
    optional: true,
  }),
};

export type PrintSinkConfig = ConfigOf<typeof fields>;

export const printSink = defineNode({
  type: 'print-sink',
  category: 'sinks',
  execution: 'sink',
  rank: 3,
  label: text({ en: 'Print', zh: '打印' }),
  summary: text({ en: 'Prints each row with its row kind.', zh: '打印每一行及其行类型。' }),
  searchWords: ['stdout', 'console', 'log', 'debug', 'PrintSink'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: () => [],
  describe: (config, language) => (config.prefix === '' ? (language === 'zh' ? '打印每一行' : 'every row') : config.prefix),
  check: () => [],
  outputSchema: () => ({}),
  prints: true,
  delivery: () => 'repeats',
  flinkSql: printSinkFlink,
  pySpark: printSinkSpark,
  migrations: [],
});
