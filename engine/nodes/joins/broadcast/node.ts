/** Brings each row together with rules that every subtask keeps. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, columnsField, expressionField } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkBroadcast } from './check.ts';
import { broadcastFlink } from './flink.ts';
import { broadcastSchema, ROWS, RULES } from './schema.ts';
import { broadcastSpark } from './spark.ts';

const RULES_SECTION = text({ en: 'Rules', zh: '规则' });

const fields = {
  leftKeys: columnsField({
    label: text({ en: 'Equal: columns of the rows', zh: '相等的列（数据）' }),
    help: text({ en: 'Without any, every rule may match.', zh: '不选则任何规则都可能匹配。' }),
    input: ROWS,
    default: [],
  }),
  rightKeys: columnsField({
    label: text({ en: 'Equal: columns of the rules', zh: '相等的列（规则）' }),
    help: text({ en: 'Compared one by one, in order. NULL equals nothing.', zh: '按顺序逐一比较。NULL 不与任何值相等。' }),
    input: RULES,
    default: [],
  }),
  condition: expressionField({
    label: text({ en: 'And where', zh: '且满足条件' }),
    help: text({
      en: 'Over the columns of both; a column of the rules whose name the rows have too gets right_ before it.',
      zh: '可使用两侧的列；规则中与数据同名的列，名前加 right_。',
    }),
    input: ROWS,
    joined: RULES,
    returns: 'BOOLEAN',
    optional: true,
  }),
  columns: columnsField({
    label: text({ en: 'Columns of the rule that are added', zh: '添加的规则列' }),
    input: RULES,
    nested: false,
    plain: true,
    default: [],
  }),
  unmatched: choiceField({
    label: text({ en: 'Rows without a rule', zh: '没有规则的行' }),
    options: [
      { value: 'drop', label: text({ en: 'leave out', zh: '舍弃' }) },
      { value: 'keep', label: text({ en: 'keep, with NULLs', zh: '保留并填 NULL' }) },
    ],
  }),
  ruleKeys: columnsField({
    label: text({ en: 'A rule replaces the one with the same', zh: '以下列相同的规则会被替换' }),
    input: RULES,
    countMin: 1,
    section: RULES_SECTION,
  }),
  removeWhen: expressionField({
    label: text({ en: 'A rule is taken away by a row where', zh: '满足以下条件的行删除规则' }),
    input: RULES,
    returns: 'BOOLEAN',
    optional: true,
    section: RULES_SECTION,
  }),
  meet: choiceField({
    label: text({ en: 'Rows meet the rules', zh: '数据与规则相遇' }),
    options: [
      {
        value: 'at-once',
        label: text({ en: 'that are there when they come', zh: '到达时已有的规则' }),
        help: text({
          en: "As Flink's broadcast state: nothing orders the two inputs.",
          zh: '与 Flink 的广播状态相同：两个输入之间没有先后顺序。',
        }),
      },
      {
        value: 'after-rules',
        label: text({ en: 'after the last rule has come', zh: '所有规则到齐之后' }),
        help: text({
          en: 'For rules that end, such as a file: until then rows wait in state.',
          zh: '用于会结束的规则（如文件）：此前数据在状态中等待。',
        }),
      },
    ],
    section: RULES_SECTION,
  }),
};

export type BroadcastConfig = ConfigOf<typeof fields>;

export const broadcast = defineNode({
  type: 'broadcast',
  category: 'joins',
  execution: 'operator',
  rank: 4,
  label: text({ en: 'Broadcast rules', zh: '广播规则' }),
  summary: text({
    en: 'Brings each row together with rules of a second, small stream that every subtask keeps.',
    zh: '将每一行与第二个小流中的规则结合，每个子任务都保存全部规则。',
  }),
  searchWords: ['broadcast', 'BroadcastProcessFunction', 'connect', 'control stream', 'enrich', 'threshold', 'lookup', 'dynamic rules'],
  presets: [],
  fields,
  inputs: [
    inputPort(ROWS, text({ en: 'rows', zh: '数据' }), { changelog: 'append' }),
    inputPort(RULES, text({ en: 'rules', zh: '规则' }), { changelog: 'append', broadcast: true }),
  ],
  outputs: () => [outputPort('out', text({ en: 'rows with rules', zh: '带规则的数据' }))],
  describe: (config, language) => {
    const separator = language === 'zh' ? '、' : ', ';
    const added = config.columns.length === 0 ? [] : [`+ ${config.columns.join(separator)}`];
    const every = language === 'zh' ? '所有规则' : 'all rules';
    return [config.leftKeys.join(separator) || config.condition || every, ...added].join(' · ');
  },
  check: checkBroadcast,
  outputSchema: broadcastSchema,
  flinkSql: broadcastFlink,
  pySpark: broadcastSpark,
  migrations: [],
});
