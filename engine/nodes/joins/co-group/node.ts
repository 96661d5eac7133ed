/** Aggregates the rows of two streams per key and window, side by side. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { aggregatesField, choiceField, columnsField, durationField, toggleField, when } from '../../../spec/fields.ts';
import { LEFT, RIGHT } from '../../../spec/join-inputs.ts';
import { text } from '../../../spec/text.ts';
import { checkCoGroup } from './check.ts';
import { coGroupFlink } from './flink.ts';
import { coGroupSchema } from './schema.ts';
import { coGroupSpark } from './spark.ts';

const fields = {
  leftKeys: columnsField({
    label: text({ en: 'Equal: columns of the left', zh: '相等的列（左）' }),
    input: LEFT,
    countMin: 1,
  }),
  rightKeys: columnsField({
    label: text({ en: 'Equal: columns of the right', zh: '相等的列（右）' }),
    help: text({ en: 'Compared one by one, in order. NULL is a group of its own.', zh: '按顺序逐一比较。NULL 自成一组。' }),
    input: RIGHT,
    countMin: 1,
  }),
  window: choiceField({
    label: text({ en: 'Window', zh: '窗口' }),
    options: [
      { value: 'tumbling', label: text({ en: 'Tumbling', zh: '滚动' }) },
      { value: 'sliding', label: text({ en: 'Sliding', zh: '滑动' }) },
      { value: 'cumulative', label: text({ en: 'Cumulative', zh: '累积' }) },
      { value: 'session', label: text({ en: 'Session', zh: '会话' }) },
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
    help: text({ en: 'Rows of both sides keep it open.', zh: '两侧的行都会使会话延续。' }),
    minimumMs: 1,
    default: '30 s',
    visibleWhen: when('window', 'session'),
  }),
  leftAggregates: aggregatesField({
    label: text({ en: 'Compute of the left', zh: '计算（左）' }),
    help: text({ en: 'A side without rows counts 0, everything else is NULL.', zh: '没有行的一侧计数为 0，其余为 NULL。' }),
    input: LEFT,
    countMin: 1,
  }),
  rightAggregates: aggregatesField({
    label: text({ en: 'Compute of the right', zh: '计算（右）' }),
    input: RIGHT,
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
      { value: 'late-output', label: text({ en: 'late outputs', zh: '迟到输出' }) },
    ],
    advanced: true,
  }),
};

export type CoGroupConfig = ConfigOf<typeof fields>;

export const coGroup = defineNode({
  type: 'co-group',
  category: 'joins',
  execution: 'operator',
  rank: 3,
  label: text({ en: 'Co-group', zh: '协同分组' }),
  summary: text({
    en: 'Aggregates the rows of two streams per key and window side by side; a side may be empty.',
    zh: '按键和窗口对两个流的行并列聚合；任一侧可以为空。',
  }),
  searchWords: ['coGroup', 'CoGroupFunction', 'both sides', 'compare streams', 'full outer', 'reconcile'],
  presets: [],
  fields,
  inputs: [
    inputPort(LEFT, text({ en: 'left', zh: '左' }), { changelog: 'append', needs: 'watermark', keyedBy: 'leftKeys' }),
    inputPort(RIGHT, text({ en: 'right', zh: '右' }), { changelog: 'append', needs: 'watermark', keyedBy: 'rightKeys' }),
  ],
  outputs: (config) => {
    const results = outputPort('out', text({ en: 'results', zh: '结果' }));
    if (config.lateRows !== 'late-output') return [results];
    const leftLate = outputPort('leftLate', text({ en: 'late rows of the left', zh: '左侧迟到数据' }), 'late');
    return [results, leftLate, outputPort('rightLate', text({ en: 'late rows of the right', zh: '右侧迟到数据' }), 'late')];
  },
  describe: (config, language) => {
    const keys = config.leftKeys.join(language === 'zh' ? '、' : ', ');
    return `${keys} · ${formatDuration(config.window === 'session' ? config.gap : config.size, language)}`;
  },
  check: checkCoGroup,
  outputSchema: coGroupSchema,
  flinkSql: coGroupFlink,
  pySpark: coGroupSpark,
  migrations: [],
});
