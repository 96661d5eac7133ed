/** Calls TypeScript for every row, with state of the row's key and timers. */
import { declareCode } from '../../../spec/custom-code/declare-code.ts';
import { outputColumnsField, sideOutputsField, statesField } from '../../../spec/custom-code/process-fields.ts';
import { appendOnly, defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { codeField, columnsField } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkProcess } from './check.ts';
import { processFlink } from './flink.ts';
import { codeShapeOf, outputSchemaOf } from './shape.ts';
import { processSpark } from './spark.ts';

const FIRST_CODE = `function processElement(row: Row, ctx: Context, out: Output) {
  out.emit(row);
}
`;

const fields = {
  keys: columnsField({
    label: text({ en: 'Key', zh: '键' }),
    help: text({
      en: 'Rows with equal values share state and timers. None: rows are worked on one by one, without state.',
      zh: '取值相同的行共享状态和定时器。不选则逐行处理，没有状态。',
    }),
    nested: false,
    default: [],
  }),
  code: codeField({
    label: text({ en: 'Code', zh: '代码' }),
    help: text({
      en: 'TypeScript: “function processElement(row, ctx, out)” is called for every row, “function onTimer(time, ctx, out)” for every timer. It runs only in pipelines that you trust.',
      zh: 'TypeScript：每行调用“function processElement(row, ctx, out)”，每个定时器调用“function onTimer(time, ctx, out)”。只在受信任的管道中运行。',
    }),
    language: 'typescript',
    default: FIRST_CODE,
  }),
  columns: outputColumnsField,
  states: statesField,
  sideOutputs: sideOutputsField,
};

export type ProcessConfig = ConfigOf<typeof fields>;

export const process = defineNode({
  type: 'process',
  category: 'transforms',
  execution: 'operator',
  rank: 9,
  label: text({ en: 'Process function', zh: '处理函数' }),
  summary: text({ en: 'Calls your TypeScript for every row, with state and timers.', zh: '每行调用一段 TypeScript，可用状态和定时器。' }),
  searchWords: [
    'code',
    'TypeScript',
    'JavaScript',
    'script',
    'custom',
    'ProcessFunction',
    'KeyedProcessFunction',
    'flatMap',
    'map',
    'RichFunction',
    'udf',
    'timer',
    'mapPartitions',
    'foreach',
  ],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append', keyedBy: 'keys', keyless: 'forward' })],
  outputs: (config) => [
    outputPort('out', text({ en: 'emitted rows', zh: '输出行' })),
    ...config.sideOutputs.map(({ name }) => outputPort(name, text({ en: name, zh: name }), 'else')),
  ],
  describe: (config, language) => {
    const lines = config.code.split('\n').filter((line) => line.trim() !== '').length;
    const code = language === 'zh' ? `${lines} 行 TypeScript` : `${lines} lines of TypeScript`;
    if (config.keys.length === 0) return code;
    return language === 'zh' ? `按 ${config.keys.join('、')} · ${code}` : `by ${config.keys.join(', ')} · ${code}`;
  },
  check: checkProcess,
  outputSchema: (config, inputs) => {
    const shape = appendOnly(outputSchemaOf(config, inputs.schema()));
    return Object.fromEntries(['out', ...config.sideOutputs.map(({ name }) => name)].map((port) => [port, shape]));
  },
  flinkSql: processFlink,
  pySpark: processSpark,
  declareCode: (config, schemaOf) => declareCode(codeShapeOf(config, schemaOf('in'))),
  migrations: [],
});
