/** Does the same to a row again and again, until a condition holds. */
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, expressionField, numberField, projectionsField, textField } from '../../../spec/fields.ts';
import { oneLine } from '../../../spec/one-line.ts';
import { text } from '../../../spec/text.ts';
import { checkIterate } from './check.ts';
import { iterateFlink } from './flink.ts';
import { iterateSchema } from './schema.ts';
import { iterateSpark } from './spark.ts';

/** A row that needs more rounds is better computed otherwise. */
export const ROUNDS_MAX = 10_000;

const fields = {
  assignments: projectionsField({
    label: text({ en: 'In each round', zh: '每一轮' }),
    help: text({
      en: 'A column and what it becomes. All are computed of the row as it was before the round.',
      zh: '列及其新值。全部根据该轮之前的行计算。',
    }),
    countMin: 1,
    assigns: true,
    default: [],
  }),
  until: expressionField({
    label: text({ en: 'Until', zh: '直到' }),
    help: text({ en: 'Looked at behind each round.', zh: '每一轮之后判断。' }),
    returns: 'BOOLEAN',
  }),
  rounds: numberField({
    label: text({ en: 'Rounds at most', zh: '轮数上限' }),
    integer: true,
    minimum: 1,
    maximum: ROUNDS_MAX,
    default: 100,
    unit: text({ en: 'rounds', zh: '轮' }),
  }),
  unfinished: choiceField({
    label: text({ en: 'Rows that reach this limit', zh: '达到上限的行' }),
    options: [
      { value: 'out', label: text({ en: 'leave like others', zh: '照常输出' }) },
      { value: 'port', label: text({ en: 'leave by a port', zh: '从单独端口输出' }) },
    ],
  }),
  emit: choiceField({
    label: text({ en: 'What leaves', zh: '输出' }),
    options: [
      { value: 'last', label: text({ en: 'the last row', zh: '最后一行' }) },
      { value: 'each', label: text({ en: 'the row of each round', zh: '每一轮的行' }) },
    ],
  }),
  round: textField({
    label: text({ en: 'Column of the round', zh: '轮次列' }),
    whenEmpty: text({ en: 'no such column', zh: '无此列' }),
    help: text({ en: 'Says how many rounds a row has taken, from 1.', zh: '记录一行经过的轮数，从 1 开始。' }),
    optional: true,
    lengthMax: 256,
  }),
};

export type IterateConfig = ConfigOf<typeof fields>;

export const iterate = defineNode({
  type: 'iterate',
  category: 'transforms',
  execution: 'operator',
  rank: 10,
  label: text({ en: 'Iterate', zh: '迭代' }),
  summary: text({
    en: 'Computes columns of a row again and again, until a condition holds or the rounds are over.',
    zh: '反复计算一行的列，直到条件成立或轮数用完。',
  }),
  searchWords: ['loop', 'feedback', 'IterativeStream', 'while', 'repeat', 'recursion', 'converge', 'closeWith'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: (config) => [
    outputPort('out', text({ en: 'rows', zh: '数据' })),
    ...(config.unfinished === 'port' ? [outputPort('unfinished', text({ en: 'not done', zh: '未完成' }), 'else')] : []),
  ],
  describe: (config, language) => {
    if (config.until === '') return language === 'zh' ? '尚无条件' : 'no condition yet';
    return oneLine(
      language === 'zh' ? `直到 ${config.until} · 至多 ${config.rounds} 轮` : `until ${config.until} · at most ${config.rounds}`,
    );
  },
  check: checkIterate,
  outputSchema: (config, inputs) => {
    const shape = { ...inputs.shape(), schema: iterateSchema(config, inputs.schema()) };
    return { out: shape, unfinished: shape };
  },
  flinkSql: iterateFlink,
  pySpark: iterateSpark,
  migrations: [],
});
