/** Rows that TypeScript makes. */
import { checkCode, checkLists, checkWrittenColumns } from '../../../spec/custom-code/check-code.ts';
import { declareSourceCode } from '../../../spec/custom-code/declare-ends.ts';
import { codeListsOf, operatorListsField } from '../../../spec/custom-code/process-fields.ts';
import { ROWS_PORT } from '../../../spec/dead-letter.ts';
import { appendOnly, defineNode } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { codeField, numberField, schemaField, toggleField } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { customSourceFlink } from './flink.ts';
import { customSourceSpark } from './spark.ts';

const FIRST_CODE = `function read(position: number | null, ctx: Context, out: Output) {
  const from = position ?? 0;
  for (let id = from; id < from + 100; id++) out.emit({ id, name: 'row ' + id });
  return from + 100 < 1000 ? from + 100 : null;
}
`;

const fields = {
  schema: schemaField({
    label: text({ en: 'Columns', zh: '列' }),
    help: text({ en: 'Names and Flink SQL types of the rows.', zh: '各行的列名与 Flink SQL 类型。' }),
    default: [
      { name: 'id', type: 'BIGINT' },
      { name: 'name', type: 'STRING' },
    ],
  }),
  code: codeField({
    label: text({ en: 'Code', zh: '代码' }),
    help: text({
      en: 'TypeScript: “function read(position, ctx, out)” is called again and again: it emits some rows and answers the position to go on from, null at the end. The first position is null. It runs only in pipelines that you trust.',
      zh: 'TypeScript：反复调用“function read(position, ctx, out)”：它输出若干行，并返回继续读取的位置，结束时返回 null。首次的位置是 null。只在受信任的管道中运行。',
    }),
    language: 'typescript',
    default: FIRST_CODE,
  }),
  splits: numberField({
    label: text({ en: 'Splits', zh: '分片数' }),
    help: text({
      en: 'Parts that are read at the same time, each with a position of its own; in code “ctx.split”. At most so many subtasks read.',
      zh: '同时读取的部分，各有自己的位置；在代码中为“ctx.split”。读取的子任务最多为此数。',
    }),
    integer: true,
    minimum: 1,
    maximum: 1024,
    default: 1,
  }),
  ends: toggleField({
    label: text({ en: 'Comes to an end', zh: '会结束' }),
    help: text({ en: 'A run as a batch needs it.', zh: '批处理运行需要。' }),
    default: true,
  }),
  states: operatorListsField,
};

export type CustomSourceConfig = ConfigOf<typeof fields>;

export const customSource = defineNode({
  type: 'custom-source',
  category: 'sources',
  execution: 'source',
  rank: 6,
  label: text({ en: 'Custom source', zh: '自定义源' }),
  summary: text({
    en: 'Rows that your TypeScript makes, replayed from its own position.',
    zh: '由 TypeScript 代码 产生的数据行，可从其自身的位置重放。',
  }),
  searchWords: [
    'code',
    'TypeScript',
    'JavaScript',
    'script',
    'custom',
    'SourceFunction',
    'RichSourceFunction',
    'SourceReader',
    'split',
    'simulate',
    'user-defined source',
  ],
  presets: [],
  fields,
  inputs: [],
  outputs: () => [ROWS_PORT],
  describe: (config, language) => {
    const lines = config.code.split('\n').filter((line) => line.trim() !== '').length;
    if (language === 'zh') return `${config.schema.length} 列 · ${lines} 行 TypeScript`;
    return `${config.schema.length} columns · ${lines} lines of TypeScript`;
  },
  check: (config) => [
    ...checkWrittenColumns(config.schema, 'schema'),
    ...checkCode(config.code, ['read(position, ctx, out)']),
    ...checkLists(config.states),
  ],
  outputSchema: (config) => ({ out: appendOnly({ fields: config.schema }) }),
  parallelismMax: (config) => config.splits,
  bounded: (config) => config.ends,
  delivery: () => 'replayable',
  flinkSql: customSourceFlink,
  pySpark: customSourceSpark,
  declareCode: (config) => declareSourceCode(config.schema, codeListsOf(config.states)),
  migrations: [],
});
