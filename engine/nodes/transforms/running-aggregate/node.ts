/** Emits a row per row: the aggregates of its key so far, or its key's best row so far. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { aggregatesField, choiceField, columnField, columnsField, durationField, when } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkRunningAggregate } from './check.ts';
import { runningAggregateFlink } from './flink.ts';
import { runningAggregateSchema } from './schema.ts';
import { runningAggregateSpark } from './spark.ts';

const fields = {
  keys: columnsField({
    label: text({ en: 'Group by', zh: '分组列' }),
    help: text({ en: 'Without any, all rows are one group, in one subtask.', zh: '不选则所有行为一组，由一个子任务处理。' }),
    default: [],
  }),
  result: choiceField({
    label: text({ en: 'Each row leaves as', zh: '每一行输出为' }),
    options: [
      { value: 'aggregates', label: text({ en: 'itself, with the aggregates so far', zh: '自身及截至目前的聚合' }) },
      { value: 'min-by', label: text({ en: 'the row with the least value so far', zh: '截至目前取值最小的行' }) },
      { value: 'max-by', label: text({ en: 'the row with the greatest value so far', zh: '截至目前取值最大的行' }) },
    ],
  }),
  aggregates: aggregatesField({
    label: text({ en: 'Compute', zh: '计算' }),
    help: text({ en: 'Over all rows of the group so far, this one included.', zh: '针对该组截至目前的所有行（含本行）。' }),
    countMin: 1,
    visibleWhen: when('result', 'aggregates'),
  }),
  by: columnField({
    label: text({ en: 'Compared by', zh: '比较的列' }),
    help: text({ en: 'Any value is better than NULL.', zh: '任何值都优于 NULL。' }),
    visibleWhen: when('result', 'min-by', 'max-by'),
  }),
  ties: choiceField({
    label: text({ en: 'Of equal values', zh: '取值相等时' }),
    options: [
      { value: 'first', label: text({ en: 'the first row stays', zh: '保留最先的行' }) },
      { value: 'last', label: text({ en: 'the last row counts', zh: '采用最后的行' }) },
    ],
    visibleWhen: when('result', 'min-by', 'max-by'),
  }),
  forgetAfter: durationField({
    label: text({ en: 'Forget a group after', zh: '多久后忘记分组' }),
    whenEmpty: text({ en: 'never', zh: '从不' }),
    help: text({
      en: 'By the clock, since its last row; it then begins anew. Empty: groups are kept for ever, and state grows with them.',
      zh: '按时钟计算，从该组最后一行开始；之后重新累计。留空则永久保留，状态随之增长。',
    }),
    minimumMs: 1,
    optional: true,
    advanced: true,
  }),
};

export type RunningAggregateConfig = ConfigOf<typeof fields>;

export const runningAggregate = defineNode({
  type: 'running-aggregate',
  category: 'transforms',
  execution: 'operator',
  rank: 8,
  label: text({ en: 'Running aggregate', zh: '逐行聚合' }),
  summary: text({
    en: 'Gives every row the sum, count, least, greatest or average of its group so far, or the best row of its group.',
    zh: '为每一行给出其分组截至目前的和、计数、最小、最大或平均值，或该组的最优行。',
  }),
  searchWords: ['reduce', 'sum', 'min', 'max', 'minBy', 'maxBy', 'cumulative sum', 'running total', 'OVER', 'fold', 'rolling'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append', keyedBy: 'keys' })],
  outputs: () => [outputPort('out', text({ en: 'a row per row', zh: '逐行结果' }))],
  describe: (config, language) => {
    const separator = language === 'zh' ? '、' : ', ';
    const names =
      config.aggregates.map((aggregate) => aggregate.name).join(separator) || (language === 'zh' ? '尚无聚合' : 'no aggregates yet');
    const best = { aggregates: names, 'min-by': `min ${config.by}`, 'max-by': `max ${config.by}` }[config.result];
    const keys = config.keys.length === 0 ? [] : [config.keys.join(separator)];
    const forgets = config.forgetAfter === null ? [] : [formatDuration(config.forgetAfter, language)];
    return [...keys, best, ...forgets].join(' · ');
  },
  check: checkRunningAggregate,
  outputSchema: runningAggregateSchema,
  flinkSql: runningAggregateFlink,
  pySpark: runningAggregateSpark,
  migrations: [],
});
