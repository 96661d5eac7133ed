/** Brings rows of two streams together that have equal keys and fall into the same window of event time. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, columnsField, durationField, toggleField, when } from '../../../spec/fields.ts';
import { LEFT, RIGHT } from '../../../spec/join-inputs.ts';
import { text } from '../../../spec/text.ts';
import { checkWindowJoin } from './check.ts';
import { windowJoinFlink } from './flink.ts';
import { windowJoinSchema } from './schema.ts';
import { windowJoinSpark } from './spark.ts';

const fields = {
  kind: choiceField({
    label: text({ en: 'What leaves', zh: '输出' }),
    options: [
      { value: 'inner', label: text({ en: 'pairs only (inner)', zh: '仅配对（内连接）' }) },
      { value: 'left', label: text({ en: 'pairs, and every row of the left', zh: '配对及左侧所有行' }) },
      { value: 'right', label: text({ en: 'pairs, and every row of the right', zh: '配对及右侧所有行' }) },
      { value: 'full', label: text({ en: 'pairs, and every row of both', zh: '配对及两侧所有行' }) },
      { value: 'semi', label: text({ en: 'rows of the left with a partner', zh: '左侧有匹配的行' }) },
      { value: 'anti', label: text({ en: 'rows of the left without a partner', zh: '左侧没有匹配的行' }) },
    ],
  }),
  leftKeys: columnsField({
    label: text({ en: 'Equal: columns of the left', zh: '相等的列（左）' }),
    input: LEFT,
    countMin: 1,
  }),
  rightKeys: columnsField({
    label: text({ en: 'Equal: columns of the right', zh: '相等的列（右）' }),
    help: text({ en: 'Compared one by one, in order. NULL equals nothing.', zh: '按顺序逐一比较。NULL 不与任何值相等。' }),
    input: RIGHT,
    countMin: 1,
  }),
  window: choiceField({
    label: text({ en: 'Window', zh: '窗口' }),
    options: [
      { value: 'tumbling', label: text({ en: 'Tumbling', zh: '滚动' }) },
      { value: 'sliding', label: text({ en: 'Sliding', zh: '滑动' }) },
      { value: 'cumulative', label: text({ en: 'Cumulative', zh: '累积' }) },
    ],
  }),
  size: durationField({ label: text({ en: 'Window size', zh: '窗口大小' }), minimumMs: 1, default: '1 min' }),
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
  windowTime: toggleField({
    label: text({ en: 'Keep event time behind the join', zh: '连接之后保留事件时间' }),
    help: text({
      en: 'Adds window_time (end − 1 ms), the event-time column that a following window needs.',
      zh: '增加 window_time（窗口结束 − 1 毫秒），供后续窗口作为事件时间列。',
    }),
    default: false,
    advanced: true,
  }),
};

export type WindowJoinConfig = ConfigOf<typeof fields>;

export const windowJoin = defineNode({
  type: 'window-join',
  category: 'joins',
  execution: 'operator',
  rank: 2,
  label: text({ en: 'Window join', zh: '窗口连接' }),
  summary: text({
    en: 'Pairs rows of two streams with equal keys in the same window of event time.',
    zh: '将两个流中键相等且位于同一事件时间窗口的行配对。',
  }),
  searchWords: ['join', 'coGroup', 'TUMBLE', 'HOP', 'CUMULATE', 'semi', 'anti', 'EXISTS', 'outer join'],
  presets: [],
  fields,
  inputs: [
    inputPort(LEFT, text({ en: 'left', zh: '左' }), { changelog: 'append', needs: 'watermark', keyedBy: 'leftKeys' }),
    inputPort(RIGHT, text({ en: 'right', zh: '右' }), { changelog: 'append', needs: 'watermark', keyedBy: 'rightKeys' }),
  ],
  outputs: () => [outputPort('out', text({ en: 'joined rows', zh: '连接结果' }))],
  describe: (config, language) => `${config.leftKeys.join(language === 'zh' ? '、' : ', ')} · ${formatDuration(config.size, language)}`,
  check: checkWindowJoin,
  outputSchema: windowJoinSchema,
  flinkSql: windowJoinFlink,
  pySpark: windowJoinSpark,
  migrations: [],
});
