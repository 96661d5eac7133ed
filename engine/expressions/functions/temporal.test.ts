/** The functions of dates and times: what Flink answers before 1970, in gaps and overlaps, and for text that does not fit. */
import { expect, test } from 'vitest';
import { evaluateExpression, valueOf } from '../../../test/support/evaluate-expression.ts';

test.each([
  ["EXTRACT(WEEK FROM DATE '2024-12-30')", 1n],
  ["EXTRACT(ISOYEAR FROM DATE '2021-01-03')", 2020n],
  ["DAYOFWEEK(DATE '1970-01-01')", 5n],
  ["EXTRACT(HOUR FROM TIMESTAMP '1969-12-31 10:20:30.123')", -13n],
  ["SECOND(DATE '2024-02-29')", 19n],
  ["EXTRACT(MONTH FROM INTERVAL '-30' MONTH)", -6n],
  ["EXTRACT(YEAR FROM TIME '10:00:00')", '!refused'],
  ["CAST(FLOOR(TIMESTAMP '2024-02-29 12:34:56' TO WEEK) AS STRING)", '2024-02-25 00:00:00'],
  ["CAST(CEIL(DATE '2024-02-29' TO MONTH) AS STRING)", '2024-03-01'],
  ["CAST(CEIL(TIMESTAMP '2024-02-29 23:59:59.123456' TO MILLISECOND) AS STRING)", '2024-02-29 23:59:59.124000'],
  ["FLOOR(TIMESTAMP '2024-02-29 12:34:56' TO NANOSECOND)", '!failed'],
  ["CAST(TIMESTAMPADD(MONTH, 1, DATE '2024-01-31') AS STRING)", '2024-02-29'],
  ["TIMESTAMPDIFF(MONTH, DATE '2024-01-31', DATE '2024-02-29')", 1],
  ["TIMESTAMPDIFF(DAY, TIMESTAMP '2024-01-01 10:00:00', DATE '2024-01-05')", 3],
  ["DATE_FORMAT(TIMESTAMP '2024-02-29 23:59:59', 'EEE, d MMM yyyy hh:mm a')", 'Thu, 29 Feb 2024 11:59 PM'],
  ["DATE_FORMAT(TIMESTAMP '2024-02-29 23:59:59', 'bad{')", '!failed'],
  ["DATE_FORMAT('2024-02-29 23:59:59', 'yyyy/MM')", '2024/02'],
  ["DATE_FORMAT('2024-02-29', 'yyyy')", null],
  ["CAST(TO_TIMESTAMP('2024-02-30') AS STRING)", '2024-02-29 00:00:00.000'],
  ["CAST(TO_TIMESTAMP('2024-02-30', 'yyyyMMdd') AS STRING)", '2024-03-01 00:00:00.000'],
  ["CAST(TO_TIMESTAMP('2024-02-29 24:00:00') AS STRING)", '2024-03-01 00:00:00.000'],
  ["TO_TIMESTAMP('2024-02-29T12:00:00')", null],
  ["CAST(TO_DATE('2023-02-29', 'yyyy-MM-dd') AS STRING)", '2023-03-01'],
  ["TO_DATE('bad', 'yyyy-MM-dd')", 622_191_233],
  ["UNIX_TIMESTAMP('bad')", -9_223_372_036_854_775_808n],
  ["UNIX_TIMESTAMP('2020-01-02 03:04:05 +0800', 'yyyy-MM-dd HH:mm:ss X')", 1_577_905_445n],
  ['TO_TIMESTAMP_LTZ(253402300800, 0)', null],
  ["TO_TIMESTAMP_LTZ('bad')", '!failed'],
  ["CONVERT_TZ('2021-03-14 02:30:00', 'America/Los_Angeles', 'UTC')", '2021-03-14 10:30:00'],
  ["CONVERT_TZ('2021-11-07 01:30:00', 'America/Los_Angeles', 'UTC')", '2021-11-07 09:30:00'],
  ["CONVERT_TZ('2021-11-07 01:30:00', 'nope', 'UTC')", '2021-11-07 01:30:00'],
])('%s', (text, expected) => {
  expect(valueOf(text)).toBe(expected);
});

test.each([
  ['FROM_UNIXTIME(-62135596800)', 'Asia/Kolkata', '0001-01-03 05:30:00'],
  ['FROM_UNIXTIME(0)', 'America/Los_Angeles', '1969-12-31 16:00:00'],
  ['CAST(FLOOR(TO_TIMESTAMP_LTZ(0, 3) TO DAY) AS STRING)', 'Asia/Kolkata', '1970-01-01 00:00:00.000'],
  ['EXTRACT(HOUR FROM TO_TIMESTAMP_LTZ(0, 3))', 'Asia/Shanghai', 8n],
])('%s in %s', (text, zone, expected) => {
  expect(valueOf(text, zone)).toBe(expected);
});

test.each([
  ["TIMESTAMPADD(HOUR, 1, DATE '2024-01-01')", 'TIMESTAMP(6) NOT NULL'],
  ["TIMESTAMPADD(MILLISECOND, 1, TIMESTAMP '2024-01-01 00:00:00')", 'TIMESTAMP(3) NOT NULL'],
  ["TIMESTAMPDIFF(NANOSECOND, DATE '2024-01-01', DATE '2024-01-02')", 'BIGINT NOT NULL'],
  ["TO_TIMESTAMP('x')", 'TIMESTAMP(3)'],
  ["UNIX_TIMESTAMP('x')", 'BIGINT NOT NULL'],
])('%s is %s', (text, type) => {
  expect(evaluateExpression(text)).toMatchObject({ type });
});
