/** Keeps the rows for which a condition is TRUE. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { expressionField } from '../../../spec/fields.ts';
import { oneLine } from '../../../spec/one-line.ts';
import { text } from '../../../spec/text.ts';
import { filterFlink } from './flink.ts';
import { filterSpark } from './spark.ts';

const fields = {
  condition: expressionField({
    label: text({ en: 'Keep rows where', zh: '保留满足条件的行' }),
    help: text({
      en: 'Flink SQL. A row is kept when the answer is TRUE; NULL counts as no.',
      zh: 'Flink SQL。结果为 TRUE 时保留；NULL 视为否。',
    }),
    returns: 'BOOLEAN',
  }),
};

export type FilterConfig = ConfigOf<typeof fields>;

export const filter = defineNode({
  type: 'filter',
  category: 'transforms',
  execution: 'stage',
  rank: 1,
  label: text({ en: 'Filter', zh: '过滤' }),
  summary: text({ en: 'Keeps rows for which a condition holds.', zh: '保留满足条件的行。' }),
  searchWords: ['where', 'condition', 'HAVING'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: () => [outputPort('out', text({ en: 'kept rows', zh: '保留的行' }))],
  describe: (config, language) =>
    config.condition === '' ? (language === 'zh' ? '尚无条件' : 'no condition yet') : oneLine(config.condition),
  check: () => [],
  outputSchema: (_config, inputs) => ({ out: inputs.shape() }),
  flinkSql: filterFlink,
  pySpark: filterSpark,
  migrations: [],
});
