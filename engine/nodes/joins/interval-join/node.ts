/** Brings rows of two streams together that have equal keys and are near each other in event time. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, columnsField, durationField } from '../../../spec/fields.ts';
import { checkJoin, LEFT, RIGHT } from '../../../spec/join-inputs.ts';
import { text } from '../../../spec/text.ts';
import { intervalJoinFlink } from './flink.ts';
import { intervalJoinSchema } from './schema.ts';
import { intervalJoinSpark } from './spark.ts';

const fields = {
  kind: choiceField({
    label: text({ en: 'Rows without a partner', zh: '没有匹配的行' }),
    options: [
      { value: 'inner', label: text({ en: 'leave out (inner)', zh: '舍弃（内连接）' }) },
      { value: 'left', label: text({ en: 'keep those of the left', zh: '保留左侧的行' }) },
      { value: 'right', label: text({ en: 'keep those of the right', zh: '保留右侧的行' }) },
      { value: 'full', label: text({ en: 'keep both sides', zh: '保留两侧的行' }) },
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
  before: durationField({
    label: text({ en: 'The right may be earlier by', zh: '右侧最多可早' }),
    minimumMs: 0,
    default: '0 s',
  }),
  after: durationField({
    label: text({ en: 'The right may be later by', zh: '右侧最多可晚' }),
    help: text({ en: 'Both bounds belong to the interval.', zh: '区间包含两端。' }),
    minimumMs: 0,
    default: '10 min',
  }),
  lateRows: choiceField({
    label: text({ en: 'Rows behind the watermark', zh: '落后于水位线的行' }),
    options: [
      {
        value: 'join',
        label: text({ en: 'join what is still kept', zh: '与仍保留的行连接' }),
        help: text({ en: 'As Flink SQL does.', zh: '与 Flink SQL 相同。' }),
      },
      { value: 'drop', label: text({ en: 'drop and count', zh: '丢弃并计数' }) },
      { value: 'late-output', label: text({ en: 'late outputs', zh: '迟到输出' }) },
    ],
    advanced: true,
  }),
};

export type IntervalJoinConfig = ConfigOf<typeof fields>;

export const intervalJoin = defineNode({
  type: 'interval-join',
  category: 'joins',
  execution: 'operator',
  rank: 1,
  label: text({ en: 'Interval join', zh: '区间连接' }),
  summary: text({
    en: 'Pairs rows of two streams with equal keys that are near each other in time.',
    zh: '将两个流中键相等且时间相近的行配对。',
  }),
  searchWords: ['join', 'intervalJoin', 'between', 'stream join', 'outer join', 'correlate'],
  presets: [],
  fields,
  inputs: [
    inputPort(LEFT, text({ en: 'left', zh: '左' }), { changelog: 'append', needs: 'watermark', keyedBy: 'leftKeys' }),
    inputPort(RIGHT, text({ en: 'right', zh: '右' }), { changelog: 'append', needs: 'watermark', keyedBy: 'rightKeys' }),
  ],
  outputs: (config) => {
    const joined = outputPort('out', text({ en: 'pairs', zh: '配对' }));
    if (config.lateRows !== 'late-output') return [joined];
    const leftLate = outputPort('leftLate', text({ en: 'late rows of the left', zh: '左侧迟到数据' }), 'late');
    return [joined, leftLate, outputPort('rightLate', text({ en: 'late rows of the right', zh: '右侧迟到数据' }), 'late')];
  },
  describe: (config, language) => {
    const keys = config.leftKeys.join(language === 'zh' ? '、' : ', ');
    return `${keys} · −${formatDuration(config.before, language)} … +${formatDuration(config.after, language)}`;
  },
  check: checkJoin,
  outputSchema: intervalJoinSchema,
  flinkSql: intervalJoinFlink,
  pySpark: intervalJoinSpark,
  migrations: [],
});
