/** Windows with triggers as rows, with their records and timers: printed, changed, and gone on from by the operators that run. */
import { expect, it } from 'vitest';
import { Harness } from '../../../test/conformance/operators/harness.ts';
import { throughRows } from '../../../test/support/savepoint-of.ts';
import { at, BOUND, edited, feed, INPUT, LONG_MAX, SUMS, shown } from '../../../test/support/window-state.ts';
import type { AggregateCall } from '../../operators/aggregating/aggregate-call.ts';
import type { GeneralWindowPlan } from '../../operators/windowing/create-general-window.ts';
import { createAggregatingWindow, createRowsWindow } from '../../operators/windowing/create-general-window.ts';
import { continuousEventTimeTrigger } from '../../operators/windowing/periodic-triggers.ts';
import { countTrigger } from '../../operators/windowing/record-triggers.ts';
import { eventTimeTrigger } from '../../operators/windowing/triggers.ts';
import { globalWindow, sessionWindows, tumblingWindows } from '../../operators/windowing/window-assigners.ts';
import { processingTimeoutTrigger } from '../../operators/windowing/wrapping-triggers.ts';
import { BIGINT, notNull, STRING } from '../../types/make-type.ts';

const CALLS: readonly AggregateCall[] = [
  { function: 'SUM', argument: [1], argumentType: BIGINT, resultType: BIGINT },
  { function: 'COUNT_DISTINCT', argument: [1], argumentType: BIGINT, resultType: notNull(BIGINT) },
];
function general(change: Partial<GeneralWindowPlan>, wholeRows = false): Harness {
  const plan: GeneralWindowPlan = {
    assigner: tumblingWindows(10_000n, 0n),
    trigger: eventTimeTrigger,
    evictor: null,
    allowedLateness: 0n,
    keys: [[0]],
    keyTypes: [STRING],
    rowtime: [2],
    shift: null,
    keepsWatermark: true,
    latePort: null,
    fingerprint: 'test',
    ...change,
  };
  const rowsOut = { fields: [...INPUT.fields, { name: 'window_start', type: BOUND }] };
  return new Harness({
    create: (context) =>
      wholeRows
        ? createRowsWindow(plan, context, { start: 3, end: null, time: null })
        : createAggregatingWindow(plan, context, CALLS, { keys: [0], start: 1, end: 2, time: null, aggregates: [3, 4] }, false),
    inputSchemas: [INPUT],
    outputSchemas: [wholeRows ? rowsOut : SUMS, INPUT],
    keys: [[0]],
  });
}

it('sessions that fire again are moved with the timers that end them', () => {
  const harness = general({ assigner: sessionWindows(5000n), allowedLateness: 2000n });
  feed(harness, ['a', 1n, 1], ['a', 2n, 3], ['b', 4n, 2]);
  const place = { key: ['a'], window_start: at(1) };
  const window = { state: 'windows', ...place, window_end: at(20), records: 2, 'SUM(BIGINT)': 3, 'COUNT_DISTINCT(BIGINT)': [1, 2] };
  expect(() => edited(harness, 1, [window])).toThrow(
    expect.objectContaining({
      details: expect.objectContaining({ field: 'window_end', remedy: expect.stringContaining('"at_ms":21999') }),
    }),
  );
  const timer = { state: '@timers', ...place, domain: 'event-time' };
  const printed = edited(harness, 2, [window, { ...timer, at_ms: 19_999 }, { ...timer, at_ms: 21_999 }]);
  expect([...printed].sort()).toEqual([
    '{"state":"@timers","key":["a"],"window_start":"01","domain":"event-time","at_ms":7999}',
    '{"state":"@timers","key":["a"],"window_start":"01","domain":"event-time","at_ms":9999}',
    '{"state":"@timers","key":["b"],"window_start":"02","domain":"event-time","at_ms":6999}',
    '{"state":"@timers","key":["b"],"window_start":"02","domain":"event-time","at_ms":8999}',
    '{"state":"windows","key":["a"],"window_start":"01","window_end":"08","records":2,"SUM(BIGINT)":3,"COUNT_DISTINCT(BIGINT)":[1,2]}',
    '{"state":"windows","key":["b"],"window_start":"02","window_end":"07","records":1,"SUM(BIGINT)":4,"COUNT_DISTINCT(BIGINT)":[4]}',
  ]);
  expect(shown(harness.watermark(19_998n))).toEqual(['b 2s 7s 4 1']);
  expect(shown(harness.watermark(19_999n))).toEqual(['a 1s 20s 3 2']);
  expect(feed(harness, ['a', 5n, 19])).toEqual([]);
  expect(shown(harness.watermark(LONG_MAX))).toEqual(['a 1s 24s 8 3']);
  harness.close();
});

it('what a trigger has counted is edited, and with it when it fires', () => {
  const harness = general({ assigner: globalWindow, trigger: countTrigger(3) });
  feed(harness, ['a', 1n, 1], ['b', 2n, 1]);
  const window = { state: 'windows', counted: 2, records: 1, 'SUM(BIGINT)': 50, 'COUNT_DISTINCT(BIGINT)': [8] };
  const printed = edited(harness, 2, [
    { ...window, key: ['a'] },
    { ...window, key: ['new'] },
  ]);
  expect([...printed].sort()).toEqual([
    '{"state":"windows","key":["a"],"counted":1,"records":1,"SUM(BIGINT)":1,"COUNT_DISTINCT(BIGINT)":[1]}',
    '{"state":"windows","key":["b"],"counted":1,"records":1,"SUM(BIGINT)":2,"COUNT_DISTINCT(BIGINT)":[2]}',
  ]);
  expect(feed(harness, ['a', 1n, 2], ['b', 1n, 2], ['new', 1n, 2]).map((row) => row.replaceAll(/-\d+/g, '-'))).toEqual([
    'a - - 51 2',
    'new - - 51 2',
  ]);
  harness.close();
});

it('times at which a trigger fires are timers, and moved together', () => {
  const timeout = { timeout: 100n, resetOnNewRecord: false, clearOnTimeout: false };
  const harness = general({ trigger: processingTimeoutTrigger(continuousEventTimeTrigger(4000n), timeout) });
  feed(harness, ['a', 1n, 1]);
  const place = { key: ['a'], window_start: at(0), window_end: at(10) };
  const window = {
    state: 'windows',
    ...place,
    'next_at_ms (event-time)': 6000,
    'timeout_at_ms (processing-time)': 100,
    records: 1,
    'SUM(BIGINT)': 1,
    'COUNT_DISTINCT(BIGINT)': [1],
  };
  expect(() => edited(harness, 1, [window])).toThrow(
    /'next_at_ms \(event-time\)' must be the time of a timer of the window in event-time; it is 6000/,
  );
  const printed = edited(harness, 1, [window, { state: '@timers', ...place, domain: 'event-time', at_ms: 6000 }]);
  const bounds = '"key":["a"],"window_start":"00","window_end":"10"';
  expect(printed).toEqual([
    `{"state":"windows",${bounds},"next_at_ms (event-time)":4000,"timeout_at_ms (processing-time)":100,"records":1,"SUM(BIGINT)":1,"COUNT_DISTINCT(BIGINT)":[1]}`,
    `{"state":"@timers",${bounds},"domain":"event-time","at_ms":4000}`,
    `{"state":"@timers",${bounds},"domain":"event-time","at_ms":9999}`,
    `{"state":"@timers",${bounds},"domain":"processing-time","at_ms":100}`,
  ]);
  expect(shown(harness.processingTime(100n))).toEqual(['a 0 10s 1 1']);
  harness.close();
});

it('records that a window keeps are put and removed one by one', () => {
  const harness = general({}, true);
  feed(harness, ['a', 1n, 1], ['a', 2n, 3], ['b', 4n, 2]);
  const record = { state: 'records', key: ['a'], window_start: at(0), window_end: at(10) };
  const printed = edited(harness, 2, [
    { ...record, number: 1, timestamp_ms: 5000, row: ['a', 7, at(5)] },
    { ...record, number: 5, timestamp_ms: null, row: ['a', null, null] },
  ]);
  expect(printed.filter((line) => line.includes('"records"'))).toEqual([
    '{"state":"records","key":["a"],"window_start":"00","window_end":"10","number":0,"timestamp_ms":1000,"row":["a",1,"01"]}',
    '{"state":"records","key":["a"],"window_start":"00","window_end":"10","number":1,"timestamp_ms":3000,"row":["a",2,"03"]}',
    '{"state":"records","key":["b"],"window_start":"00","window_end":"10","number":0,"timestamp_ms":2000,"row":["b",4,"02"]}',
  ]);
  expect(() => edited(harness, 1, [{ ...record, key: ['nobody'], number: 0, timestamp_ms: 1, row: ['a', 1, null] }])).toThrow(
    /state 'records': 'window_start' must be that of a window of state 'windows'/,
  );
  expect(shown(harness.watermark(LONG_MAX))).toEqual(['a 1 1s 0', 'a 7 5s 0', 'a null null 0', 'b 4 2s 0']);
  harness.close();
});

const WINDOW = { state: 'windows', key: ['a'], records: 1, 'SUM(BIGINT)': 0, 'COUNT_DISTINCT(BIGINT)': [] };

it.each<[string, object, string, RegExp]>([
  [
    'a start between windows',
    { window_start: at(3), window_end: at(13) },
    'window_start',
    /must be the start of a window of this node \(every 10000 ms/,
  ],
  ['a window of another length', { window_start: at(10), window_end: at(30) }, 'window_end', /must be 10000 ms behind 'window_start'/],
  [
    'a window that nothing ends',
    { window_start: at(10), window_end: at(20) },
    'window_end',
    /must have a timer at which the window is forgotten/,
  ],
])('refuses %s', (_name, bounds, field, message) => {
  const harness = general({});
  feed(harness, ['a', 1n, 1]);
  const put = () => edited(harness, 1, [{ ...WINDOW, ...bounds }]);
  expect(put).toThrow(
    expect.objectContaining({
      code: 'MR5042',
      message: expect.stringMatching(message),
      details: expect.objectContaining({ nodeId: 'node', field }),
    }),
  );
});

it('refuses windows of a snapshot that does not tell of what they consist, by name', () => {
  const harness = general({});
  feed(harness, ['a', 1n, 1]);
  const untold = (sections: Parameters<typeof throughRows>[0]) =>
    sections.map((section) => ({ ...section, header: { ...(section.header as object), about: undefined } as never }));
  expect(() => harness.restore(1, (sections, parallelism) => throughRows(untold(sections), parallelism))).toThrow(
    expect.objectContaining({ code: 'MR5045', message: expect.stringContaining('before windows told of what they consist') }),
  );
});
