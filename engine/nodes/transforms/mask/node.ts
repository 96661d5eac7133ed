/** Makes personal values unreadable: hashed, partly hidden or replaced. */
import { stageOutputSchema } from '../../../expressions/compile/stage.ts';
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, columnField, listField, numberField, textField, when } from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkMask } from './check.ts';
import { maskFlink } from './flink.ts';
import { maskSpark } from './spark.ts';
import { maskStage } from './stage.ts';

const fields = {
  masks: listField({
    label: text({ en: 'Columns to mask', zh: '要脱敏的列' }),
    itemLabel: text({ en: 'mask', zh: '脱敏' }),
    countMin: 1,
    item: {
      column: columnField({ label: text({ en: 'Column', zh: '列' }), nested: false }),
      method: choiceField({
        label: text({ en: 'Method', zh: '方法' }),
        options: [
          {
            value: 'hash',
            label: text({ en: 'hash', zh: '哈希' }),
            help: text({ en: 'SHA-256; equal values stay equal.', zh: 'SHA-256；相同的值保持相同。' }),
          },
          {
            value: 'partial',
            label: text({ en: 'hide a part', zh: '部分隐藏' }),
            help: text({ en: 'Keeps a few characters at the ends.', zh: '保留首尾若干字符。' }),
          },
          {
            value: 'redact',
            label: text({ en: 'replace', zh: '替换' }),
            help: text({ en: 'A fixed text instead.', zh: '以固定文本代替。' }),
          },
        ],
      }),
      salt: textField({
        label: text({ en: 'Put before the value', zh: '加在值之前的盐' }),
        help: text({
          en: 'Makes the hash differ from a plain SHA-256. It stands in the pipeline file.',
          zh: '使哈希不同于普通 SHA-256。它保存在管道文件中。',
        }),
        default: '',
        emptyAllowed: true,
        lengthMax: 256,
        visibleWhen: when('method', 'hash'),
      }),
      keepFirst: numberField({
        label: text({ en: 'Characters kept in front', zh: '保留前几个字符' }),
        integer: true,
        minimum: 0,
        maximum: 1000,
        default: 0,
        visibleWhen: when('method', 'partial'),
      }),
      keepLast: numberField({
        label: text({ en: 'Characters kept at the end', zh: '保留后几个字符' }),
        integer: true,
        minimum: 0,
        maximum: 1000,
        default: 4,
        visibleWhen: when('method', 'partial'),
      }),
      replacement: textField({
        label: text({ en: 'Text instead', zh: '替换文本' }),
        default: '***',
        emptyAllowed: true,
        lengthMax: 256,
        visibleWhen: when('method', 'redact'),
      }),
    },
  }),
};

export type MaskConfig = ConfigOf<typeof fields>;

export const mask = defineNode({
  type: 'mask',
  category: 'transforms',
  execution: 'stage',
  rank: 6,
  label: text({ en: 'Mask', zh: '脱敏' }),
  summary: text({ en: 'Hashes, partly hides or replaces values.', zh: '对值做哈希、部分隐藏或替换。' }),
  searchWords: ['hash', 'redact', 'anonymise', 'pseudonymise', 'privacy', 'SHA256', 'GDPR'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: () => [outputPort('out', text({ en: 'masked rows', zh: '脱敏后的数据' }))],
  describe: (config, language) => {
    if (config.masks.length === 0) return language === 'zh' ? '尚未选择列' : 'no columns yet';
    return config.masks.map((entry) => entry.column).join(', ');
  },
  check: checkMask,
  outputSchema: (config, inputs) => {
    const input = inputs.schema();
    return {
      out: {
        ...inputs.shape(),
        schema: stageOutputSchema(maskStage(config, { nodeId: '', inputSchema: input, settings: inputs.settings }), input),
      },
    };
  },
  flinkSql: maskFlink,
  pySpark: maskSpark,
  migrations: [],
});
