/** Types are read and printed as Flink's summary strings. */
import { describe, expect, it } from 'vitest';
import { parseType } from './parse-type.ts';
import { printType } from './print-type.ts';

function reprint(text: string): string {
  const parsed = parseType(text);
  return 'type' in parsed ? printType(parsed.type) : `${parsed.problem.start}-${parsed.problem.end}: ${parsed.problem.text.en}`;
}

describe('parseType and printType', () => {
  it.each([
    ['INT', 'INT'],
    ['integer not null', 'INT NOT NULL'],
    ['DECIMAL(10, 2) NOT NULL', 'DECIMAL(10, 2) NOT NULL'],
    ['NUMERIC', 'DECIMAL(10, 0)'],
    ['VARCHAR', 'STRING'],
    ['CHARACTER VARYING(5)', 'VARCHAR(5)'],
    ['CHAR', 'CHAR(1)'],
    ['DOUBLE PRECISION', 'DOUBLE'],
    ['TIMESTAMP(3) WITH LOCAL TIME ZONE', 'TIMESTAMP_LTZ(3)'],
    ['TIMESTAMP', 'TIMESTAMP(6)'],
    ['TIME(0) WITHOUT TIME ZONE', 'TIME(0)'],
    ['INTERVAL DAY(2) TO SECOND(3)', 'INTERVAL DAY(2) TO SECOND(3)'],
    ['ROW<`a` INT NOT NULL, b STRING>', 'ROW<`a` INT NOT NULL, `b` STRING>'],
    ['ROW<`a b` ROW<c BIGINT>> NOT NULL', 'ROW<`a b` ROW<`c` BIGINT>> NOT NULL'],
    ['MAP<STRING, ARRAY<INT NOT NULL>>', 'MAP<STRING, ARRAY<INT NOT NULL>>'],
    ['INT ARRAY', 'ARRAY<INT>'],
    ['VARBINARY', 'BYTES'],
  ])('%s → %s', (text, printed) => {
    expect(reprint(text)).toBe(printed);
  });

  it.each([
    ['DECIMAL(39, 0)', '8-10: 39 is outside 1 … 38'],
    ['DECIMAL(4, 5)', '11-12: 5 is outside 0 … 4'],
    ['NUMBER', '0-6: there is no type NUMBER; types are for example INT, BIGINT, DOUBLE, DECIMAL(10, 2), STRING, TIMESTAMP(3)'],
    ['ROW<a INT', '9-9: the text ends where ">" is expected'],
    ['INT INT', '4-7: the end of the type is expected here, not INT'],
    [`${'ARRAY<'.repeat(10_000)}INT`, '384-389: a type may be nested at most 64 levels deep'],
    [`${'ROW<a '.repeat(10_000)}INT`, '384-387: a type may be nested at most 64 levels deep'],
    [`INT${' ARRAY'.repeat(10_000)}`, '382-387: a type may be nested at most 64 levels deep'],
    ['X'.repeat(100_001), '0-100001: the type has 100001 characters; at most 100000 are read'],
  ])('refuses %s', (text, problem) => {
    expect(reprint(text)).toBe(problem);
  });
});
