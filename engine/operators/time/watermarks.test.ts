/** Generators, the splits of a reader, and the two watermark operators on small sequences whose answers are Flink's. */
import { expect, test } from 'vitest';
import type { Emission } from '../../../test/conformance/operators/harness.ts';
import { Harness } from '../../../test/conformance/operators/harness.ts';
import type { Batch } from '../../columnar/batch.ts';
import { BIGINT, timestampType } from '../../types/make-type.ts';
import { LONG_MIN } from './long.ts';
import { SqlWatermarkOperator, tickIntervalMs } from './sql-watermark-operator.ts';
import { TimestampsAndWatermarksOperator } from './timestamps-watermarks-operator.ts';
import type { WatermarkSink } from './watermark-generators.ts';
import { ascendingTimestamps, boundedOutOfOrderness, withIdleness } from './watermark-generators.ts';
import { WatermarkMultiplexer } from './watermark-multiplexer.ts';

function recorder(): WatermarkSink & { take(): (bigint | 'idle')[] } {
  const seen: (bigint | 'idle')[] = [];
  return { emitWatermark: (watermark) => seen.push(watermark), markIdle: () => seen.push('idle'), take: () => seen.splice(0) };
}

test('bounded out-of-orderness emits on ticks only, Long.MIN first', () => {
  const sink = recorder();
  const generator = boundedOutOfOrderness(10n);
  generator.onPeriodic(200, sink);
  generator.onEvent(100n, sink);
  generator.onEvent(50n, sink);
  generator.onPeriodic(400, sink);
  expect(sink.take()).toEqual([LONG_MIN, 89n]);
});

test('idleness begins with the first quiet tick and is strictly longer than the timeout', () => {
  const sink = recorder();
  const generator = withIdleness(ascendingTimestamps(), 500);
  generator.onEvent(100n, sink);
  for (const now of [1200, 1400, 1900, 1901, 2100]) generator.onPeriodic(now, sink);
  generator.onEvent(50n, sink);
  generator.onPeriodic(2300, sink);
  expect(sink.take()).toEqual([99n, 99n, 99n, 'idle', 99n]);
});

test('splits: the minimum over those that are not idle, the maximum once all are', () => {
  const sink = recorder();
  const splits = new WatermarkMultiplexer(sink);
  splits.register('a');
  splits.register('b');
  splits.onWatermark('a', 10n, false);
  splits.onWatermark('b', 4n, true);
  expect(sink.take()).toEqual([]);
  splits.onPeriodic();
  splits.onStatus('b', true, false);
  expect(sink.take()).toEqual([4n, 10n]);
  splits.onWatermark('b', 8n, false);
  splits.onStatus('a', true, false);
  splits.onStatus('b', true, false);
  expect(sink.take()).toEqual(['idle']);
});

test('the tick of the SQL operator serves the interval and the idle timeout', () => {
  expect([
    tickIntervalMs(200, -1),
    tickIntervalMs(0, 500),
    tickIntervalMs(200, 500),
    tickIntervalMs(200, 5000),
    tickIntervalMs(3, 4),
    tickIntervalMs(0, 0),
  ]).toEqual([200, 500, 40, 200, 1, 0]);
});

const readLong = (batch: Batch, row: number) => batch.memory.i64[(batch.columns[0].data >>> 3) + row];
const print = (emissions: readonly Emission[]) =>
  emissions.map((each) =>
    each.kind === 'row' ? `row@${each.timestamp}` : each.kind === 'watermark' ? `wm ${each.watermark}` : each.idle ? 'idle' : 'active',
  );

test('SQL: from 0, after the row, at once when it moved by more than the interval, the rest on the tick', () => {
  const schema = { fields: [{ name: 't', type: timestampType(3) }], rowtime: 't' };
  const harness = new Harness({
    create: (context) =>
      new SqlWatermarkOperator(
        { rowtime: [0], watermarkOf: (batch, row) => readLong(batch, row) - 10n, autoWatermarkIntervalMs: 200, idleTimeoutMs: -1 },
        context,
      ),
    inputSchemas: [schema],
    outputSchemas: [schema],
    keys: [],
  });
  const row = (time: bigint) => print(harness.element([[time * 1_000_000n]], [null]));
  expect([row(-500n), row(210n), row(211n), row(400n)].flat()).toEqual(['row@null', 'row@null', 'row@null', 'wm 201', 'row@null']);
  expect(print(harness.processingTime(400n))).toEqual(['wm 390']);
  expect(print(harness.watermark(1000n))).toEqual([]);
  expect(() => harness.element([[null]], [null])).toThrow('no event time');
});

test('DataStream: records get their time; after IDLE only an advancing watermark wakes the stream', () => {
  const schema = { fields: [{ name: 't', type: BIGINT }] };
  const harness = new Harness({
    create: (context) =>
      new TimestampsAndWatermarksOperator(
        { timestampOf: readLong, generator: withIdleness(boundedOutOfOrderness(0n), 300), punctuation: null, autoWatermarkIntervalMs: 200 },
        context,
      ),
    inputSchemas: [schema],
    outputSchemas: [schema],
    keys: [],
  });
  const seen = [
    harness.element([[100n]], [null]),
    ...[200n, 400n, 600n, 800n].map((now) => harness.processingTime(now)),
    harness.element([[50n]], [null]),
  ];
  seen.push(harness.processingTime(1000n), harness.element([[200n]], [null]), harness.processingTime(1200n));
  expect(seen.flatMap(print)).toEqual(['row@100', 'wm 99', 'idle', 'row@50', 'row@200', 'active', 'wm 199']);
});
