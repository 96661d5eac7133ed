/** Calls TypeScript for every row, with state of the row's key and timers. */
import { declareCode } from '../../../spec/custom-code/code-types.ts';
import { appendOnly, defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, codeField, columnsField, durationField, listField, schemaField, textField, when } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkProcess } from './check.ts';
import { processFlink } from './flink.ts';
import { codeShapeOf, outputSchemaOf } from './shape.ts';
import { processSpark } from './spark.ts';

const NAME_PATTERN = '[A-Za-z_][A-Za-z0-9_]*';
const nameHelp = text({ en: 'letters, digits and _, not beginning with a digit', zh: '字母、数字和 _，不以数字开头' });
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
      zh: 'TypeScript：每行调用“function processElement(row, ctx, out)”，每个定时器调用“function onTimer(time, ctx, out)”。只在您信任的流水线中运行。',
    }),
    language: 'typescript',
    default: FIRST_CODE,
  }),
  columns: schemaField({
    label: text({ en: 'Output columns', zh: '输出列' }),
    help: text({ en: 'Of the rows that the code emits. Empty: the columns of the input.', zh: '代码输出的行所含的列。留空则与输入相同。' }),
    emptyAllowed: true,
    default: [],
  }),
  states: listField({
    label: text({ en: 'State', zh: '状态' }),
    help: text({
      en: 'Kept per key, part of every checkpoint; in code “ctx.state.NAME”.',
      zh: '按键保存，随检查点保存；在代码中为“ctx.state.名称”。',
    }),
    itemLabel: text({ en: 'State', zh: '状态' }),
    item: {
      name: textField({
        label: text({ en: 'Name', zh: '名称' }),
        pattern: NAME_PATTERN,
        patternHelp: nameHelp,
        lengthMax: 64,
      }),
      kind: choiceField({
        label: text({ en: 'Kind', zh: '种类' }),
        options: [
          { value: 'value', label: text({ en: 'One value', zh: '单个值' }) },
          { value: 'list', label: text({ en: 'A list', zh: '列表' }) },
          { value: 'map', label: text({ en: 'A map', zh: '映射' }) },
        ],
      }),
      keyType: textField({
        label: text({ en: 'Type of its keys', zh: '映射键的类型' }),
        placeholder: 'STRING',
        lengthMax: 64,
        visibleWhen: when('kind', 'map'),
        default: 'STRING',
      }),
      type: textField({ label: text({ en: 'Type', zh: '类型' }), placeholder: 'BIGINT', lengthMax: 64, default: 'BIGINT' }),
      forgetAfter: durationField({
        label: text({ en: 'Forget after', zh: '多久后忘记' }),
        help: text({
          en: 'By the clock, from the last write on; each list element and map entry on its own.',
          zh: '按时钟从最后一次写入算起；列表元素和映射条目各自计算。',
        }),
        minimumMs: 1,
        optional: true,
      }),
    },
    default: [],
  }),
  sideOutputs: listField({
    label: text({ en: 'Side outputs', zh: '侧输出' }),
    help: text({
      en: 'Further ways out with the same columns; in code “out.emitTo("NAME", row)”.',
      zh: '列相同的其他输出；在代码中为“out.emitTo("名称", row)”。',
    }),
    itemLabel: text({ en: 'Side output', zh: '侧输出' }),
    item: { name: textField({ label: text({ en: 'Name', zh: '名称' }), pattern: NAME_PATTERN, patternHelp: nameHelp, lengthMax: 64 }) },
    default: [],
  }),
};

export type ProcessConfig = ConfigOf<typeof fields>;

export const process = defineNode({
  type: 'process',
  category: 'transforms',
  execution: 'operator',
  rank: 9,
  label: text({ en: 'Process function', zh: '处理函数' }),
  summary: text({ en: 'Calls your TypeScript for every row, with state and timers.', zh: '每行调用您的 TypeScript，可用状态和定时器。' }),
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
  declareCode: (config, input) => declareCode(codeShapeOf(config, input)),
  migrations: [],
});
