/** Variables in texts: what is one, what is refused, and that no error tells what a variable holds. */
import { expect, test } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { fillVariables, parseVariables, printVariable as written } from './variables.ts';

const PLACE = { nodeId: 'ask', field: 'headers[0].value' };

test.each([
  ['plain', [{ text: 'plain' }]],
  ['5 $ {a}', [{ text: '5 $ {a}' }]],
  [`Bearer ${written('A_1')}!`, [{ text: 'Bearer ' }, { variable: 'A_1' }, { text: '!' }]],
  [written('A') + written('b'), [{ text: '' }, { variable: 'A' }, { text: '' }, { variable: 'b' }, { text: '' }]],
  [`\${A}`, null],
  [written('1A'), null],
  [written(''), null],
  [`\${env:A`, null],
])('%s', (words, parts) => {
  expect(parseVariables(words)).toEqual(parts);
});

test('a value goes where its name stands; what it holds is no form of its own', () => {
  const values: Record<string, string> = { A: written('B'), B: '2' };
  expect(fillVariables(`${written('A')}-${written('B')}`, PLACE, (name) => values[name])).toBe(`${written('B')}-2`);
});

test.each([
  ['MR5009', undefined],
  ['MR5009', ''],
  ['MR5015', 'hidden\r\nX-More: hidden'],
  ['MR5015', 'hidden\n'],
  ['MR5015', 'hiddenü'],
])('%s', (code, value) => {
  const fill = () => fillVariables(written('TOKEN'), PLACE, () => value);
  expect(fill).toThrow(EngineError);
  try {
    fill();
  } catch (error) {
    const { details, message, code: thrown } = error as EngineError;
    expect({ thrown, ...details }).toMatchObject({ thrown: code, ...PLACE, domain: 'user' });
    expect(message).toContain('TOKEN');
    expect(JSON.stringify([message, details])).not.toContain('hidden');
  }
});
