/** Makes fake rows of any schema: seeded, at a set rate, with event time in or out of order. */

import { ROWS_PORT } from '../../../spec/dead-letter.ts';
import { appendOnly, defineNode } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, durationField, listField, numberField, schemaField, textField, when, whenSet } from '../../../spec/fields.ts';
import { PACE_SECTION, rowsPerSecondField, TIME_SECTION } from '../../../spec/input-format.ts';
import { lateShareField, seedField, startTimeField } from '../../../spec/made-rows.ts';
import { sameText, text } from '../../../spec/text.ts';
import { checkGenerator } from './check.ts';
import { generatorFlink } from './flink.ts';
import { generatorSpark } from './spark.ts';

const fields = {
  schema: schemaField({
    label: text({ en: 'Columns', zh: '列' }),
    help: text({ en: 'Names and Flink SQL types of the rows.', zh: '各行的列名与 Flink SQL 类型。' }),
    default: [
      { name: 'id', type: 'BIGINT' },
      { name: 'name', type: 'STRING' },
      { name: 'amount', type: 'DECIMAL(10, 2)' },
      { name: 'ts', type: 'TIMESTAMP(3)' },
    ],
  }),
  rules: listField({
    label: text({ en: 'How values are made', zh: '取值规则' }),
    help: text({ en: 'A column without a rule gets random values of its type.', zh: '没有规则的列取其类型的随机值。' }),
    itemLabel: text({ en: 'rule', zh: '规则' }),
    default: [{ column: 'id', rule: 'sequence' }],
    item: {
      column: textField({ label: text({ en: 'Column', zh: '列' }), columnOf: 'schema' }),
      rule: choiceField({
        label: text({ en: 'Rule', zh: '规则' }),
        options: [
          { value: 'random', label: text({ en: 'random', zh: '随机' }) },
          { value: 'sequence', label: text({ en: 'sequence', zh: '序列' }) },
          { value: 'values', label: text({ en: 'one of a list', zh: '取自列表' }) },
          { value: 'word', label: text({ en: 'words', zh: '单词' }) },
        ],
      }),
      minimum: numberField({
        label: text({ en: 'From', zh: '最小' }),
        whenEmpty: sameText('0'),
        optional: true,
        visibleWhen: when('rule', 'random', 'sequence'),
      }),
      maximum: numberField({
        label: text({ en: 'To', zh: '最大' }),
        whenEmpty: text({ en: 'what fits', zh: '类型上限' }),
        optional: true,
        visibleWhen: when('rule', 'random'),
      }),
      values: textField({
        label: text({ en: 'Values, separated by commas', zh: '取值，用逗号分隔' }),
        placeholder: 'DE, FR, US',
        optional: true,
        visibleWhen: when('rule', 'values'),
      }),
      nullShare: numberField({
        label: text({ en: 'Share of NULL, 0 to 1', zh: 'NULL 的比例（0 到 1）' }),
        minimum: 0,
        maximum: 1,
        default: 0,
      }),
    },
  }),
  count: numberField({
    label: text({ en: 'Number of rows', zh: '行数' }),
    whenEmpty: text({ en: 'without end', zh: '没有尽头' }),
    help: text({ en: 'Left empty: without end.', zh: '留空：没有尽头。' }),
    integer: true,
    minimum: 0,
    maximum: 1e12,
    optional: true,
  }),
  seed: seedField,
  timeColumn: textField({
    label: text({ en: 'Event-time column', zh: '事件时间列' }),
    help: text({ en: 'A TIMESTAMP column that advances with the rows.', zh: '随行递增的 TIMESTAMP 列。' }),
    optional: true,
    whenEmpty: text({ en: 'none', zh: '无' }),
    columnOf: 'schema',
    columnTypes: ['TIMESTAMP', 'TIMESTAMP_LTZ'],
    default: 'ts',
    section: TIME_SECTION,
  }),
  startTime: { ...startTimeField, visibleWhen: whenSet('timeColumn') },
  timeStep: durationField({
    label: text({ en: 'Time between rows', zh: '行间隔' }),
    minimumMs: 0,
    default: '100 ms',
    visibleWhen: whenSet('timeColumn'),
    section: TIME_SECTION,
  }),
  disorder: durationField({
    label: text({ en: 'Out of order by at most', zh: '最大乱序' }),
    help: text({ en: 'Each row’s time is moved back by a random part of this.', zh: '每行的时间随机回退，不超过该值。' }),
    minimumMs: 0,
    default: '0 s',
    visibleWhen: whenSet('timeColumn'),
    section: TIME_SECTION,
  }),
  lateShare: { ...lateShareField, visibleWhen: whenSet('timeColumn') },
  lateBy: durationField({
    label: text({ en: 'Late by at most', zh: '最多迟到' }),
    minimumMs: 0,
    default: '1 min',
    visibleWhen: whenSet('timeColumn'),
    section: TIME_SECTION,
    advanced: true,
  }),
  rowsPerSecond: { ...rowsPerSecondField, default: 100, section: PACE_SECTION },
};

export type GeneratorConfig = ConfigOf<typeof fields>;

export const generatorSource = defineNode({
  type: 'generator-source',
  category: 'sources',
  execution: 'source',
  rank: 2,
  label: text({ en: 'Generator', zh: '生成器' }),
  summary: text({ en: 'Fake rows of any schema, seeded, at a set rate.', zh: '任意模式的模拟数据，由种子决定，速率可设。' }),
  searchWords: ['datagen', 'fake', 'random', 'rate', 'DataGeneratorSource'],
  presets: [],
  fields,
  inputs: [],
  outputs: () => [ROWS_PORT],
  describe: (config, language) => {
    const pace =
      config.rowsPerSecond === null
        ? language === 'zh'
          ? '不限速'
          : 'unpaced'
        : language === 'zh'
          ? `${config.rowsPerSecond} 行/秒`
          : `${config.rowsPerSecond} rows/s`;
    return language === 'zh' ? `${config.schema.length} 列 · ${pace}` : `${config.schema.length} columns · ${pace}`;
  },
  check: checkGenerator,
  outputSchema: (config) => ({ out: appendOnly({ fields: config.schema }) }),
  pace: (config) => config.rowsPerSecond,
  bounded: (config) => config.count !== null,
  delivery: () => 'replayable',
  flinkSql: generatorFlink,
  pySpark: generatorSpark,
  migrations: [],
});
