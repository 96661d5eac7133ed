/** The functions of strings at their edges: code points, surrogates, negative lengths, NULLs. */
import { expect, test } from 'vitest';
import { evaluateExpression, valueOf } from '../../../test/support/evaluate-expression.ts';

test.each([
  ["CHAR_LENGTH('😀x😁')", 3],
  ["UPPER('ß')", 'SS'],
  ["INITCAP('%41%zz it''s')", "%41%Zz It'S"],
  ["REVERSE('a😀b')", 'b😀a'],
  ["ASCII('é')", -61],
  ['CHR(321)', 'A'],
  ['CHR(-1)', ''],
  ["TRIM(BOTH 'xa' FROM 'xxaxx')", ''],
  ["TRIM(LEADING '😀' FROM '😀a😀')", 'a😀'],
  ["RTRIM('a  ')", 'a'],
  ["BTRIM('xyax', 'yx')", 'a'],
  ["SUBSTRING('abcdef' FROM -2 FOR 5)", 'ef'],
  ["SUBSTRING('abcdef' FROM 0 FOR 2)", 'ab'],
  ["SUBSTRING('abcdef' FROM 2 FOR -1)", null],
  ["SUBSTRING('😀bc' FROM 2)", 'bc'],
  ["LEFT('abc', -1)", ''],
  ["RIGHT('😀bc', 2)", 'bc'],
  ["OVERLAY('abcdef' PLACING 'XYZ' FROM 2)", 'aXYZef'],
  ["OVERLAY('😀bc' PLACING 'X' FROM 2)", '?Xbc'],
  ["SPLIT_INDEX('a,b,,c', ',', 2)", ''],
  ["SPLIT_INDEX('a b', '', 1)", 'b'],
  ["SPLIT_INDEX('a,b', 44, 1)", 'b'],
  ["SPLIT_INDEX('', ',', 0)", null],
  ["POSITION('b' IN '😀b')", 2],
  ["LOCATE('b', 'abcabc', 3)", 5],
  ["INSTR('Corporate Floor', 'or', -3, 2)", 2],
  ["REPLACE('abc', '', '-')", '-a-b-c-'],
  ["TRANSLATE('hello', 'lo', '0')", 'he00'],
  ["STARTSWITH(x'0102', x'01')", true],
  ["CONCAT_WS(',', 'a', CAST(NULL AS STRING), 'b')", 'a,b'],
  ["CONCAT('a', CAST(NULL AS STRING))", null],
  ["LPAD('ab', 5, 'xy')", 'xyxab'],
  ["RPAD('ab', 1, 'xy')", 'a'],
  ["LPAD('ab', 3, '')", null],
  ["REPEAT('ab', 2)", 'abab'],
  ["FROM_BASE64(TO_BASE64('日本'))", '日本'],
  ["FROM_BASE64('***')", '!failed'],
  ["REPEAT('ab', 2147483647)", '!failed'],
  ['UPPER(1)', '!refused'],
  ["CONCAT('a', 1)", '!refused'],
])('%s', (text, expected) => {
  expect(valueOf(text)).toBe(expected);
});

test.each([
  ["UPPER('abc')", 'CHAR(3) NOT NULL'],
  ["TRIM('abc')", 'VARCHAR(3) NOT NULL'],
  ["SUBSTRING('abc' FROM 1)", 'VARCHAR(3)'],
  ["OVERLAY('abc' PLACING 'de' FROM 1)", 'VARCHAR(5) NOT NULL'],
  ["LPAD('a', 3, 'b')", 'STRING NOT NULL'],
  ["REVERSE('a')", 'STRING'],
  ["MD5('a')", 'CHAR(32) NOT NULL'],
  ["SHA2('a', 256)", 'VARCHAR(128) NOT NULL'],
])('%s is %s', (text, type) => {
  expect(evaluateExpression(text)).toMatchObject({ type });
});

test.each([
  ['HEX(-1)', 'FFFFFFFFFFFFFFFF'],
  ["HEX('é')", 'C3A9'],
  ['BIN(5)', '101'],
  ["URL_ENCODE('a b/é*')", 'a+b%2F%C3%A9*'],
  ["URL_DECODE('a+b%2F%C3%A9')", 'a b/é'],
  ["URL_DECODE('%4')", null],
  ["UNHEX('0x')", null],
  ["IS_ALPHA('Äö')", true],
  ["IS_DIGIT('1.5')", false],
  ["IS_DECIMAL('-1.5e3')", true],
  ["IS_DECIMAL('1L')", false],
])('%s', (text, expected) => {
  expect(valueOf(text)).toBe(expected);
});
