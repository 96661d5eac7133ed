/** Which fields a config shows. */
import { expect, test } from 'vitest';
import { choiceField, durationField, toggleField, when, whenSet } from './fields.ts';
import { isVisible } from './read-config.ts';
import { sameText } from './text.ts';

const label = sameText('x');
const fields = {
  kind: choiceField({
    label,
    options: [
      { value: 'keyed', label },
      { value: 'plain', label },
    ],
  }),
  forget: durationField({ label, optional: true, default: '1 h', visibleWhen: when('kind', 'keyed') }),
  from: toggleField({ label, default: false, visibleWhen: whenSet('forget') }),
};
const shown = (json: Parameters<typeof isVisible>[2]) =>
  Object.entries(fields).flatMap(([name, field]) => (isVisible(fields, field, json) ? [name] : []));

test('what depends on a field that is not shown is not shown, whatever that field still holds', () => {
  expect(shown({})).toEqual(['kind', 'forget', 'from']);
  expect(shown({ kind: 'plain', forget: '5 s' })).toEqual(['kind']);
});

test('a field that was emptied by hand holds nothing, not its default', () => {
  expect(shown({ forget: null })).toEqual(['kind', 'forget']);
});
