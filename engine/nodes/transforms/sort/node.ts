/** Lets rows leave in the order of their event time. */
import { appendOnly, defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, columnField, columnsField, durationField, listField } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkSort } from './check.ts';
import { sortFlink } from './flink.ts';
import { sortSpark } from './spark.ts';

const fields = {
  keys: columnsField({
    label: text({ en: 'Sort within', zh: '在以下分组内排序' }),
    help: text({
      en: 'Rows with equal values are in order among themselves. Without any, all rows are, in one subtask.',
      zh: '取值相同的行之间有序。不选则所有行有序，由一个子任务处理。',
    }),
    default: [],
  }),
  thenBy: listField({
    label: text({ en: 'Rows of equal time by', zh: '时间相同时按' }),
    help: text({ en: 'Otherwise such rows keep the order in which they arrived.', zh: '否则此类行保持到达顺序。' }),
    item: {
      column: columnField({ label: text({ en: 'Column', zh: '列' }) }),
      direction: choiceField({
        label: text({ en: 'Direction', zh: '方向' }),
        options: [
          { value: 'ascending', label: text({ en: 'ascending, NULL first', zh: '升序，NULL 在前' }) },
          { value: 'descending', label: text({ en: 'descending, NULL last', zh: '降序，NULL 在后' }) },
        ],
      }),
    },
    itemLabel: text({ en: 'Column', zh: '列' }),
    default: [],
  }),
  lateRows: choiceField({
    label: text({ en: 'Rows that come when later ones have left', zh: '在更晚的行输出之后到达的行' }),
    options: [
      { value: 'drop', label: text({ en: 'drop and count', zh: '丢弃并计数' }) },
      { value: 'late-output', label: text({ en: 'late output', zh: '迟到输出' }) },
    ],
  }),
  forgetAfter: durationField({
    label: text({ en: 'Forget a group after', zh: '多久后忘记分组' }),
    whenEmpty: text({ en: 'never', zh: '从不' }),
    help: text({
      en: 'By the clock, since its last row came or left; no row is late for it then. Groups with rows that wait stay. Empty: the time of the last row of each group is kept for ever.',
      zh: '按时钟计算，从该组最后一行到达或输出开始；之后该组没有迟到的行。仍有行在等待的分组会保留。留空则永久保留每个分组最后一行的时间。',
    }),
    minimumMs: 1,
    optional: true,
    advanced: true,
  }),
};

export type SortConfig = ConfigOf<typeof fields>;

export const sort = defineNode({
  type: 'sort',
  category: 'transforms',
  execution: 'operator',
  rank: 9,
  label: text({ en: 'Sort by event time', zh: '按事件时间排序' }),
  summary: text({
    en: 'Holds rows until the watermark has reached their time and lets them leave in its order.',
    zh: '将行保留到水位线到达其时间，然后按时间顺序输出。',
  }),
  searchWords: ['ORDER BY', 'rowtime', 'order', 'buffer', 'in order', 'reorder'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append', needs: 'watermark', keyedBy: 'keys' })],
  outputs: (config) => {
    const sorted = outputPort('out', text({ en: 'in order', zh: '有序数据' }));
    return config.lateRows === 'late-output' ? [sorted, outputPort('late', text({ en: 'late rows', zh: '迟到数据' }), 'late')] : [sorted];
  },
  describe: (config, language) => {
    const separator = language === 'zh' ? '、' : ', ';
    const within = config.keys.length === 0 ? (language === 'zh' ? '所有行' : 'all rows') : config.keys.join(separator);
    const columns = config.thenBy.map(({ column, direction }) => `${column} ${direction === 'ascending' ? '↑' : '↓'}`);
    const forgets = config.forgetAfter === null ? [] : [formatDuration(config.forgetAfter, language)];
    return [within, ...columns, ...forgets].join(' · ');
  },
  check: checkSort,
  outputSchema: (_config, inputs) => ({ out: appendOnly(inputs.schema()), late: appendOnly(inputs.schema()) }),
  flinkSql: sortFlink,
  pySpark: sortSpark,
  migrations: [],
});
