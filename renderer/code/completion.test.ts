/** What is offered where: columns first, functions with help, types after AS, units after INTERVAL, nothing in a string. */
import { expect, test } from 'vitest';
import { parseType } from '../../engine/types/parse-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { CodeMode } from './code-context.ts';
import { suggestAt } from './completion.ts';

function typed(text: string) {
  const parsed = parseType(text);
  if (!('type' in parsed)) throw new Error(text);
  return parsed.type;
}

const schema: Schema = {
  fields: [
    { name: 'amount', type: typed('DECIMAL(10, 2)') },
    { name: 'odd name', type: typed('STRING') },
    { name: 'order', type: typed('INT') },
    { name: 'bid', type: typed('ROW<`price` BIGINT, `bidder` BIGINT>') },
  ],
};

function labels(before: string, mode: CodeMode = 'expression', kinds?: readonly string[]): readonly string[] {
  return suggestAt(before, before.length, { mode, schema }, 'en')
    .items.filter((item) => kinds === undefined || kinds.includes(item.kind))
    .map((item) => item.label);
}

test('columns are named as SQL wants them, rows before what is inside', () => {
  expect(labels('', 'expression', ['column'])).toEqual(['amount', '`odd name`', '`order`', 'bid', 'bid.price', 'bid.bidder']);
});

test.each([
  ['amount > 1 AND am', 15],
  ['ROUND(bid.pr', 6],
  ['`odd na', 0],
  ['价格 + 数', 5],
])('the word before the caret in %s begins at %i', (text, from) => {
  expect(suggestAt(text, text.length, { mode: 'expression', schema }, 'en').from).toBe(from);
});

test('functions come with what they take and do, in the language of the page', () => {
  const found = suggestAt('', 0, { mode: 'expression', schema }, 'zh').items.find((item) => item.label === 'CHARACTER_LENGTH');
  expect(found).toEqual({
    label: 'CHARACTER_LENGTH',
    insert: 'CHARACTER_LENGTH($0)',
    kind: 'function',
    detail: 'CHARACTER_LENGTH(string)',
    help: '字符串的字符数（按码点计）。',
  });
});

test('after AS types, after INTERVAL units, inside a string nothing', () => {
  expect(labels('CAST(amount AS ')).toContain('TIMESTAMP(3)');
  expect(labels('CAST(amount AS ')).not.toContain('amount');
  expect(labels("ts + INTERVAL '5' ")).toEqual(['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND']);
  expect(labels("amount = 'am")).toEqual([]);
  expect(labels("amount = 'it''s' AND ")).toContain('amount');
});

test('an aggregate is offered whole, its argument is a column', () => {
  expect(labels('', 'aggregate')).toEqual(['COUNT(*)', 'COUNT', 'SUM', 'MIN', 'MAX', 'AVG', 'COUNT(DISTINCT …)']);
  expect(labels('COUNT(', 'aggregate')).toContain('DISTINCT');
  expect(labels('SUM(am', 'aggregate')).toEqual(['amount', '`odd name`', '`order`', 'bid', 'bid.price', 'bid.bidder']);
});
