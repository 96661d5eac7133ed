/** Types, columns and refusals of checked expressions. */
import { describe, expect, it } from 'vitest';
import { parseType } from '../../types/parse-type.ts';
import { printType } from '../../types/print-type.ts';
import type { Schema } from '../../types/schema.ts';
import { checkExpression } from './check-expression.ts';

const columns = {
  price: 'BIGINT',
  qty: 'INT NOT NULL',
  rate: 'DECIMAL(4, 3)',
  f: 'FLOAT',
  d: 'DOUBLE',
  name: 'STRING',
  ts: 'TIMESTAMP(3)',
  ok: 'BOOLEAN',
  bid: 'ROW<auction BIGINT NOT NULL, `bidder` INT>',
};
const schema: Schema = {
  fields: Object.entries(columns).map(([name, text]) => {
    const parsed = parseType(text);
    if ('problem' in parsed) throw new Error(parsed.problem.text.en);
    return { name, type: parsed.type };
  }),
};

function check(text: string, wanted: 'any' | 'boolean' = 'any'): string {
  const result = checkExpression(text, schema, { timeZone: 'UTC' }, wanted);
  if ('problems' in result)
    return result.problems.map((problem) => `${problem.code} ${problem.start}-${problem.end}: ${problem.text.en}`).join('\n');
  return `${printType(result.type)} of ${result.columns.join(', ')}`;
}

describe('checkExpression', () => {
  it.each([
    ['price * rate', 'DECIMAL(24, 3) of price, rate'],
    ['qty / 2', 'INT NOT NULL of qty'],
    ['price % qty', 'INT of price, qty'],
    ['f * d', 'FLOAT of f, d'],
    ['d * f', 'DOUBLE of d, f'],
    ['bid.auction + 1', 'BIGINT of bid.auction'],
    ['bid.bidder IS NULL', 'BOOLEAN NOT NULL of bid.bidder'],
    ["ts + INTERVAL '1' DAY", 'TIMESTAMP(3) of ts'],
    ["CASE WHEN ok THEN 'a' ELSE 'bc' END", 'VARCHAR(2) NOT NULL of ok'],
    ['TRY_CAST(name AS INT)', 'INT of name'],
    ['-2147483648', 'INT NOT NULL of '],
    ["'a' || name", 'STRING of name'],
    ['5 / 2.0', 'DECIMAL(17, 6) NOT NULL of '],
    ['name IN (NULL)', 'BOOLEAN of '],
  ])('%s is %s', (text, expected) => {
    expect(check(text)).toBe(expected);
  });

  it.each([
    ['Price > 1', 'MR3012 0-5: there is no column Price; upper and lower case count: write price'],
    ['bid.x', 'MR3012 0-5: there is no field x in bid; there is auction, bidder'],
    ['CHARLENGTH(name)', 'MR3013 0-16: there is no function CHARLENGTH; did you mean CHAR_LENGTH?'],
    ['UPER(name)', 'MR3013 0-10: there is no function UPER; did you mean UPPER?'],
    ["'1' + 1", 'MR3014 0-7: CHAR(1) + INT is not possible; CAST one side to a type that fits'],
    ['name = 1', 'MR3014 0-8: text is not compared with INT by =; CAST the text to INT'],
    ['NULL + 1', 'MR3014 0-4: NULL has no type here; write for example CAST(NULL AS INT)'],
    ['CAST(ok AS DATE)', 'MR3015 0-16: BOOLEAN cannot be cast to DATE'],
    ["DATE '2024-02-30'", "MR3016 0-17: '2024-02-30' is not a date; write DATE '2024-02-29'"],
    ["INTERVAL '100' DAY", 'MR3016 0-18: 100 has more than 2 digits; write the field as DAY(3), or use a larger unit'],
    ['price AND ok', 'MR3014 0-5: AND needs TRUE or FALSE, not BIGINT; compare it with something, for example … > 0'],
    [
      "name LIKE 'a!b' ESCAPE '!'",
      "MR3014 0-26: in the pattern 'a!b' the escape character stands before something other than %, _ or itself",
    ],
  ])('refuses %s', (text, expected) => {
    expect(check(text)).toBe(expected);
  });

  it('wants a condition where a filter asks for one', () => {
    expect(check('price', 'boolean')).toBe('MR3017 0-5: a condition must be TRUE or FALSE, but this is BIGINT; compare it with something');
    expect(check('price > 1', 'boolean')).toBe('BOOLEAN of price');
  });

  it('names an unknown time zone', () => {
    const result = checkExpression('1', schema, { timeZone: 'Mars/Olympus' });
    expect('problems' in result && result.problems[0].text.en).toBe(
      'there is no time zone Mars/Olympus; write for example Asia/Shanghai or UTC',
    );
  });
});
