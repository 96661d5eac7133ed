/** The general window operator gives the same rows whether they come one by one or in batches with watermarks inside, restored or not. */
import { expect, test } from 'vitest';
import { SeededRandom } from '../../engine/base/random.ts';
import type { ColumnValue } from '../../engine/columnar/column-value.ts';
import type { AggregateCall } from '../../engine/operators/aggregating/aggregate-call.ts';
import type { OperatorContext } from '../../engine/operators/operator.ts';
import type { EvictorPlan, GeneralWindowPlan } from '../../engine/operators/windowing/create-general-window.ts';
import { createAggregatingWindow, createRowsWindow } from '../../engine/operators/windowing/create-general-window.ts';
import { numberOfRow } from '../../engine/operators/windowing/numeric-values.ts';
import { continuousEventTimeTrigger, continuousProcessingTimeTrigger } from '../../engine/operators/windowing/periodic-triggers.ts';
import { countTrigger, deltaTrigger } from '../../engine/operators/windowing/record-triggers.ts';
import type { Trigger } from '../../engine/operators/windowing/triggers.ts';
import { endOfStreamTrigger, eventTimeTrigger, processingTimeTrigger } from '../../engine/operators/windowing/triggers.ts';
import type { WindowAssigner } from '../../engine/operators/windowing/window-assigners.ts';
import { globalWindow, sessionWindows, slidingWindows, tumblingWindows } from '../../engine/operators/windowing/window-assigners.ts';
import { alsoAtEnd, processingTimeoutTrigger, purgingTrigger } from '../../engine/operators/windowing/wrapping-triggers.ts';
import { BIGINT, notNull, STRING } from '../../engine/types/make-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { ChangeSections } from '../conformance/operators/harness.ts';
import { Harness } from '../conformance/operators/harness.ts';
import { throughRows } from '../support/savepoint-of.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 20261123);
const ROUNDS = 24;
const ROWS = 120;
const LONG_MAX = 2n ** 63n - 1n;

const INPUT: Schema = {
  fields: [
    { name: 'k', type: BIGINT },
    { name: 'v', type: BIGINT },
    { name: 's', type: STRING },
  ],
};
const SUMS: Schema = {
  fields: [
    { name: 'k', type: BIGINT },
    { name: 'start', type: BIGINT },
    { name: 'end', type: BIGINT },
    { name: 'rows', type: notNull(BIGINT) },
    { name: 'sum', type: BIGINT },
    { name: 'distinct', type: notNull(BIGINT) },
  ],
};
const ROWS_OUT: Schema = { fields: [...INPUT.fields, { name: 'start', type: BIGINT }, { name: 'end', type: BIGINT }] };
const CALLS: readonly AggregateCall[] = [
  { function: 'COUNT', argument: null, argumentType: null, resultType: notNull(BIGINT) },
  { function: 'SUM', argument: [1], argumentType: BIGINT, resultType: BIGINT },
  { function: 'COUNT_DISTINCT', argument: [2], argumentType: STRING, resultType: notNull(BIGINT) },
];
const VALUE = numberOfRow([1], BIGINT);

interface Row {
  readonly values: readonly ColumnValue[];
  readonly time: bigint;
  /** Watermark behind it. */
  readonly watermark: bigint | null;
  /** The clock moves, or the operator is restored, behind it. */
  readonly clock: bigint | null;
  readonly restore: boolean;
}

interface Setting {
  readonly name: string;
  readonly plan: GeneralWindowPlan;
  readonly wholeRows: boolean;
}

function pick<T>(random: SeededRandom, choices: readonly T[]): T {
  return choices[random.nextInt(choices.length)];
}

function makeSetting(random: SeededRandom): Setting {
  const assigners: Record<string, WindowAssigner> = {
    tumbling: tumblingWindows(10n, 3n),
    sliding: slidingWindows(10n, 4n, 0n),
    gaps: slidingWindows(4n, 7n, 0n),
    session: sessionWindows(4n),
    global: globalWindow,
    clock: tumblingWindows(10n, 0n, false),
    'clock session': sessionWindows(3n, false),
  };
  const assigner = pick(random, Object.keys(assigners));
  const session = assigner.endsWith('session');
  const end = assigner.startsWith('clock') ? processingTimeTrigger : assigner === 'global' ? endOfStreamTrigger : eventTimeTrigger;
  const triggers: Record<string, Trigger> = {
    end,
    count: countTrigger(3),
    'count or end': alsoAtEnd(countTrigger(4), end),
    purging: purgingTrigger(countTrigger(2)),
    every: continuousEventTimeTrigger(4n),
    'every by clock': continuousProcessingTimeTrigger(3n, assigner.startsWith('clock')),
    timeout: processingTimeoutTrigger(countTrigger(5), { timeout: 2n, resetOnNewRecord: true, clearOnTimeout: true }),
    ...(session ? {} : { delta: deltaTrigger(5, VALUE) }),
  };
  const trigger = pick(random, Object.keys(triggers));
  const evictors: readonly (EvictorPlan | null)[] = [
    null,
    null,
    { kind: 'count', count: 3, after: random.nextInt(2) === 0 },
    { kind: 'time', keep: 4n, after: false },
    { kind: 'delta', threshold: 4, path: [1], type: BIGINT, after: random.nextInt(2) === 0 },
  ];
  const evictor = pick(random, evictors);
  const allowedLateness = pick(random, [0n, 0n, 6n]);
  const wholeRows = random.nextInt(2) === 0;
  const plan: GeneralWindowPlan = {
    assigner: assigners[assigner],
    trigger: triggers[trigger],
    evictor,
    allowedLateness,
    keys: [[0]],
    keyTypes: [BIGINT],
    rowtime: null,
    shift: null,
    keepsWatermark: true,
    latePort: 1,
    fingerprint: 'test',
  };
  const name = `${assigner}, ${trigger}, ${evictor === null ? 'keeps all' : JSON.stringify(evictor, (_, value) => (typeof value === 'bigint' ? String(value) : value))}, lateness ${allowedLateness}, ${wholeRows ? 'rows' : 'aggregates'}`;
  return { name, plan, wholeRows };
}

function makeRows(random: SeededRandom): Row[] {
  let latest = 0n;
  let clock = 0n;
  return Array.from({ length: ROWS }, () => {
    const time = latest + BigInt(random.nextInt(12) - 6);
    if (time > latest) latest = time;
    const moves = random.nextInt(6) === 0;
    if (moves) clock += BigInt(random.nextInt(4));
    return {
      values: [BigInt(random.nextInt(4)), random.nextInt(10) === 0 ? null : BigInt(random.nextInt(20)), `text ${random.nextInt(3)}`],
      time,
      watermark: random.nextInt(3) === 0 ? latest - BigInt(random.nextInt(8)) : null,
      clock: moves ? clock : null,
      restore: random.nextInt(25) === 0,
    };
  });
}

/** Rows of both ports, in an order that does not depend on the run. `size` rows at most come together. */
function run(
  setting: Setting,
  rows: readonly Row[],
  size: number,
  batchRows: number,
  random: SeededRandom,
  change?: ChangeSections,
): string[] {
  const create = (context: OperatorContext) =>
    setting.wholeRows
      ? createRowsWindow(setting.plan, context, { start: 3, end: 4, time: null })
      : createAggregatingWindow(setting.plan, context, CALLS, { keys: [0], start: 1, end: 2, time: null, aggregates: [3, 4, 5] }, false);
  const harness = new Harness({
    create,
    inputSchemas: [INPUT],
    outputSchemas: [setting.wholeRows ? ROWS_OUT : SUMS, INPUT],
    keys: [[0]],
    batchRows,
  });
  const found: string[] = [];
  const note = (emissions: ReturnType<Harness['element']>) => {
    for (const each of emissions) if (each.kind === 'row') found.push(`${each.port}: ${each.values.join(' ')}`);
  };
  let reached = -(2n ** 63n);
  for (let from = 0; from < rows.length; ) {
    const end = from + 1 + random.nextInt(size);
    let to = from;
    const marks: { row: number; watermark: bigint }[] = [];
    do {
      const { watermark } = rows[to];
      if (watermark !== null && watermark > reached) {
        reached = watermark;
        marks.push({ row: to - from, watermark });
      }
    } while (rows[to].clock === null && !rows[to].restore && ++to < Math.min(end, rows.length));
    to = Math.min(to + (to < Math.min(end, rows.length) ? 1 : 0), rows.length);
    const part = rows.slice(from, to);
    const inside = size === 1 ? [] : marks;
    note(
      harness.element(
        part.map((row) => row.values),
        part.map((row) => row.time),
        0,
        inside,
      ),
    );
    if (size === 1) for (const { watermark } of marks) note(harness.watermark(watermark));
    const { clock, restore } = rows[to - 1];
    if (clock !== null) note(harness.processingTime(clock));
    if (restore) harness.restore(1, change);
    from = to;
  }
  note(harness.watermark(LONG_MAX));
  return found.sort();
}

test(`one by one and in batches (seed ${SEED})`, () => {
  const random = new SeededRandom(SEED);
  for (let round = 0; round < ROUNDS; round++) {
    const setting = makeSetting(random);
    const rows = makeRows(random);
    const single = run(setting, rows, 1, 4096, random);
    for (const [size, batchRows] of [
      [7, 4096],
      [60, 5],
      [60, 1],
    ]) {
      expect(
        run(setting, rows, size, batchRows, random),
        `round ${round}: ${setting.name}, up to ${size} rows, output of ${batchRows}`,
      ).toEqual(single);
    }
    if (round % 3 > 0) continue;
    expect(run(setting, rows, 7, 4096, random, throughRows), `round ${round}: ${setting.name}, restored from rows`).toEqual(single);
  }
}, 120_000);
