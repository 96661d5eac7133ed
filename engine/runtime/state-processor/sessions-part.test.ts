/** Sessions as rows: printed, changed, and gone on from by the operator that runs; what cannot be is refused. */
import { expect, it } from 'vitest';
import { Harness } from '../../../test/conformance/operators/harness.ts';
import { at, edited, feed, INPUT, LONG_MAX, SUMS, shown } from '../../../test/support/window-state.ts';
import { createOperator } from '../../nodes/windows/window-aggregate/operator.ts';
import type { OperatorContext } from '../../operators/operator.ts';

function sessions(): Harness {
  const config = {
    window: 'session',
    size: 1,
    slide: 1,
    step: 1,
    gap: 5000,
    offset: 0,
    keys: ['key'],
    aggregates: [
      { name: 'total', function: 'SUM', column: 'number' },
      { name: 'kinds', function: 'COUNT_DISTINCT', column: 'number' },
    ],
    windowTime: false,
    lateRows: 'drop',
    allowedLateness: 0,
  } as const;
  const create = (context: OperatorContext) =>
    createOperator({ ...config, keys: [...config.keys], aggregates: [...config.aggregates] }, context);
  return new Harness({ create, inputSchemas: [INPUT], outputSchemas: [SUMS, INPUT], keys: [[0]] });
}

it('a session is printed, changed and widened, and its job goes on from it', () => {
  const harness = sessions();
  feed(harness, ['a', 1n, 1], ['a', 2n, 3], ['a', 9n, 30], ['b', 4n, 2]);
  const session = { state: 'sessions', key: ['a'], window_start: at(1), window_end: at(8) };
  const printed = edited(harness, 2, [
    { ...session, window_end: at(12), 'SUM(BIGINT)': 100, 'COUNT_DISTINCT(BIGINT)': [1, 2, 7, 7] },
    { ...session, key: ['new'], 'SUM(BIGINT)': null, 'COUNT_DISTINCT(BIGINT)': [] },
  ]);
  expect([...printed].sort()).toEqual([
    '{"state":"sessions","key":["a"],"window_start":"01","window_end":"08","SUM(BIGINT)":3,"COUNT_DISTINCT(BIGINT)":[1,2]}',
    '{"state":"sessions","key":["a"],"window_start":"30","window_end":"35","SUM(BIGINT)":9,"COUNT_DISTINCT(BIGINT)":[9]}',
    '{"state":"sessions","key":["b"],"window_start":"02","window_end":"07","SUM(BIGINT)":4,"COUNT_DISTINCT(BIGINT)":[4]}',
  ]);
  feed(harness, ['a', 7n, 11]);
  expect(shown(harness.watermark(7_998n))).toEqual(['b 2s 7s 4 1']);
  expect(shown(harness.watermark(7_999n))).toEqual(['new 1s 8s null 0']);
  expect(shown(harness.watermark(LONG_MAX))).toEqual(['a 1s 16s 107 3', 'a 30s 35s 9 1']);
  harness.close();
});

it('a session that was removed is forgotten, one that was not stays', () => {
  const harness = sessions();
  feed(harness, ['a', 1n, 1], ['b', 4n, 2]);
  edited(harness, 3, [], 'a');
  feed(harness, ['a', 2n, 3]);
  expect(shown(harness.watermark(LONG_MAX))).toEqual(['a 3s 8s 2 1', 'b 2s 7s 4 1']);
  harness.close();
});

const SESSION = { state: 'sessions', key: ['a'], window_start: at(1), window_end: at(6), 'SUM(BIGINT)': 0, 'COUNT_DISTINCT(BIGINT)': [] };

it.each<[string, object, RegExp]>([
  [
    'a session inside of another',
    { ...SESSION, window_start: at(2), window_end: at(7) },
    /'window_start' must be behind the end of the session/,
  ],
  ['a session that touches another', { ...SESSION, window_start: at(6), window_end: at(11) }, /'window_start' must be behind the end/],
  ['an end before the start', { ...SESSION, window_end: at(0) }, /'window_end' must be behind 'window_start'; it is "1970-01-01 00:00:00"/],
  ['a session shorter than its gap', { ...SESSION, key: ['b'], window_end: at(3) }, /'window_end' must be at least the gap of 5000 ms/],
  ['a time that the type has not', { ...SESSION, window_end: '9223372036854775808' }, /'window_end' must be TIMESTAMP\(3\) NOT NULL/],
])('refuses %s', (_name, line, message) => {
  const harness = sessions();
  feed(harness, ['a', 1n, 1]);
  const put = () => edited(harness, 1, [line]);
  expect(put).toThrow(
    expect.objectContaining({
      code: 'MR5042',
      message: expect.stringMatching(message),
      details: expect.objectContaining({ nodeId: 'node' }),
    }),
  );
});
