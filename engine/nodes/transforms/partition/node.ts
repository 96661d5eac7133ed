/** Decides how rows are spread over subtasks. Nothing runs for it: the planner gives its edge another exchange. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, columnsField, when } from '../../../spec/fields.ts';
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
};

export type PartitionConfig = ConfigOf<typeof fields>;

export const partition = defineNode({
  type: 'partition',
  category: 'transforms',
  execution: 'plan',
  rank: 7,
  label: text({ en: 'Partition', zh: '分区' }),
  summary: text({ en: 'How rows are spread over subtasks.', zh: '数据如何分发到各子任务。' }),
  searchWords: ['keyBy', 'rebalance', 'forward', 'broadcast', 'global', 'shuffle', 'repartition', 'distribute'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: () => [outputPort('out', text({ en: 'rows', zh: '数据' }))],
  describe: (config, language) => {
    const words = {
      key: language === 'zh' ? `按 ${config.keys.join('、')}` : `by ${config.keys.join(', ')}`,
      forward: language === 'zh' ? '不分发' : 'not at all',
      rebalance: language === 'zh' ? '均匀分发' : 'evenly',
      broadcast: language === 'zh' ? '广播' : 'to all',
      global: language === 'zh' ? '送往一个' : 'to one',
    };
    return words[config.strategy];
  },
  check: checkPartition,
  outputSchema: (_config, inputs) => ({ out: inputs.shape() }),
  exchange: ({ strategy, keys }) => {
    if (strategy === 'key') return { kind: 'hash', columns: keys };
    return strategy === 'forward' ? { kind: 'forward', strict: true } : { kind: strategy };
  },
  flinkSql: partitionFlink,
  pySpark: partitionSpark,
  migrations: [],
});
