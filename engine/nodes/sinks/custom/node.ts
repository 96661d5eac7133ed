/** Writes the lines that TypeScript makes of the rows. */
import { checkCode, checkLists, checkReadColumns } from '../../../spec/custom-code/check-code.ts';
import { declareSinkCode } from '../../../spec/custom-code/declare-ends.ts';
import { codeListsOf, operatorListsField } from '../../../spec/custom-code/process-fields.ts';
import { defineNode, inputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { codeField, textField } from '../../../spec/fields.ts';
import { FILES_SECTION, outputPathField, partPrefixField, rollIntervalField, rollMegabytesField } from '../../../spec/output-files.ts';
import { text } from '../../../spec/text.ts';
import { customSinkFlink } from './flink.ts';
import { customSinkSpark } from './spark.ts';

const FIRST_CODE = `function write(rows: Row[], ctx: Context) {
  for (const row of rows) ctx.writeLine(Object.values(row).join(' '));
}
`;

const fields = {
  code: codeField({
    label: text({ en: 'Code', zh: '代码' }),
    help: text({
      en: 'TypeScript: “function write(rows, ctx)” is called for every batch of rows, “ctx.writeLine(text)” adds a line. It runs only in pipelines that you trust.',
      zh: 'TypeScript：每批数据调用“function write(rows, ctx)”，“ctx.writeLine(文本)”添加一行。只在受信任的管道中运行。',
    }),
    language: 'typescript',
    default: FIRST_CODE,
  }),
  states: operatorListsField,
  path: {
    ...outputPathField,
    help: text({
      en: 'Part files appear here, each complete and exactly once. A path that ends like a text file (result.txt, result.csv) becomes that one file when the input has ended. Relative paths start at the pipeline’s folder.',
      zh: '分片文件出现在此处，每个都完整且只出现一次。以文本文件名结尾的路径（result.txt、result.csv）在输入结束时成为该单个文件。相对路径从管道所在目录开始。',
    }),
  },
  firstLine: textField({
    label: text({ en: 'First line of every file', zh: '每个文件的首行' }),
    whenEmpty: text({ en: 'none', zh: '无' }),
    lengthMax: 10_000,
    optional: true,
    section: FILES_SECTION,
  }),
  extension: textField({
    label: text({ en: 'File names end with', zh: '文件扩展名' }),
    default: 'txt',
    lengthMax: 16,
    pattern: '[A-Za-z0-9]+',
    patternHelp: text({ en: 'letters and digits', zh: '字母和数字' }),
    section: FILES_SECTION,
  }),
  prefix: partPrefixField,
  rollMegabytes: rollMegabytesField,
  rollInterval: rollIntervalField,
};

export type CustomSinkConfig = ConfigOf<typeof fields>;

export const customSink = defineNode({
  type: 'custom-sink',
  category: 'sinks',
  execution: 'sink',
  rank: 5,
  label: text({ en: 'Custom sink', zh: '自定义输出' }),
  summary: text({ en: 'Files of lines that your TypeScript writes, exactly once.', zh: '由 TypeScript 代码 写出的文本行文件，精确一次。' }),
  searchWords: [
    'code',
    'TypeScript',
    'JavaScript',
    'script',
    'custom',
    'SinkFunction',
    'RichSinkFunction',
    'SinkWriter',
    'encoder',
    'text',
    'format',
    'user-defined sink',
  ],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append' })],
  outputs: () => [],
  describe: (config, language) => {
    const lines = config.code.split('\n').filter((line) => line.trim() !== '').length;
    if (language === 'zh') return `${config.path === '' ? '尚未选择文件夹' : config.path} · ${lines} 行 TypeScript`;
    return `${config.path === '' ? 'no folder yet' : config.path} · ${lines} lines of TypeScript`;
  },
  check: (config, inputs) => [
    ...checkReadColumns(inputs.schema().fields),
    ...checkCode(config.code, ['write(rows, ctx)']),
    ...checkLists(config.states),
  ],
  outputSchema: () => ({}),
  delivery: () => 'transactional',
  flinkSql: customSinkFlink,
  pySpark: customSinkSpark,
  declareCode: (config, schemaOf) => declareSinkCode(schemaOf('in').fields, codeListsOf(config.states)),
  migrations: [],
});
