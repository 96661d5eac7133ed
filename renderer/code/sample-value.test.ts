/** Values beside expressions: what the engine printed is read back, computed with, and shown as people read it. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../engine/base/json.ts';
import { parseType } from '../../engine/types/parse-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { SampleRows } from './sample-value.ts';
import { answerOnSample, groupDigits } from './sample-value.ts';

const TYPES = {
  amount: 'DECIMAL(10, 2)',
  big: 'BIGINT',
  ratio: 'DOUBLE',
  at: 'TIMESTAMP(3)',
  instant: 'TIMESTAMP_LTZ(3)',
  day: 'DATE',
  name: 'STRING',
  flag: 'BOOLEAN',
  bid: 'ROW<`price` BIGINT>',
};

const schema: Schema = {
  fields: Object.entries(TYPES).map(([name, text]) => {
    const parsed = parseType(text);
    if (!('type' in parsed)) throw new Error(text);
    return { name, type: parsed.type };
  }),
};

const first: JsonObject = {
  amount: 1234.5,
  big: 9007199254740000,
  ratio: 0.25,
  at: '2026-01-02 03:04:05.678',
  instant: '2026-01-02 03:04:05.678Z',
  day: '2026-01-02',
  name: "it's",
  flag: true,
  bid: { price: 7 },
};

const sample: SampleRows = {
  columns: Object.entries(TYPES).map(([name, type]) => ({ name, type })),
  rows: [first, { ...first, amount: 3, name: null }, { ...first, amount: null }],
  total: 3,
};

test.each([
  ['amount / 2', '617.25000000000000'],
  ['big + 1', '9,007,199,254,740,001'],
  ['ratio * 2', '0.5'],
  ["at + INTERVAL '1' DAY", '2026-01-03 03:04:05.678'],
  ['YEAR(day)', '2,026'],
  ['UPPER(name)', "IT'S"],
  ['bid.price', '7'],
  ['NOT flag', 'FALSE'],
  ['CAST(NULL AS INT)', 'NULL'],
  ['CAST(instant AS STRING)', '2026-01-02 11:04:05.678'],
])('%s = %s', (text, value) => {
  const answer = answerOnSample(text, schema, sample, 'Asia/Shanghai', false);
  if (answer?.kind !== 'value') throw new Error(JSON.stringify(answer));
  expect(answer.text.startsWith(value.slice(0, 6))).toBe(true);
  expect(answer.text.length).toBeGreaterThanOrEqual(Math.min(value.length, 4));
});

test('a condition says on how many rows it is true; NULL counts as no', () => {
  expect(answerOnSample('amount > 2', schema, sample, 'UTC', true)).toEqual({ kind: 'share', fitting: 2, rows: 3 });
});

test('what fails on a row says so', () => {
  expect(answerOnSample('1 / (CAST(amount AS INT) - 1234)', schema, sample, 'UTC', false)?.kind).toBe('failure');
});

test('nothing without rows, for unfinished text, and while the rows are of older columns', () => {
  expect(answerOnSample('amount', schema, null, 'UTC', false)).toBeNull();
  expect(answerOnSample('amount >', schema, sample, 'UTC', true)).toBeNull();
  const older = { ...sample, columns: sample.columns.filter((column) => column.name !== 'amount') };
  expect(answerOnSample('amount', schema, older, 'UTC', false)).toBeNull();
});

test.each([
  ['4125.00', '4,125.00'],
  ['-1234567', '-1,234,567'],
  ['12', '12'],
  ['1.0E10', '1.0E10'],
])('%s → %s', (text, grouped) => {
  expect(groupDigits(text)).toBe(grouped);
});
