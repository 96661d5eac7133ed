/** Picks, renames, computes and removes columns. */
import { stageOutputSchema } from '../../../expressions/compile/stage.ts';
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, columnsField, projectionsField, when } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkSelect } from './check.ts';
import { selectFlink } from './flink.ts';
import { selectSpark } from './spark.ts';
import { selectStage } from './stage.ts';

const fields = {
  keep: choiceField({
    label: text({ en: 'Columns', zh: '列' }),
    options: [
      {
        value: 'listed',
        label: text({ en: 'Only those listed', zh: '仅列出的列' }),
        help: text({ en: 'Like SELECT.', zh: '类似 SELECT。' }),
      },
      {
        value: 'all',
        label: text({ en: 'All, and those listed', zh: '全部列，以及列出的列' }),
        help: text({ en: 'A listed name that exists already replaces that column.', zh: '列出的名称若已存在，则替换该列。' }),
      },
    ],
  }),
  columns: projectionsField({
    label: text({ en: 'Listed columns', zh: '列出的列' }),
    help: text({ en: 'Name and Flink SQL expression.', zh: '名称与 Flink SQL 表达式。' }),
    default: [],
  }),
  remove: columnsField({
    label: text({ en: 'Leave out', zh: '去除' }),
    help: text({ en: 'Columns of the input that do not go on.', zh: '不再向后传递的输入列。' }),
    nested: false,
    plain: true,
    default: [],
    visibleWhen: when('keep', 'all'),
  }),
};

export type SelectConfig = ConfigOf<typeof fields>;

export const select = defineNode({
  type: 'select',
  category: 'transforms',
  execution: 'stage',
  rank: 2,
  label: text({ en: 'Select columns', zh: '选择列' }),
  summary: text({ en: 'Picks, renames, computes and removes columns.', zh: '选取、重命名、计算和去除列。' }),
  searchWords: ['map', 'project', 'derive', 'rename', 'drop', 'SELECT', 'withColumn', 'computed'],
  presets: [
    {
      id: 'derive',
      label: text({ en: 'Derive columns', zh: '派生列' }),
      summary: text({ en: 'Keeps every column and adds computed ones.', zh: '保留所有列并增加计算列。' }),
      config: { keep: 'all' },
    },
  ],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: () => [outputPort('out', text({ en: 'rows', zh: '数据' }))],
  describe: (config, language) => {
    const names = config.columns.map((column) => column.name).join(', ');
    if (config.keep === 'listed') return names === '' ? (language === 'zh' ? '尚无列' : 'no columns yet') : names;
    const added = names === '' ? '' : `+ ${names}`;
    const removed = config.remove.length === 0 ? '' : `− ${config.remove.join(', ')}`;
    return [added, removed].filter((part) => part !== '').join(' ') || (language === 'zh' ? '所有列' : 'all columns');
  },
  check: checkSelect,
  outputSchema: (config, inputs) => {
    const input = inputs.schema();
    return {
      out: {
        ...inputs.shape(),
        schema: stageOutputSchema(selectStage(config, { nodeId: '', inputSchema: input, settings: inputs.settings }), input),
      },
    };
  },
  flinkSql: selectFlink,
  pySpark: selectSpark,
  migrations: [],
});
