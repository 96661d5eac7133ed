/** Groups rows into stretches of event time and computes aggregates for each. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { aggregatesField, choiceField, columnsField, durationField, toggleField, when } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkWindowAggregate } from './check.ts';
import { windowAggregateFlink } from './flink.ts';
import { windowAggregateSchema } from './schema.ts';
import { windowAggregateSpark } from './spark.ts';

const LATE_SECTION = text({ en: 'Lateness', zh: '迟到' });

const fields = {
  window: choiceField({
    label: text({ en: 'Window', zh: '窗口' }),
    options: [
      {
        value: 'tumbling',
        label: text({ en: 'Tumbling', zh: '滚动' }),
        help: text({ en: 'One after the other, without gaps.', zh: '首尾相接，没有间隙。' }),
      },
      {
        value: 'sliding',
        label: text({ en: 'Sliding', zh: '滑动' }),
        help: text({ en: 'Overlapping; a row counts in several.', zh: '相互重叠；一行计入多个窗口。' }),
      },
      {
        value: 'cumulative',
        label: text({ en: 'Cumulative', zh: '累积' }),
        help: text({ en: 'Grows step by step up to a size, then starts again.', zh: '逐步增长到最大长度，然后重新开始。' }),
      },
      {
        value: 'session',
        label: text({ en: 'Session', zh: '会话' }),
        help: text({ en: 'Ends after a pause without rows.', zh: '在一段没有数据的停顿之后结束。' }),
      },
    ],
  }),
  size: durationField({
    label: text({ en: 'Window size', zh: '窗口大小' }),
    minimumMs: 1,
    default: '1 min',
    visibleWhen: when('window', 'tumbling', 'sliding', 'cumulative'),
  }),
  slide: durationField({
    label: text({ en: 'Starts every', zh: '滑动步长' }),
    help: text({ en: 'The size is a multiple of it.', zh: '窗口大小须是它的整数倍。' }),
    minimumMs: 1,
    default: '10 s',
    visibleWhen: when('window', 'sliding'),
  }),
  step: durationField({
    label: text({ en: 'Grows by', zh: '累积步长' }),
    help: text({ en: 'The size is a multiple of it.', zh: '窗口大小须是它的整数倍。' }),
    minimumMs: 1,
    default: '10 s',
    visibleWhen: when('window', 'cumulative'),
  }),
  gap: durationField({
    label: text({ en: 'Ends after a pause of', zh: '会话间隔' }),
    minimumMs: 1,
    default: '30 s',
    visibleWhen: when('window', 'session'),
  }),
  offset: durationField({
    label: text({ en: 'Shifted by', zh: '偏移' }),
    help: text({
      en: 'Windows start this much after full multiples of the size since 1970.',
      zh: '窗口起点相对于 1970 年以来整数倍大小的偏移量。',
    }),
    minimumMs: 0,
    default: '0 s',
    visibleWhen: when('window', 'tumbling', 'sliding', 'cumulative'),
    advanced: true,
  }),
  keys: columnsField({
    label: text({ en: 'Group by', zh: '分组' }),
    help: text({
      en: 'One result per window and combination of values. None: one result per window.',
      zh: '每个窗口、每种取值组合一个结果。不选则每个窗口一个结果。',
    }),
    default: [],
  }),
  aggregates: aggregatesField({
    label: text({ en: 'Compute', zh: '计算' }),
    help: text({
      en: 'COUNT(*), SUM, MIN, MAX, AVG of a column, COUNT(DISTINCT column).',
      zh: 'COUNT(*)，某列的 SUM、MIN、MAX、AVG，COUNT(DISTINCT 列)。',
    }),
    default: [{ name: 'row_count', expression: 'COUNT(*)' }],
    countMin: 1,
  }),
  windowTime: toggleField({
    label: text({ en: 'Keep event time behind the window', zh: '窗口之后保留事件时间' }),
    help: text({
      en: 'Adds window_time (end − 1 ms), the event-time column that a following window needs.',
      zh: '增加 window_time（窗口结束 − 1 毫秒），供后续窗口作为事件时间列。',
    }),
    default: false,
    advanced: true,
  }),
  lateRows: choiceField({
    label: text({ en: 'Late rows', zh: '迟到数据' }),
    help: text({ en: 'Rows all of whose windows are closed.', zh: '所属窗口全部关闭之后才到达的行。' }),
    options: [
      { value: 'drop', label: text({ en: 'drop and count', zh: '丢弃并计数' }) },
      { value: 'late-output', label: text({ en: 'late output', zh: '迟到输出' }) },
    ],
    section: LATE_SECTION,
  }),
  allowedLateness: durationField({
    label: text({ en: 'Allowed lateness', zh: '允许迟到' }),
    help: text({
      en: 'Keep a fired window this long; each late row then fires it once more with the new result.',
      zh: '窗口触发后继续保留这么久；每个迟到的行会使其带着新结果再次触发。',
    }),
    minimumMs: 0,
    default: '0 s',
    section: LATE_SECTION,
    advanced: true,
  }),
};

export type WindowAggregateConfig = ConfigOf<typeof fields>;

export const windowAggregate = defineNode({
  type: 'window-aggregate',
  category: 'windows',
  execution: 'operator',
  rank: 1,
  label: text({ en: 'Window', zh: '窗口' }),
  summary: text({ en: 'Aggregates per stretch of event time and key.', zh: '按事件时间段和键聚合。' }),
  searchWords: ['group by', 'TUMBLE', 'HOP', 'CUMULATE', 'SESSION', 'hopping', 'windowAll', 'sum', 'count', 'average'],
  presets: [
    {
      id: 'tumbling',
      label: text({ en: 'Tumbling window', zh: '滚动窗口' }),
      summary: text({ en: 'One window after the other.', zh: '窗口首尾相接。' }),
      config: { window: 'tumbling' },
    },
    {
      id: 'sliding',
      label: text({ en: 'Sliding window', zh: '滑动窗口' }),
      summary: text({ en: 'Overlapping windows (HOP).', zh: '相互重叠的窗口（HOP）。' }),
      config: { window: 'sliding' },
      icon: 'icon-sliding.svg',
    },
    {
      id: 'cumulative',
      label: text({ en: 'Cumulative window', zh: '累积窗口' }),
      summary: text({ en: 'Running totals that start again.', zh: '周期性重新开始的累计值。' }),
      config: { window: 'cumulative' },
      icon: 'icon-cumulative.svg',
    },
    {
      id: 'session',
      label: text({ en: 'Session window', zh: '会话窗口' }),
      summary: text({ en: 'Activity between pauses.', zh: '两次停顿之间的活动。' }),
      config: { window: 'session' },
      icon: 'icon-session.svg',
    },
  ],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append', needs: 'watermark', keyedBy: 'keys' })],
  outputs: (config) => {
    const results = outputPort('out', text({ en: 'results', zh: '结果' }));
    return config.lateRows === 'late-output' ? [results, outputPort('late', text({ en: 'late rows', zh: '迟到数据' }), 'late')] : [results];
  },
  describe: (config, language) => {
    const keys = config.keys.length === 0 ? '' : language === 'zh' ? ` · 按 ${config.keys.join('、')}` : ` by ${config.keys.join(', ')}`;
    return `${describeWindow(config, language)}${keys}`;
  },
  stateOnDisk: (config) => config.window !== 'session' && config.allowedLateness === 0,
  check: checkWindowAggregate,
  outputSchema: windowAggregateSchema,
  flinkSql: windowAggregateFlink,
  pySpark: windowAggregateSpark,
  migrations: [],
});

function describeWindow(config: WindowAggregateConfig, language: 'en' | 'zh'): string {
  const size = formatDuration(config.size, language);
  switch (config.window) {
    case 'tumbling':
      return language === 'zh' ? `每 ${size}` : `every ${size}`;
    case 'sliding':
      return language === 'zh'
        ? `${size}，每 ${formatDuration(config.slide, language)}`
        : `${size} every ${formatDuration(config.slide, language)}`;
    case 'cumulative':
      return language === 'zh'
        ? `累积到 ${size}，每 ${formatDuration(config.step, language)}`
        : `up to ${size} by ${formatDuration(config.step, language)}`;
    case 'session':
      return language === 'zh'
        ? `停顿 ${formatDuration(config.gap, language)}后结束`
        : `until a pause of ${formatDuration(config.gap, language)}`;
  }
}
