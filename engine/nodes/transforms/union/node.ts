/** Brings streams of the same columns together. Nothing runs for it: the planner lets every edge end at the next node. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkUnion } from './check.ts';
import { unionFlink } from './flink.ts';
import { unionSchema } from './schema.ts';
import { unionSpark } from './spark.ts';

const fields = {};

export type UnionConfig = ConfigOf<typeof fields>;

export const union = defineNode({
  type: 'union',
  category: 'transforms',
  execution: 'plan',
  rank: 5,
  label: text({ en: 'Union', zh: '合并' }),
  summary: text({ en: 'Brings streams of the same columns together.', zh: '合并列相同的多个流。' }),
  searchWords: ['UNION ALL', 'merge', 'concat', 'combine'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'streams', zh: '多个流' }), { changelog: 'any', many: true })],
  outputs: () => [outputPort('out', text({ en: 'all rows', zh: '全部数据' }))],
  describe: (_config, language) => (language === 'zh' ? '所有输入的行' : 'rows of every input'),
  check: checkUnion,
  outputSchema: (_config, inputs) => ({ out: unionSchema(inputs) }),
  exchange: () => ({ kind: 'forward' }),
  flinkSql: unionFlink,
  pySpark: unionSpark,
  migrations: [],
});
