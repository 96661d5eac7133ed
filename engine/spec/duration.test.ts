/** Durations, column paths and aggregates, as people write them. */
import { describe, expect, it } from 'vitest';
import { BIGINT, notNull, rowType, STRING } from '../types/make-type.ts';
import { parseAggregate, printAggregate } from './aggregate-text.ts';
import { listColumns, resolveColumn, splitColumnPath } from './column-path.ts';
import { formatDuration, parseDuration, printDuration } from './duration.ts';

describe('durations', () => {
  it.each([
    ['10 s', 10_000],
    ['90s', 90_000],
    ['1 h 30 min', 5_400_000],
    ['1.5 h', 5_400_000],
    ['250 ms', 250],
    ['PT15M', 900_000],
    ['P1DT0.5S', 86_400_500],
    ['2 days', 172_800_000],
    ['5 分钟', 300_000],
    ['0 s', 0],
    ['', null],
    ['10', null],
    ['ten s', null],
    ['-1 s', null],
    ['0.5 ms', null],
    ['1e3 s', null],
    ['P', null],
    [`${'9'.repeat(30)} d`, null],
  ])('%s', (words, ms) => {
    expect(parseDuration(words)).toBe(ms);
    if (ms !== null) expect(parseDuration(printDuration(ms))).toBe(ms);
  });

  it('are spelled for people', () => {
    expect([formatDuration(5_400_000, 'en'), formatDuration(5_400_000, 'zh'), formatDuration(0, 'en')]).toEqual([
      '1 h 30 min',
      '1 小时 30 分钟',
      '0 s',
    ]);
  });
});

describe('column paths', () => {
  const schema = {
    fields: [
      {
        name: 'bid',
        type: rowType([
          { name: 'auction', type: notNull(BIGINT) },
          { name: 'odd.name', type: STRING },
        ]),
      },
      { name: 'a.b', type: STRING },
      { name: '__proto__', type: STRING },
    ],
  };
  it.each([
    ['bid.auction', [0, 0]],
    ['a.b', [1]],
    ['`a.b`', [1]],
    ['bid.`odd.name`', [0, 1]],
    ['__proto__', [2]],
    ['bid.missing', null],
    ['bid.auction.deeper', null],
    ['bid.', null],
    ['', null],
    ['constructor', null],
  ])('%s', (path, indexes) => expect(resolveColumn(schema, path)?.path ?? null).toEqual(indexes));

  it('a field of a nullable row is nullable', () => {
    expect(resolveColumn(schema, 'bid.auction')?.type).toEqual(BIGINT);
  });

  it('every listed column is found again', () => {
    const listed = listColumns(schema);
    expect(listed.map((column) => column.path)).toEqual(['bid', 'bid.auction', 'bid.`odd.name`', 'a.b', '__proto__']);
    for (const column of listed) expect(resolveColumn(schema, column.path)?.type).toEqual(column.type);
  });

  it('splits what may be a path', () => expect(splitColumnPath('`a``b`. c')).toEqual(['a`b', 'c']));
});

describe('aggregates', () => {
  it.each([
    ['COUNT(*)', { function: 'COUNT', column: null }],
    ['sum( bid.price )', { function: 'SUM', column: 'bid.price' }],
    ['COUNT(DISTINCT bidder)', { function: 'COUNT_DISTINCT', column: 'bidder' }],
    ['SUM(*)', null],
    ['SUM(DISTINCT a)', null],
    ['SUM(a) / 10', null],
    ['MEDIAN(a)', null],
    ['COUNT()', null],
  ])('%s', (words, call) => {
    const parsed = parseAggregate(words);
    expect(parsed).toEqual(call);
    if (parsed !== null) expect(parseAggregate(printAggregate(parsed))).toEqual(parsed);
  });
});
