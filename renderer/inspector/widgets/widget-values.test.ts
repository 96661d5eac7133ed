/** How widgets read what is typed and write it into the document: durations, numbers, pasted columns, disorder, typeahead. */
import { expect, test } from 'vitest';
import { numberField } from '../../../engine/spec/fields.ts';
import { text } from '../../../engine/spec/text.ts';
import { moveItem } from '../widget.ts';
import { fittingOptions } from './Combobox.tsx';
import { coveredShare, disorderCurve, measureDisorder } from './disorder.ts';
import { readTypedDuration, splitDuration, stepDuration } from './duration-text.ts';
import { freeName } from './free-name.ts';
import { readTypedNumber, stepNumber } from './NumberWidget.tsx';
import { columnsOfJson } from './schema-json.ts';

test.each([
  ['10', 'min', '10 min'],
  ['90s', 'min', '1 min 30 s'],
  ['PT10M', 's', '10 min'],
  ['1 h 30 min', 's', '1 h 30 min'],
  ['0.5', 'h', '0.5 h'],
  ['10 mins', 's', '10 mins'],
  ['  ', 's', ''],
  ['🕐', 's', '🕐'],
] as const)('typed %s with %s shown goes in as %s', (typed, unit, expected) => {
  expect(readTypedDuration(typed, unit)).toBe(expected);
});

test.each([
  ['10 min', { amount: '10', unit: 'min' }],
  ['PT10M', { amount: '10', unit: 'min' }],
  ['1 h 30 min', null],
  ['10 mins', null],
])('%s is shown as %j', (value, parts) => {
  expect(splitDuration(value)).toEqual(parts);
});

test.each([
  ['10 min', 1, 1, '11 min'],
  ['10 min', -1, 10, '0 min'],
  ['0 s', -1, 1, '0 s'],
  ['1 min 30 s', 1, 1, '1 min 31 s'],
  ['10 mins', 1, 1, null],
] as const)('an arrow key steps %s', (value, direction, times, expected) => {
  expect(stepDuration(value, direction, times)).toBe(expected);
});

const label = text({ en: 'n', zh: 'n' });

test.each([
  ['4', 4],
  ['1e3', 1000],
  [' ', ''],
  ['four', 'four'],
  ['Infinity', 'Infinity'],
])('typed %s goes in as %j', (typed, expected) => {
  expect(readTypedNumber(typed, numberField({ label }))).toBe(expected);
});

test('steps stay within the bounds and go by tenths for shares', () => {
  expect(stepNumber('64', numberField({ label, maximum: 64 }), 1)).toBe('64');
  expect(stepNumber('0.2', numberField({ label, minimum: 0, maximum: 1 }), 1)).toBe('0.3');
  expect(stepNumber('x', numberField({ label }), 1)).toBeNull();
});

test('pasted JSON: rows, lines of rows, or a schema', () => {
  expect(columnsOfJson('[{"a": 1, "b": null}, {"a": 1.5, "b": "2026-01-01"}]')).toEqual([
    { name: 'a', type: 'DOUBLE' },
    { name: 'b', type: 'DATE' },
  ]);
  expect(columnsOfJson('{"a": true}\n{"c": {"odd name": "x"}}')).toEqual([
    { name: 'a', type: 'BOOLEAN' },
    { name: 'c', type: 'ROW<`odd name` STRING>' },
  ]);
  expect(columnsOfJson('[{"name": "x", "type": "INT NOT NULL"}]')).toEqual([{ name: 'x', type: 'INT NOT NULL' }]);
  expect(['', '{', '[1, 2]', '{}'].map(columnsOfJson)).toEqual([null, null, null, null]);
});

test('disorder: how far behind the latest time, and what a delay covers', () => {
  const rows = ['00:00:10', '00:00:08', '00:00:12', '00:00:12', '00:00:07'].map((at) => ({ at: `2026-01-01 ${at}.000` }));
  const measured = measureDisorder({ columns: [], rows, total: rows.length }, 'at');
  expect(measured?.behindMs).toEqual([0, 0, 0, 2000, 5000]);
  if (measured === null) return;
  expect(coveredShare(measured, 2000)).toBe(0.8);
  expect(Math.max(...disorderCurve(measured, 6000, 10).map((point) => point.y))).toBe(1);
  expect(measureDisorder({ columns: [], rows: rows.slice(0, 2), total: 2 }, 'at')).toBeNull();
});

test('typeahead: what begins with the text comes first', () => {
  const options = ['card_id', 'country', 'home_country'].map((name) => ({ value: name, label: name, note: '' }));
  expect(fittingOptions(options, 'CO').map((option) => option.value)).toEqual(['country', 'home_country']);
  expect(fittingOptions(options, 'x')).toEqual([]);
});

test('entries move and new ones get free names', () => {
  expect(moveItem(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moveItem(['a'], 0, 1)).toEqual(['a']);
  expect(freeName('value', ['value_2', 'x'])).toBe('value_3');
});
