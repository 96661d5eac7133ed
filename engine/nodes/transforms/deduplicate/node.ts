/** Lets the first row of each key through. */
import { appendOnly, defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { columnsField, durationField } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkDeduplicate } from './check.ts';
import { deduplicateFlink } from './flink.ts';
import { deduplicateSpark } from './spark.ts';

const fields = {
  keys: columnsField({
    label: text({ en: 'Rows are the same with equal', zh: '按这些列判断重复' }),
    help: text({
      en: 'Of rows with equal values the first to arrive leaves. NULL counts as a value.',
      zh: '取值相同的行中，最先到达的一行被输出。NULL 也算一个值。',
    }),
    countMin: 1,
  }),
  forgetAfter: durationField({
    label: text({ en: 'Forget a value after', zh: '多久后忘记' }),
    whenEmpty: text({ en: 'never', zh: '从不' }),
    help: text({
      en: 'By the clock, from its first row on; it then counts as new. Empty: values are remembered for ever, and state grows with them.',
      zh: '按时钟计算，从第一行开始；之后视为新值。留空则永久记住，状态随之增长。',
    }),
    minimumMs: 1,
    optional: true,
  }),
};

export type DeduplicateConfig = ConfigOf<typeof fields>;

export const deduplicate = defineNode({
  type: 'deduplicate',
  category: 'transforms',
  execution: 'operator',
  rank: 7,
  label: text({ en: 'Deduplicate', zh: '去重' }),
  summary: text({ en: 'Lets the first row of each value through.', zh: '每个取值只输出第一行。' }),
  searchWords: ['distinct', 'dedup', 'unique', 'first', 'ROW_NUMBER', 'dropDuplicates'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append', keyedBy: 'keys' })],
  outputs: () => [outputPort('out', text({ en: 'first rows', zh: '首行' }))],
  describe: (config, language) => {
    const keys = config.keys.join(language === 'zh' ? '、' : ', ');
    const first = language === 'zh' ? `每个 ${keys} 的首行` : `first of each ${keys}`;
    return config.forgetAfter === null ? first : `${first} · ${formatDuration(config.forgetAfter, language)}`;
  },
  stateOnDisk: () => true,
  check: checkDeduplicate,
  outputSchema: (_config, inputs) => ({ out: appendOnly(inputs.schema()) }),
  flinkSql: deduplicateFlink,
  pySpark: deduplicateSpark,
  migrations: [],
});
