/** Makes a row of every element of a list. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, columnField, projectionsField, textField, toggleField, when } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { TEXT_TYPES } from '../../../spec/type-choice.ts';
import { checkFlatten } from './check.ts';
import { flattenFlink } from './flink.ts';
import { flattenSchema } from './schema.ts';
import { flattenSpark } from './spark.ts';

const NAME_MAX = 256;
const RESULT = text({ en: 'Columns of the result', zh: '结果列' });

const fields = {
  from: choiceField({
    label: text({ en: 'The elements are', zh: '元素来自' }),
    options: [
      {
        value: 'text',
        label: text({ en: 'pieces of a text', zh: '文本的各段' }),
        help: text({ en: "Like Flink SQL's SPLIT.", zh: '与 Flink SQL 的 SPLIT 相同。' }),
      },
      {
        value: 'json',
        label: text({ en: 'in a JSON array', zh: 'JSON 数组' }),
        help: text({ en: 'In a column of text.', zh: '位于文本列中。' }),
      },
      {
        value: 'columns',
        label: text({ en: 'several columns', zh: '多个列' }),
        help: text({ en: 'Columns become rows (UNPIVOT).', zh: '列转行（UNPIVOT）。' }),
      },
    ],
  }),
  column: columnField({
    label: text({ en: 'Column', zh: '列' }),
    types: ['VARCHAR', 'CHAR'],
    visibleWhen: when('from', 'text', 'json'),
  }),
  separator: textField({
    label: text({ en: 'Cut at', zh: '分隔符' }),
    help: text({
      en: 'Pieces keep their blanks; between separators that touch there is an empty piece.',
      zh: '各段保留空格；相邻分隔符之间为空串。',
    }),
    default: ',',
    lengthMax: 100,
    visibleWhen: when('from', 'text'),
  }),
  path: textField({
    label: text({ en: 'Path to the array', zh: '数组的路径' }),
    help: text({ en: '$ is the whole text; $.order.items leads into objects.', zh: '$ 表示整个文本；$.order.items 进入对象内部。' }),
    default: '$',
    lengthMax: 1000,
    visibleWhen: when('from', 'json'),
  }),
  values: projectionsField({
    label: text({ en: 'Values', zh: '值' }),
    help: text({ en: 'Each gives a row; all get one type.', zh: '每个值成为一行；类型统一。' }),
    countMin: 1,
    visibleWhen: when('from', 'columns'),
  }),
  without: choiceField({
    label: text({ en: 'Rows without elements', zh: '没有元素的行' }),
    options: [
      { value: 'drop', label: text({ en: 'leave out', zh: '舍弃' }), help: text({ en: 'CROSS JOIN UNNEST.', zh: 'CROSS JOIN UNNEST。' }) },
      {
        value: 'keep',
        label: text({ en: 'keep, with NULL', zh: '保留并填 NULL' }),
        help: text({ en: 'LEFT JOIN UNNEST.', zh: 'LEFT JOIN UNNEST。' }),
      },
    ],
    visibleWhen: when('from', 'text', 'json'),
  }),
  nulls: choiceField({
    label: text({ en: 'Values that are NULL', zh: '为 NULL 的值' }),
    options: [
      { value: 'keep', label: text({ en: 'give a row', zh: '输出一行' }) },
      { value: 'drop', label: text({ en: 'leave out', zh: '舍弃' }) },
    ],
    visibleWhen: when('from', 'columns'),
  }),
  name: textField({
    label: text({ en: 'Column of the name', zh: '名称列' }),
    help: text({ en: 'Which of the values the row is.', zh: '该行是哪一个值。' }),
    whenEmpty: text({ en: 'no such column', zh: '无此列' }),
    default: 'name',
    optional: true,
    lengthMax: NAME_MAX,
    section: RESULT,
    visibleWhen: when('from', 'columns'),
  }),
  element: textField({
    label: text({ en: 'Column of the element', zh: '元素列' }),
    default: 'element',
    lengthMax: NAME_MAX,
    section: RESULT,
  }),
  type: choiceField({
    label: text({ en: 'Type of the element', zh: '元素的类型' }),
    help: text({ en: 'An element that cannot be read as one is NULL.', zh: '无法转换的元素为 NULL。' }),
    options: TEXT_TYPES,
    section: RESULT,
    visibleWhen: when('from', 'text', 'json'),
  }),
  position: textField({
    label: text({ en: 'Column of its number', zh: '序号列' }),
    whenEmpty: text({ en: 'no such column', zh: '无此列' }),
    help: text({ en: 'From 1 (WITH ORDINALITY).', zh: '从 1 开始（WITH ORDINALITY）。' }),
    optional: true,
    lengthMax: NAME_MAX,
    section: RESULT,
  }),
  keepSource: toggleField({
    label: text({ en: 'Keep what the elements come from', zh: '保留元素的来源列' }),
    default: true,
    section: RESULT,
  }),
};

export type FlattenConfig = ConfigOf<typeof fields>;

export const flatten = defineNode({
  type: 'flatten',
  category: 'transforms',
  execution: 'operator',
  rank: 5,
  label: text({ en: 'Flatten', zh: '展开' }),
  summary: text({
    en: 'Makes a row of every element: of a split text, a JSON array, several columns.',
    zh: '把每个元素变成一行：拆分的文本、JSON 数组或多个列。',
  }),
  searchWords: ['flatMap', 'UNNEST', 'explode', 'split', 'lateral', 'unpivot', 'melt', 'array', 'tokenize'],
  presets: [
    {
      id: 'unpivot',
      label: text({ en: 'Columns to rows', zh: '列转行' }),
      summary: text({ en: 'Makes a row of each of several columns.', zh: '把多个列各变成一行。' }),
      config: { from: 'columns', element: 'value', keepSource: false },
    },
  ],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: () => [outputPort('out', text({ en: 'elements', zh: '元素' }))],
  describe: (config, language) => {
    const source = config.from === 'columns' ? config.values.map(({ name }) => name).join(language === 'zh' ? '、' : ', ') : config.column;
    return source === '' ? (language === 'zh' ? '尚未选择' : 'nothing chosen yet') : `${source} → ${config.element}`;
  },
  check: checkFlatten,
  outputSchema: (config, inputs) => ({ out: { ...inputs.shape(), schema: flattenSchema(config, inputs.schema(), inputs.settings) } }),
  flinkSql: flattenFlink,
  pySpark: flattenSpark,
  migrations: [],
});
