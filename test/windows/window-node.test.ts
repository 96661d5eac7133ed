/** The window node against a naive model: random windows, batches, marks, disorder, and restores at any point and parallelism, also of the rows that state is shown as. */
import { expect, test } from 'vitest';
import { SeededRandom } from '../../engine/base/random.ts';
import type { WindowAggregateConfig } from '../../engine/nodes/windows/window-aggregate/node.ts';
import { createOperator } from '../../engine/nodes/windows/window-aggregate/operator.ts';
import { BIGINT, decimalType, notNull, STRING, timestampType } from '../../engine/types/make-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { SubtaskEmission } from '../conformance/operators/harness.ts';
import { Harness } from '../conformance/operators/harness.ts';
import { movingDisk } from '../support/operator-disk.ts';
import { throughRows } from '../support/savepoint-of.ts';
import type { InputRow, WindowKind } from './naive-windows.ts';
import { NaiveWindows, printResult } from './naive-windows.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 20261122);
const ROUNDS = 40;
const NANOS = 1_000_000n;
const LONG_MAX = 2n ** 63n - 1n;

const INPUT: Schema = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'number', type: BIGINT },
    { name: 'text', type: STRING },
    { name: 'decimal', type: decimalType(20, 2) },
    { name: 'time', type: timestampType(3) },
  ],
  rowtime: 'time',
};
const BOUND = notNull(timestampType(3));
const COUNT = notNull(BIGINT);
const OUTPUT: Schema = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'window_start', type: BOUND },
    { name: 'window_end', type: BOUND },
    { name: 'rows', type: COUNT },
    { name: 'numbers', type: COUNT },
    { name: 'total', type: BIGINT },
    { name: 'least', type: BIGINT },
    { name: 'last_text', type: STRING },
    { name: 'average', type: BIGINT },
    { name: 'texts', type: COUNT },
    { name: 'amount', type: decimalType(38, 2) },
  ],
};
const AGGREGATES: WindowAggregateConfig['aggregates'] = [
  { name: 'rows', function: 'COUNT', column: null },
  { name: 'numbers', function: 'COUNT', column: 'number' },
  { name: 'total', function: 'SUM', column: 'number' },
  { name: 'least', function: 'MIN', column: 'number' },
  { name: 'last_text', function: 'MAX', column: 'text' },
  { name: 'average', function: 'AVG', column: 'number' },
  { name: 'texts', function: 'COUNT_DISTINCT', column: 'text' },
  { name: 'amount', function: 'SUM', column: 'decimal' },
];

function nodeConfig(window: WindowKind): WindowAggregateConfig {
  return {
    window: window.kind,
    size: Number(window.size),
    slide: Number(window.step),
    step: Number(window.step),
    gap: Number(window.gap),
    offset: Number(window.offset),
    keys: ['key'],
    aggregates: AGGREGATES,
    windowTime: false,
    lateRows: 'late-output',
    allowedLateness: Number(window.lateness),
  };
}

function randomWindow(random: SeededRandom): WindowKind {
  const kind = (['tumbling', 'sliding', 'cumulative', 'session'] as const)[random.nextInt(4)];
  const step = BigInt(1 + random.nextInt(12));
  const size = kind === 'tumbling' ? step : step * BigInt(1 + random.nextInt(5));
  const lateness = random.nextInt(3) === 0 ? BigInt(random.nextInt(20)) : 0n;
  return { kind, size, step, offset: BigInt(random.nextInt(Number(step))), gap: BigInt(1 + random.nextInt(10)), lateness };
}

function randomRow(random: SeededRandom, around: bigint): InputRow {
  const pick = <T>(values: readonly T[]) => values[random.nextInt(values.length)];
  return {
    key: pick(['a', 'bb', 'ключ', '', null, 'a-much-longer-key-of-more-than-sixteen-bytes']),
    number: random.nextInt(6) === 0 ? null : pick([1n, -7n, LONG_MAX, 40n, BigInt(random.nextInt(1000))]),
    text: random.nextInt(5) === 0 ? null : pick(['x', 'yy', '', 'é', '😀', 'zz'.repeat(random.nextInt(20))]),
    decimal: random.nextInt(5) === 0 ? null : BigInt(random.nextInt(1_000_000) - 500_000) * 10n ** BigInt(random.nextInt(12)),
    time: around + BigInt(random.nextInt(60) - 35),
  };
}

const values = (row: InputRow) => [row.key, row.number, row.text, row.decimal, row.time * NANOS];

function printEmissions(emissions: readonly SubtaskEmission[]): { fired: string[]; late: string[] } {
  const fired: string[] = [];
  const late: string[] = [];
  for (const emission of emissions) {
    if (emission.kind !== 'row') continue;
    const cells = emission.values as (string | bigint | null)[];
    if (emission.port === 0) fired.push(printResult(cells.map((cell, at) => (at === 1 || at === 2 ? BigInt(cell ?? 0) / NANOS : cell))));
    else late.push(printResult(cells));
  }
  return { fired: fired.sort(), late: late.sort() };
}

/** One batch with marks behind some of its rows, given to both. */
function runBatch(
  random: SeededRandom,
  harness: Harness,
  model: NaiveWindows,
  now: bigint,
): { expected: string[]; late: string[]; found: SubtaskEmission[] } {
  const rows = Array.from({ length: 1 + random.nextInt(12) }, () => randomRow(random, now));
  const marks: { row: number; watermark: bigint }[] = [];
  const expected: string[] = [];
  let watermark = now - 30n;
  model.late = [];
  rows.forEach((row, at) => {
    expected.push(...model.add(row));
    if (harness.parallelism > 1 || random.nextInt(3) > 0) return;
    watermark += BigInt(random.nextInt(8));
    marks.push({ row: at, watermark });
    expected.push(...model.advance(watermark));
  });
  const found = harness.element(
    rows.map(values),
    rows.map(() => null),
    0,
    marks,
  );
  return { expected: expected.sort(), late: model.late.map((row) => printResult(values(row))).sort(), found };
}

const written = { bytes: 0 };

for (let round = 0; round < 2 * ROUNDS; round++) {
  const seed = SEED + (round >> 1);
  const onDisk = (round & 1) === 1;
  test(`windows of seed ${seed} equal the naive ones${onDisk ? ', with state that moves between memory and disk' : ''}`, () => {
    const random = new SeededRandom(seed);
    const window = randomWindow(random);
    const disk = movingDisk(new SeededRandom(seed));
    const name = `seed ${seed} ${JSON.stringify(window, (_, value) => (typeof value === 'bigint' ? Number(value) : value))}`;
    const config = nodeConfig(window);
    const harness = new Harness({
      create: (context) => createOperator(config, context),
      inputSchemas: [INPUT],
      outputSchemas: [OUTPUT, INPUT],
      keys: [[0]],
      batchRows: 1 + random.nextInt(5),
      ...(onDisk ? { disk } : {}),
    });
    const model = new NaiveWindows(window);
    let now = BigInt(random.nextInt(2) === 0 ? 0 : 1_700_000_000_000);
    for (let step = 0; step < 40; step++) {
      now += BigInt(random.nextInt(15));
      const { expected, late, found } = runBatch(random, harness, model, now);
      expect(printEmissions(found), `${name} step ${step}`).toEqual({ fired: expected, late });
      if (random.nextInt(3) === 0) {
        const fired = model.advance(now - 10n).sort();
        expect(printEmissions(harness.watermark(now - 10n)).fired, `${name} step ${step} watermark`).toEqual(fired);
      }
      if (random.nextInt(4) === 0) harness.restore(1 + random.nextInt(3), random.nextInt(5) === 0 ? throughRows : undefined);
    }
    expect(printEmissions(harness.watermark(LONG_MAX)).fired, `${name} at the end`).toEqual(model.advance(LONG_MAX).sort());
    const open = harness.metrics().reduce((sum, metrics) => sum + metrics.stateKeys, 0);
    expect(open, `${name}: nothing is left behind`).toBe(0);
    harness.close();
    expect(
      disk.folders.map((folder) => folder.diskBytes).filter((bytes) => bytes > 0),
      `${name}: files`,
    ).toEqual([]);
    written.bytes += disk.writtenBytes;
  });
}

test('state was on disk', () => expect(written.bytes).toBeGreaterThan(100_000));
