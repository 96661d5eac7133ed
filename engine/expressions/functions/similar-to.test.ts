/** SIMILAR TO, as recorded. */
import { expect, it } from 'vitest';
import { checkExpression } from '../check/check-expression.ts';
import { createInterpreter } from '../evaluate/interpret.ts';

function evaluate(text: string): unknown {
  const checked = checkExpression(text, { fields: [] }, { timeZone: 'UTC' });
  if ('problems' in checked) return checked.problems[0].text.en;
  try {
    return createInterpreter(checked.expression, { timeZone: 'UTC', now: () => 0 })([]);
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

it.each([
  ["'abc' SIMILAR TO 'a%'", true],
  ["'abc' SIMILAR TO '(abc|x)'", true],
  ["'abcd' SIMILAR TO '(abc|x)'", false],
  ["'abc' SIMILAR TO '[a-c]+'", true],
  ["'a1' SIMILAR TO '[[:alpha:]][[:digit:]]'", true],
  ["'a%c' SIMILAR TO 'a!%c' ESCAPE '!'", true],
  ["'abc' NOT SIMILAR TO '_'", true],
  ["'a' SIMILAR TO 'a!bc' ESCAPE '!'", "'a!bc' is not a regular expression of SQL"],
  ["'a' SIMILAR TO '[a'", "'[a' is not a regular expression of SQL"],
  ["1 SIMILAR TO 'a'", 'SIMILAR TO compares text with text, not with INT'],
])('%s', (text, answer) => {
  expect(evaluate(text)).toBe(answer);
});
