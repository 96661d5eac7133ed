/** One field of every kind a node has, with a value, and the columns and rows its widget works on. */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { AnyField } from '../../engine/spec/fields.ts';
import * as make from '../../engine/spec/fields.ts';
import { text } from '../../engine/spec/text.ts';
import { parseType } from '../../engine/types/parse-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { SampleRows } from '../code/sample-value.ts';

export interface FieldSample {
  /** The kinds it shows, as definitions spell them. */
  readonly kind: string;
  readonly fields: { readonly [name: string]: AnyField };
  readonly config: JsonObject;
  /** A string of `gallery.fields`. */
  readonly note: 'duration' | 'columns' | 'choice' | 'expression' | 'watermark' | 'schema' | 'code' | 'path' | 'rows' | null;
  readonly wide?: boolean;
}

const TYPES: { readonly [name: string]: string } = {
  card_id: 'STRING',
  amount: 'DECIMAL(10, 2)',
  country: 'STRING',
  home_country: 'STRING',
  tx_time: 'TIMESTAMP(3)',
  entry_mode: 'STRING',
};

export const SAMPLE_SCHEMA: Schema = {
  fields: Object.entries(TYPES).flatMap(([name, words]) => {
    const parsed = parseType(words);
    return 'type' in parsed ? [{ name, type: parsed.type }] : [];
  }),
  rowtime: 'tx_time',
};

const ROWS = 100;
const START_MS = Date.UTC(2026, 10, 18, 14, 0, 0);

/** The same rows every time: about a third is large and abroad, most come some two seconds late. */
export const SAMPLE_ROWS: SampleRows = {
  columns: Object.entries(TYPES).map(([name, type]) => ({ name, type })),
  total: ROWS,
  rows: Array.from({ length: ROWS }, (_row, index) => makeRow(index)),
};

function makeRow(index: number): JsonObject {
  const behind = [7919, 104729, 1299709, 15485863].reduce((sum, prime) => sum + (((index + 3) * prime) % 1000), 0);
  const at = new Date(START_MS + index * 40 - behind).toISOString().replace('T', ' ').slice(0, 23);
  return {
    card_id: `4000-${1000 + (index % 17)}`,
    amount: ((index * 7919 + 41250) % 400000) / 100,
    country: index % 2 === 0 ? 'DE' : 'FR',
    home_country: index % 3 === 0 ? 'FR' : 'DE',
    tx_time: at,
    entry_mode: 'chip',
  };
}

/** What a window answered over those rows. */
export const SAMPLE_RESULTS: SampleRows = {
  columns: [
    { name: 'tx_count', type: 'BIGINT NOT NULL' },
    { name: 'total', type: 'DECIMAL(38, 2)' },
  ],
  total: 1,
  rows: [{ tx_count: 17, total: 4125 }],
};

function one(kind: string, field: AnyField, value: JsonValue, note: FieldSample['note'] = null): FieldSample {
  return { kind, fields: { value: field }, config: { value }, note };
}

const columnsOfCards: JsonValue = [
  { name: 'card_id', type: 'STRING' },
  { name: 'amount', type: 'DECIMAL(10, 2)' },
  { name: 'tx_time', type: 'TIMESTAMP(3)' },
  { name: 'entry_mode', type: 'STRING' },
];

export const FIELD_COLUMNS: readonly (readonly FieldSample[])[] = [
  [
    one('duration', make.durationField({ label: text({ en: 'Window size', zh: '窗口长度' }) }), '10 min', 'duration'),
    one('columns', make.columnsField({ label: text({ en: 'Group by', zh: '分组' }) }), ['card_id', 'country'], 'columns'),
    one('column', make.columnField({ label: text({ en: 'Time column', zh: '时间列' }), types: ['TIMESTAMP', 'TIMESTAMP_LTZ'] }), 'tx_time'),
    one(
      'choice',
      make.choiceField({
        label: text({ en: 'Late rows', zh: '迟到数据' }),
        options: [
          { value: 'drop', label: text({ en: 'drop', zh: '丢弃' }) },
          { value: 'late-output', label: text({ en: 'late output', zh: '迟到输出' }) },
        ],
      }),
      'late-output',
      'choice',
    ),
    one('toggle', make.toggleField({ label: text({ en: 'Fire early, then correct', zh: '提前触发，随后更正' }), default: true }), true),
    {
      kind: 'text · type · number',
      fields: {
        topic: make.textField({ label: text({ en: 'Prefix', zh: '前缀' }) }),
        kept: make.typeField({ label: text({ en: 'Type', zh: '类型' }) }),
        subtasks: make.numberField({ label: text({ en: 'Parallelism', zh: '并行度' }), integer: true, minimum: 1, maximum: 64 }),
      },
      config: { topic: 'card.tx.v2', kept: 'ROW<sum DOUBLE, rows BIGINT>', subtasks: 4 },
      note: null,
    },
  ],
  [
    one(
      'expression',
      make.expressionField({ label: text({ en: 'Condition', zh: '条件' }), returns: 'BOOLEAN' }),
      'amount > 1000 AND country <> home_country',
      'expression',
    ),
    one('aggregates', make.aggregatesField({ label: text({ en: 'Compute', zh: '计算' }) }), [
      { name: 'tx_count', expression: 'COUNT(*)' },
      { name: 'total', expression: 'SUM(amount)' },
    ]),
    one('projections', make.projectionsField({ label: text({ en: 'Listed columns', zh: '列出的列' }) }), [
      { name: 'per_min', expression: 'amount / 10' },
    ]),
    one(
      'watermark',
      make.watermarkField({ label: text({ en: 'Event time', zh: '事件时间' }) }),
      { column: 'tx_time', delay: '2 s' },
      'watermark',
    ),
    one('path', make.pathField({ label: text({ en: 'File', zh: '文件' }), access: 'read' }), 'data/cards.ndjson', 'path'),
  ],
  [
    one('schema', make.schemaField({ label: text({ en: 'Columns', zh: '列' }), inferable: true }), columnsOfCards, 'schema'),
    {
      kind: 'rows',
      fields: { rows: make.rowsField({ label: text({ en: 'Rows', zh: '数据行' }), schemaField: 'schema' }) },
      config: {
        schema: columnsOfCards.slice(0, 2),
        rows: [
          { card_id: '4000-1001', amount: 12.5 },
          { card_id: '4000-1002', amount: null },
        ],
      },
      note: 'rows',
    },
    one(
      'list',
      make.listField({
        label: text({ en: 'Columns to hide', zh: '要隐藏的列' }),
        itemLabel: text({ en: 'column', zh: '列' }),
        item: {
          column: make.columnField({ label: text({ en: 'Column', zh: '列' }) }),
          method: make.choiceField({
            label: text({ en: 'Method', zh: '方法' }),
            options: [
              { value: 'hash', label: text({ en: 'hash', zh: '哈希' }) },
              { value: 'partial', label: text({ en: 'hide a part', zh: '部分隐藏' }) },
              { value: 'replace', label: text({ en: 'replace', zh: '替换' }) },
            ],
          }),
        },
      }) as AnyField,
      [{ column: 'card_id', method: 'hash' }],
    ),
  ],
];

/** What a field says that cannot be read, with the way out. */
export const BROKEN: FieldSample = one(
  'problem',
  make.durationField({ label: text({ en: 'Allowed lateness', zh: '允许迟到' }) }),
  '10 mins',
);
