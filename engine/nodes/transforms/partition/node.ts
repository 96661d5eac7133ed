/** Decides how rows are spread over subtasks. Nothing runs for it: the planner gives its edge another exchange. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, columnField, columnsField, when } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkPartition } from './check.ts';
import { partitionFlink } from './flink.ts';
import { partitionSpark } from './spark.ts';

const fields = {
  strategy: choiceField({
    label: text({ en: 'Spread rows', zh: '分发方式' }),
    options: [
      {
        value: 'key',
        label: text({ en: 'by key', zh: '按键' }),
        help: text({ en: 'Equal keys go to the same subtask.', zh: '相同的键送往同一子任务。' }),
      },
      {
        value: 'forward',
        label: text({ en: 'not at all', zh: '不分发' }),
        help: text({
          en: 'Every row stays in its subtask; both sides need the same parallelism.',
          zh: '每行留在原子任务；两侧并行度必须相同。',
        }),
      },
      {
        value: 'rebalance',
        label: text({ en: 'evenly', zh: '均匀' }),
        help: text({ en: 'In turn to every subtask.', zh: '轮流送往各子任务。' }),
      },
      {
        value: 'rescale',
        label: text({ en: 'evenly, nearby', zh: '就近均匀' }),
        help: text({
          en: 'In turn to the subtasks that share the work of one before them: fewer channels, and what one reads stays with a few.',
          zh: '轮流送往与上游子任务对应的少数子任务：通道更少，一个上游读到的数据只到少数下游。',
        }),
      },
      {
        value: 'shuffle',
        label: text({ en: 'at random', zh: '随机' }),
        help: text({ en: 'To any subtask, drawn for each row.', zh: '每行随机送往一个子任务。' }),
      },
      {
        value: 'custom',
        label: text({ en: 'by number', zh: '按编号' }),
        help: text({
          en: 'To the subtask whose number stands in a column; Derive columns can compute it.',
          zh: '送往某列所给编号的子任务；可用“派生列”计算该列。',
        }),
      },
      {
        value: 'broadcast',
        label: text({ en: 'to all', zh: '广播' }),
        help: text({ en: 'Every row to every subtask.', zh: '每行送往所有子任务。' }),
      },
      {
        value: 'global',
        label: text({ en: 'to one', zh: '全部送往一个' }),
        help: text({ en: 'Everything to the first subtask.', zh: '全部送往第一个子任务。' }),
      },
    ],
  }),
  keys: columnsField({
    label: text({ en: 'Key', zh: '键' }),
    default: [],
    visibleWhen: when('strategy', 'key'),
  }),
  column: columnField({
    label: text({ en: 'Number of the subtask', zh: '子任务编号' }),
    help: text({
      en: 'Counted from 0; a number beyond the last begins again at the first, a negative one at the last. NULL goes to the first.',
      zh: '从 0 开始；超出时从头循环，负数从末尾循环。NULL 送往第一个。',
    }),
    types: ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT'],
    visibleWhen: when('strategy', 'custom'),
  }),
};

export type PartitionConfig = ConfigOf<typeof fields>;

export const partition = defineNode({
  type: 'partition',
  category: 'transforms',
  execution: 'plan',
  rank: 7,
  label: text({ en: 'Partition', zh: '分区' }),
  summary: text({ en: 'How rows are spread over subtasks.', zh: '数据如何分发到各子任务。' }),
  searchWords: [
    'keyBy',
    'rebalance',
    'forward',
    'broadcast',
    'global',
    'rescale',
    'shuffle',
    'random',
    'custom',
    'repartition',
    'distribute',
  ],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: () => [outputPort('out', text({ en: 'rows', zh: '数据' }))],
  describe: (config, language) => {
    const words = {
      key: language === 'zh' ? `按 ${config.keys.join('、')}` : `by ${config.keys.join(', ')}`,
      forward: language === 'zh' ? '不分发' : 'not at all',
      rebalance: language === 'zh' ? '均匀分发' : 'evenly',
      rescale: language === 'zh' ? '就近均匀分发' : 'evenly, nearby',
      shuffle: language === 'zh' ? '随机分发' : 'at random',
      custom: language === 'zh' ? `按 ${config.column} 中的编号` : `by the number in ${config.column}`,
      broadcast: language === 'zh' ? '广播' : 'to all',
      global: language === 'zh' ? '送往一个' : 'to one',
    };
    return words[config.strategy];
  },
  check: checkPartition,
  outputSchema: (_config, inputs) => ({ out: inputs.shape() }),
  exchange: ({ strategy, keys, column }) => {
    if (strategy === 'key') return { kind: 'hash', columns: keys };
    if (strategy === 'custom') return { kind: 'custom', column };
    return strategy === 'forward' ? { kind: 'forward', strict: true } : { kind: strategy };
  },
  flinkSql: partitionFlink,
  pySpark: partitionSpark,
  migrations: [],
});
