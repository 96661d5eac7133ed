/** Calls TypeScript for every row of two inputs, which share the state and timers of their keys. */
import { declareCode } from '../../../spec/custom-code/declare-code.ts';
import { broadcastStatesField, outputColumnsField, sideOutputsField, statesField } from '../../../spec/custom-code/process-fields.ts';
import { appendOnly, defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, codeField, columnsField, when } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkConnect } from './check.ts';
import { connectFlink } from './flink.ts';
import { codeShapeOf, FIRST, outputSchemaOf, SECOND } from './shape.ts';
import { connectSpark } from './spark.ts';

/** The second takes no context: that of a broadcast input is another. */
const FIRST_CODE = `function processElement1(row: Row1, ctx: Context, out: Output) {
  out.emit(row);
}

function processElement2(row: Row2) {
}
`;

const fields = {
  firstKeys: columnsField({
    label: text({ en: 'Key of the first input', zh: '第一个输入的键' }),
    help: text({
      en: 'Rows of both inputs with equal values share state and timers. None: rows are worked on one by one, without state.',
      zh: '两个输入中取值相同的行共享状态和定时器。不选则逐行处理，没有状态。',
    }),
    input: FIRST,
    nested: false,
    default: [],
  }),
  second: choiceField({
    label: text({ en: 'Rows of the second input go', zh: '第二个输入的行发往' }),
    options: [
      { value: 'keyed', label: text({ en: 'to the subtask of their key', zh: '其键所在的子任务' }) },
      {
        value: 'broadcast',
        label: text({ en: 'to every subtask', zh: '每个子任务' }),
        help: text({
          en: "Flink's KeyedBroadcastProcessFunction: they write broadcast state, which rows of the first read.",
          zh: '即 Flink 的 KeyedBroadcastProcessFunction：它们写入广播状态，供第一个输入的行读取。',
        }),
      },
    ],
  }),
  secondKeys: columnsField({
    label: text({ en: 'Key of the second input', zh: '第二个输入的键' }),
    help: text({ en: 'As many columns, in the same order.', zh: '列数和顺序相同。' }),
    input: SECOND,
    nested: false,
    visibleWhen: when('second', 'keyed'),
    default: [],
  }),
  code: codeField({
    label: text({ en: 'Code', zh: '代码' }),
    help: text({
      en: 'TypeScript: “function processElement1(row, ctx, out)” is called for every row of the first input, “processElement2” for every row of the second, “onTimer(time, ctx, out)” for every timer. It runs only in pipelines that you trust.',
      zh: 'TypeScript：第一个输入的每一行调用“function processElement1(row, ctx, out)”，第二个输入的每一行调用“processElement2”，每个定时器调用“onTimer(time, ctx, out)”。只在受信任的管道中运行。',
    }),
    language: 'typescript',
    default: FIRST_CODE,
  }),
  columns: {
    ...outputColumnsField,
    help: text({
      en: 'Of the rows that the code emits. Empty: the columns of the first input.',
      zh: '代码输出的行所含的列。留空则与第一个输入相同。',
    }),
  },
  states: statesField,
  broadcastStates: { ...broadcastStatesField, visibleWhen: when('second', 'broadcast') },
  sideOutputs: sideOutputsField,
};

export type ConnectConfig = ConfigOf<typeof fields>;

export const connect = defineNode({
  type: 'connect',
  category: 'joins',
  execution: 'operator',
  rank: 5,
  label: text({ en: 'Connect (two inputs)', zh: '连接（双输入）' }),
  summary: text({
    en: 'Calls your TypeScript for every row of two inputs, with state and timers that both share.',
    zh: '两个输入的每一行都调用一段 TypeScript，状态和定时器由两者共享。',
  }),
  searchWords: [
    'connect',
    'ConnectedStreams',
    'CoProcessFunction',
    'KeyedCoProcessFunction',
    'coMap',
    'coFlatMap',
    'CoMapFunction',
    'two streams',
    'shared state',
    'broadcast state',
    'BroadcastProcessFunction',
    'KeyedBroadcastProcessFunction',
    'applyToKeyedState',
    'control stream',
    'code',
    'TypeScript',
  ],
  presets: [],
  fields,
  inputs: [
    inputPort(FIRST, text({ en: 'first', zh: '第一个' }), { changelog: 'append', keyedBy: 'firstKeys', keyless: 'forward' }),
    inputPort(SECOND, text({ en: 'second', zh: '第二个' }), {
      changelog: 'append',
      keyedBy: 'secondKeys',
      keyless: 'forward',
      broadcast: { field: 'second', is: 'broadcast' },
    }),
  ],
  outputs: (config) => [
    outputPort('out', text({ en: 'emitted rows', zh: '输出行' })),
    ...config.sideOutputs.map(({ name }) => outputPort(name, text({ en: name, zh: name }), 'else')),
  ],
  describe: (config, language) => {
    const lines = config.code.split('\n').filter((line) => line.trim() !== '').length;
    const code = language === 'zh' ? `${lines} 行 TypeScript` : `${lines} lines of TypeScript`;
    const zh = language === 'zh';
    const keys = config.firstKeys.length === 0 ? [] : [zh ? `按 ${config.firstKeys.join('、')}` : `by ${config.firstKeys.join(', ')}`];
    const broadcast = config.second === 'broadcast' ? [zh ? '第二个输入广播' : 'second broadcast'] : [];
    return [...keys, ...broadcast, code].join(' · ');
  },
  check: checkConnect,
  outputSchema: (config, inputs) => {
    const shape = appendOnly(outputSchemaOf(config, inputs.schema(FIRST), inputs.schema(SECOND)));
    return Object.fromEntries(['out', ...config.sideOutputs.map(({ name }) => name)].map((port) => [port, shape]));
  },
  flinkSql: connectFlink,
  pySpark: connectSpark,
  declareCode: (config, schemaOf) => declareCode(codeShapeOf(config, schemaOf(FIRST), schemaOf(SECOND))),
  migrations: [],
});
