/** Keeps the newest rows for a table in the designer; writes nothing. */
import { defineNode, inputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { numberField } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { previewSinkFlink } from './flink.ts';
import { previewSinkSpark } from './spark.ts';

const fields = {
  rowsMax: numberField({
    label: text({ en: 'Rows kept', zh: '保留行数' }),
    help: text({ en: 'The newest ones; older rows make room.', zh: '保留最新的行，旧行被替换。' }),
    integer: true,
    minimum: 1,
    maximum: 10000,
    default: 200,
    unit: text({ en: 'rows', zh: '行' }),
  }),
};

export type PreviewSinkConfig = ConfigOf<typeof fields>;

export const previewSink = defineNode({
  type: 'preview-sink',
  category: 'sinks',
  execution: 'sink',
  rank: 2,
  label: text({ en: 'Preview table', zh: '预览表' }),
  summary: text({ en: 'Shows the newest rows; writes nothing.', zh: '显示最新的行；不写任何内容。' }),
  searchWords: ['table', 'view', 'look', 'collect', 'blackhole'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: () => [],
  describe: (config, language) => (language === 'zh' ? `最新 ${config.rowsMax} 行` : `newest ${config.rowsMax} rows`),
  check: () => [],
  outputSchema: () => ({}),
  delivery: () => 'observing',
  flinkSql: previewSinkFlink,
  pySpark: previewSinkSpark,
  migrations: [],
});
