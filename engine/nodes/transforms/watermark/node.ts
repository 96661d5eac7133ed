/** Says which column carries event time and how far behind rows may be. */

import { resolveColumn } from '../../../spec/column-path.ts';
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, durationField, watermarkField } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { watermarkFlink } from './flink.ts';
import { watermarkSpark } from './spark.ts';

const fields = {
  time: watermarkField({
    label: text({ en: 'Event time', zh: '事件时间' }),
    help: text({
      en: 'The time column, and how much later than newer rows a row may arrive without being late.',
      zh: '时间列，以及一行最多可以比更新的行晚到多久而不算迟到。',
    }),
  }),
  idleAfter: durationField({
    label: text({ en: 'Idle after', zh: '静默后视为空闲' }),
    whenEmpty: text({ en: 'never', zh: '从不' }),
    help: text({
      en: 'A subtask without rows for this long holds the watermark of the others back no more, until its next row. Left empty: never idle.',
      zh: '子任务在这么久没有数据之后，不再拖住其他子任务的水位线，直到它的下一行到来。留空：从不空闲。',
    }),
    minimumMs: 1,
    optional: true,
  }),
  rule: choiceField({
    label: text({ en: 'Counts as in', zh: '计算方式' }),
    help: text({ en: 'The two differ by one millisecond.', zh: '两者相差一毫秒。' }),
    options: [
      {
        value: 'sql',
        label: text({ en: 'Flink SQL', zh: 'Flink SQL' }),
        help: text({ en: 'Largest time − delay.', zh: '最大时间 − 延迟。' }),
      },
      {
        value: 'datastream',
        label: text({ en: 'DataStream', zh: 'DataStream' }),
        help: text({ en: 'Largest time − delay − 1 ms.', zh: '最大时间 − 延迟 − 1 毫秒。' }),
      },
    ],
    advanced: true,
  }),
};

export type WatermarkConfig = ConfigOf<typeof fields>;

export const watermark = defineNode({
  type: 'watermark',
  category: 'transforms',
  execution: 'stage',
  rank: 3,
  label: text({ en: 'Watermark', zh: '水位线' }),
  summary: text({ en: 'Event time: which column, and how far out of order.', zh: '事件时间：取哪一列，允许多大乱序。' }),
  searchWords: [
    'event time',
    'WATERMARK FOR',
    'assignTimestampsAndWatermarks',
    'withWatermark',
    'out of order',
    'lateness',
    'idle',
    'withIdleness',
  ],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append' })],
  outputs: () => [outputPort('out', text({ en: 'rows with event time', zh: '带事件时间的数据' }))],
  describe: (config, language) => {
    if (config.time.column === '') return language === 'zh' ? '尚未选择时间列' : 'no time column yet';
    return `${config.time.column} − ${formatDuration(config.time.delayMs, language)}`;
  },
  check: () => [],
  outputSchema: (config, inputs) => {
    const { fields: columns } = inputs.schema();
    const known = resolveColumn({ fields: columns }, config.time.column)?.path.length === 1;
    return { out: { changelog: 'append', schema: known ? { fields: columns, rowtime: config.time.column } : { fields: columns } } };
  },
  flinkSql: watermarkFlink,
  pySpark: watermarkSpark,
  migrations: [],
});
