/**
 * Windows over TIMESTAMP_LTZ on the wall clock of Los Angeles, on both days on which clocks change: los-angeles.json holds rows (key, value,
 * instant) and what Flink 2.2.1 answered (window, key, local start and end, local window_time, SUM, COUNT).
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ColumnValue } from '../../engine/columnar/column-value.ts';
import { requireZone } from '../../engine/expressions/datetime/zone.ts';
import type { WindowAggregateConfig } from '../../engine/nodes/windows/window-aggregate/node.ts';
import { createOperator } from '../../engine/nodes/windows/window-aggregate/operator.ts';
import { BIGINT, notNull, STRING, timestampLtzType, timestampType } from '../../engine/types/make-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import { Harness } from '../conformance/operators/harness.ts';

const ZONE = 'America/Los_Angeles';
const NANOS = 1_000_000n;
const HOUR = 3_600_000;

interface Recording {
  readonly rows: readonly (readonly [string, number, number])[];
  readonly results: readonly (readonly [string, string, ...number[]])[];
}
const recording = JSON.parse(readFileSync(new URL('./los-angeles.json', import.meta.url), 'utf8')) as Recording;

const INPUT: Schema = {
  fields: [
    { name: 'k', type: STRING },
    { name: 'v', type: BIGINT },
    { name: 'ts', type: timestampLtzType(3) },
  ],
  rowtime: 'ts',
};
const BOUND = notNull(timestampType(3));
const OUTPUT: Schema = {
  fields: [
    { name: 'k', type: STRING },
    { name: 'window_start', type: BOUND },
    { name: 'window_end', type: BOUND },
    { name: 'window_time', type: notNull(timestampLtzType(3)) },
    { name: 's', type: BIGINT },
    { name: 'n', type: notNull(BIGINT) },
  ],
};

const WINDOWS: Record<string, Partial<WindowAggregateConfig>> = {
  tumble: { window: 'tumbling', size: HOUR / 2 },
  hop: { window: 'sliding', size: 3 * HOUR, slide: HOUR },
  session: { window: 'session', gap: HOUR / 5 },
  cumulate: { window: 'cumulative', size: 24 * HOUR, step: 2 * HOUR },
};

function run(window: Partial<WindowAggregateConfig>): number[][] {
  const config: WindowAggregateConfig = {
    window: 'tumbling',
    size: 1,
    slide: 1,
    step: 1,
    gap: 1,
    offset: 0,
    keys: ['k'],
    aggregates: [
      { name: 's', function: 'SUM', column: 'v' },
      { name: 'n', function: 'COUNT', column: null },
    ],
    windowTime: true,
    lateRows: 'drop',
    allowedLateness: 0,
    ...window,
  };
  const harness = new Harness({
    create: (context) => createOperator(config, context),
    inputSchemas: [INPUT],
    outputSchemas: [OUTPUT],
    keys: [[0]],
    timeZone: ZONE,
  });
  const emissions = recording.rows.flatMap(([key, value, instant]) => [
    ...harness.element([[key, BigInt(value), BigInt(instant) * NANOS]], [null]),
    ...harness.watermark(BigInt(instant)),
  ]);
  emissions.push(...harness.watermark(2n ** 63n - 1n));
  return emissions.flatMap((emission) => (emission.kind === 'row' ? [emission.values.map(plain)] : [])) as number[][];
}

/** Timestamps (nanoseconds) as milliseconds, counts and sums as they are. */
function plain(value: ColumnValue, at: number): ColumnValue {
  if (typeof value !== 'bigint') return value;
  return Number(at >= 1 && at <= 3 ? value / NANOS : value);
}

test.each(Object.keys(WINDOWS))('%s windows follow the local clock', (name) => {
  const expected = recording.results.filter(([window]) => window === name).map(([, ...cells]) => JSON.stringify(cells));
  const found = run(WINDOWS[name]).map(([key, start, end, time, sum, count]) => {
    const local = time + requireZone(ZONE).offsetAt(time);
    return JSON.stringify([key, start, end, local, sum, count]);
  });
  expect(found.sort()).toEqual(expected.sort());
});
