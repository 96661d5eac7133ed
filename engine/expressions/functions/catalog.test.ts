/** Every function is found by one name only and explained in both languages. */
import { expect, test } from 'vitest';
import { FUNCTIONS, functionNames, SPECIAL_FORMS } from './catalog.ts';

const ALL = [...FUNCTIONS, ...SPECIAL_FORMS];

test('names and aliases are unique and upper case', () => {
  const names = functionNames();
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name !== name.toUpperCase())).toEqual([]);
});

test('help has signatures and a summary in English and Chinese', () => {
  const incomplete = ALL.filter(({ help }) => {
    const written = help.summary.en.endsWith('.') && help.summary.zh.endsWith('。') && /[\u4e00-\u9fff]/.test(help.summary.zh);
    return help.signatures.length === 0 || !written;
  });
  expect(incomplete.map(({ name }) => name)).toEqual([]);
});

test('the first signature begins with the name', () => {
  expect(ALL.filter(({ name, help }) => !help.signatures[0].startsWith(name)).map(({ name }) => name)).toEqual([]);
});
