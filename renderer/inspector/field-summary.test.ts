/** The line of a closed section. */
import { expect, test } from 'vitest';
import { durationField, numberField, toggleField } from '../../engine/spec/fields.ts';
import { sameText, text } from '../../engine/spec/text.ts';
import { summarize } from './field-summary.ts';

const fields = [
  ['early', toggleField({ label: text({ en: 'Early results', zh: '提前结果' }), default: false })],
  ['subtasks', numberField({ label: sameText('p'), optional: true })],
  ['expiry', durationField({ label: sameText('e'), optional: true })],
] as const;

test.each([
  [{}, 'off'],
  [{ early: true }, 'Early results'],
  [{ subtasks: 4, expiry: '1 h' }, '4 · 1 h'],
])('%j is %s', (config, line) => {
  expect(summarize(fields, config, 'en', { off: 'off', count: String })).toBe(line);
});

test('what was emptied says nothing of its default', () => {
  const count = [['count', numberField({ label: sameText('c'), optional: true, default: 5 })]] as const;
  expect(summarize(count, { count: null }, 'en', { off: 'off', count: String })).toBe('');
  expect(summarize(count, {}, 'en', { off: 'off', count: String })).toBe('5');
});
