/** Syntax: what is read, how it prints, and where and how it is refused. */
import { describe, expect, it } from 'vitest';
import { EXPRESSION_DEPTH_MAX, parseExpression } from './parse-expression.ts';
import { printExpression } from './print-expression.ts';

function reprint(text: string): string {
  const parsed = parseExpression(text);
  return 'syntax' in parsed
    ? printExpression(parsed.syntax)
    : `${parsed.problem.code} ${parsed.problem.start}-${parsed.problem.end}: ${parsed.problem.text.en}`;
}

describe('parseExpression', () => {
  it.each([
    ['1+2*3', '1 + 2 * 3'],
    ['(1+2)*3', '(1 + 2) * 3'],
    ['1-(2-3)', '1 - (2 - 3)'],
    ['NOT a = b AND c', 'NOT a = b AND c'],
    ['a OR b AND NOT (c OR d)', 'a OR b AND NOT (c OR d)'],
    ['`order`.x', '`order`.x'],
    ['bid.auction', 'bid.auction'],
    ["'it''s' || x'fF'", "'it''s' || x'fF'"],
    ['a between symmetric 1 and 2+3', 'a BETWEEN SYMMETRIC 1 AND 2 + 3'],
    ["a not like 'x%' escape '!'", "a NOT LIKE 'x%' ESCAPE '!'"],
    ['a is not distinct from b', 'a IS NOT DISTINCT FROM b'],
    ['year(ts)', 'EXTRACT(YEAR FROM ts)'],
    ['floor(ts to hour)', 'FLOOR(ts TO HOUR)'],
    ["trim(both 'x' from s)", "TRIM(BOTH 'x' FROM s)"],
    ["interval '1 02:03' day to minute", "INTERVAL '1 02:03' DAY TO MINUTE"],
    ['case a when 1, 2 then b end', 'CASE a WHEN 1 THEN b WHEN 2 THEN b END'],
    [
      "json_value(j, '$.a' returning int null on empty default 1 on error)",
      "JSON_VALUE(j, '$.a' RETURNING INT NULL ON EMPTY DEFAULT 1 ON ERROR)",
    ],
    ['timestampadd(sql_tsi_day, 1, ts)', 'TIMESTAMPADD(DAY, 1, ts)'],
    ['- -1', '-(-1)'],
    ['a -- why\n + 1', 'a + 1'],
  ])('%s → %s', (text, printed) => {
    expect(reprint(text)).toBe(printed);
    expect(reprint(printed)).toBe(printed);
  });

  it.each([
    ['', 'MR3010 0-0: the text ends where an expression is expected'],
    ['price >', 'MR3010 7-7: the text ends where a value, a column or a function is expected'],
    ['price > 1)', 'MR3010 9-10: an operator or the end is expected here, not )'],
    ['1 != 2', 'MR3010 2-3: write <> for "not equal"'],
    ['"a" = 1', `MR3010 0-1: text is quoted with ' and names with \`, not with "`],
    ["name = 'abc", "MR3010 7-11: the ' opened here is never closed"],
    ['a = from', 'MR3010 4-8: a value, a column or a function is expected here, not from; a column of that name is written `from`'],
    [
      'CAST(a AS NUMBER)',
      'MR3010 10-16: there is no type NUMBER; types are for example INT, BIGINT, DOUBLE, DECIMAL(10, 2), STRING, TIMESTAMP(3)',
    ],
  ])('refuses %s', (text, problem) => {
    expect(reprint(text)).toBe(problem);
  });

  it('limits depth and length, and takes long chains of OR', () => {
    expect(reprint('('.repeat(EXPRESSION_DEPTH_MAX + 1))).toMatch(/^MR3011 /);
    expect(reprint(`1${' + 1'.repeat(EXPRESSION_DEPTH_MAX + 1)}`)).toMatch(/^MR3011 /);
    expect(reprint('1'.repeat(200_000))).toMatch(/^MR3011 /);
    expect(reprint(Array.from({ length: 3000 }, (_, index) => `a = ${index}`).join(' OR '))).toMatch(/^a = 0 OR a = 1/);
  });
});
