/** What every function owes its users: a name of its own, forms that show it, a sentence in both languages. */
import { expect, it } from 'vitest';
import { FUNCTIONS, functionNames, SPECIAL_FORMS } from './catalog.ts';

const listed = [...FUNCTIONS, ...SPECIAL_FORMS];

it('has every name once', () => {
  const names = [...FUNCTIONS.flatMap((one) => [one.name, ...(one.aliases ?? [])]), ...SPECIAL_FORMS.map((one) => one.name)];
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names.filter((name) => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
  expect([...functionNames()].sort()).toEqual([...names].sort());
});

it.each(listed)('$name shows its forms and says what it does in both languages', ({ name, help }) => {
  expect(help.signatures.join('\n')).toContain(name);
  expect(help.summary.en).toMatch(/^\S.*\.$/);
  expect(help.summary.zh).toMatch(/[\u4e00-\u9fff].*。$/);
});
