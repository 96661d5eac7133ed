/**
 * Joins against a nested loop: the same rows whatever the sizes of batches, the turns the inputs take, the marks inside batches, and
 * the points at which the operator is thrown away and restored, at the same parallelism or another.
 */
import { expect, test } from 'vitest';
import { SeededRandom } from '../../engine/base/random.ts';
import type { ColumnValue } from '../../engine/columnar/column-value.ts';
import type { IntervalJoinConfig } from '../../engine/nodes/joins/interval-join/node.ts';
import { createOperator as createIntervalJoin } from '../../engine/nodes/joins/interval-join/operator.ts';
import type { WindowJoinConfig } from '../../engine/nodes/joins/window-join/node.ts';
import { createOperator as createWindowJoin } from '../../engine/nodes/joins/window-join/operator.ts';
import { WATERMARK_MAX } from '../../engine/operators/operator.ts';
import { BIGINT, STRING, timestampType } from '../../engine/types/make-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import { Harness, type HarnessOptions, type SubtaskEmission } from '../conformance/operators/harness.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 20261122);
const ROUNDS = 12;
const ROWS = 60;
const DISORDER = 8;
const NANOS = 1_000_000n;
const SIDE: Schema = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'number', type: BIGINT },
    { name: 'at', type: timestampType(3) },
  ],
  rowtime: 'at',
};
const PAIR = [...SIDE.fields, ...SIDE.fields.map((field) => ({ ...field, name: `right_${field.name}` }))];

interface Row {
  readonly key: string | null;
  readonly number: bigint;
  readonly at: number;
}

function makeRows(random: SeededRandom): Row[] {
  return Array.from({ length: random.nextInt(ROWS) }, (_, at) => ({
    key: random.nextInt(9) === 0 ? null : `k${random.nextInt(4)}`,
    number: BigInt(at),
    at: at + random.nextInt(DISORDER),
  }));
}

const columnsOf = (row: Row | null): ColumnValue[] => (row === null ? [null, null, null] : [row.key, row.number, BigInt(row.at) * NANOS]);
const print = (values: readonly ColumnValue[]) => values.map(String).join(' ');

/** Feeds both inputs in random turns, with watermarks that no later row is behind, and collects what leaves. */
function replay(random: SeededRandom, options: HarnessOptions, inputs: readonly [readonly Row[], readonly Row[]]): string[] {
  const harness = new Harness(options);
  const found: string[] = [];
  const take = (emissions: readonly SubtaskEmission[]) => {
    for (const emission of emissions) if (emission.kind === 'row') found.push(print(emission.values));
  };
  const next = [0, 0];
  const bound = (input: number, from: number) => BigInt(Math.min(...inputs[input].slice(from).map((row) => row.at), ROWS * 2) - 1);
  while (next[0] < inputs[0].length || next[1] < inputs[1].length) {
    const input = next[0] >= inputs[0].length || (next[1] < inputs[1].length && random.nextInt(2) === 0) ? 1 : 0;
    const count = Math.min(1 + random.nextInt(6), inputs[input].length - next[input]);
    const rows = inputs[input].slice(next[input], next[input] + count);
    const marked = harness.parallelism === 1 && random.nextInt(2) === 0;
    const marks = marked ? rows.map((_, row) => ({ row, watermark: bound(input, next[input] + row + 1) })) : [];
    const ascending = marks.filter((mark, at) => at === 0 || mark.watermark > marks[at - 1].watermark);
    const given = rows.map(columnsOf);
    take(
      harness.element(
        given,
        given.map(() => null),
        input,
        ascending,
      ),
    );
    next[input] += count;
    if (random.nextInt(3) === 0) take(harness.watermark(bound(input, next[input]), input));
    if (random.nextInt(8) === 0) harness.restore(1 + random.nextInt(3));
  }
  for (const input of [0, 1]) take(harness.watermark(WATERMARK_MAX, input));
  return found.sort();
}

function joined(
  [left, right]: readonly [readonly Row[], readonly Row[]],
  kind: string,
  meet: (one: Row, other: Row) => boolean,
): (readonly [Row | null, Row | null])[] {
  const matches = (one: Row, other: Row) => one.key !== null && one.key === other.key && meet(one, other);
  const pairs = left.flatMap((one) => right.filter((other) => matches(one, other)).map((other) => [one, other] as const));
  const lonelyLeft = left.filter((one) => !right.some((other) => matches(one, other))).map((one) => [one, null] as const);
  const lonelyRight = right.filter((other) => !left.some((one) => matches(one, other))).map((other) => [null, other] as const);
  if (kind === 'semi') return left.filter((one) => right.some((other) => matches(one, other))).map((one) => [one, null] as const);
  if (kind === 'anti') return lonelyLeft;
  return [...pairs, ...(kind === 'left' || kind === 'full' ? lonelyLeft : []), ...(kind === 'right' || kind === 'full' ? lonelyRight : [])];
}

const KEYS = { leftKeys: ['key'], rightKeys: ['key'] };

test.each(['inner', 'left', 'right', 'full'] as const)(`an interval join that keeps: %s (seed ${SEED})`, (kind) => {
  const random = new SeededRandom(SEED);
  for (let round = 0; round < ROUNDS; round++) {
    const [before, after] = [random.nextInt(4), random.nextInt(12)];
    const config: IntervalJoinConfig = { ...KEYS, kind, before, after, lateRows: 'join' };
    const inputs = [makeRows(random), makeRows(random)] as const;
    const found = replay(
      random,
      {
        create: (context) => createIntervalJoin(config, context),
        inputSchemas: [SIDE, SIDE],
        outputSchemas: [{ fields: PAIR }],
        keys: [[0]],
        batchRows: 1 + random.nextInt(9),
      },
      inputs,
    );
    const meet = (one: Row, other: Row) => other.at >= one.at - before && other.at <= one.at + after;
    const wanted = joined(inputs, kind, meet).map(([one, other]) => print([...columnsOf(one), ...columnsOf(other)]));
    expect(found, `seed ${SEED} round ${round}`).toEqual(wanted.sort());
  }
});

test.each(['inner', 'left', 'right', 'full', 'semi', 'anti'] as const)(`a window join that keeps: %s (seed ${SEED})`, (kind) => {
  const random = new SeededRandom(SEED);
  for (let round = 0; round < ROUNDS; round++) {
    const leftOnly = kind === 'semi' || kind === 'anti';
    const slide = 3 + random.nextInt(6);
    const parts = 1 + random.nextInt(3);
    const window = (['tumbling', 'sliding', 'cumulative'] as const)[random.nextInt(3)];
    const size = window === 'tumbling' ? slide : slide * parts;
    const config: WindowJoinConfig = { ...KEYS, kind, window, size, slide, step: slide, windowTime: false };
    const bounds = ['window_start', 'window_end'].map((name) => ({ name, type: timestampType(3) }));
    const inputs = [makeRows(random), makeRows(random)] as const;
    const found = replay(
      random,
      {
        create: (context) => createWindowJoin(config, context),
        inputSchemas: [SIDE, SIDE],
        outputSchemas: [{ fields: [...(leftOnly ? SIDE.fields : PAIR), ...bounds] }],
        keys: [[0]],
        batchRows: 1 + random.nextInt(9),
      },
      inputs,
    );
    const wanted: string[] = [];
    for (let end = -size; end < ROWS * 3; end++) {
      const start = window === 'cumulative' ? Math.floor((end - 1) / size) * size : end - size;
      if (end % slide !== 0) continue;
      const inside = inputs.map((rows) => rows.filter((row) => row.at >= start && row.at < end));
      for (const [one, other] of joined([inside[0], inside[1]], kind, () => true)) {
        const columns = leftOnly ? columnsOf(one) : [...columnsOf(one), ...columnsOf(other)];
        wanted.push(print([...columns, BigInt(start) * NANOS, BigInt(end) * NANOS]));
      }
    }
    expect(found, `seed ${SEED} round ${round}`).toEqual(wanted.sort());
  }
});

test('many pairs of one key leave in pieces, and late rows by their own ports', () => {
  const late: Schema = SIDE;
  const config: IntervalJoinConfig = { ...KEYS, kind: 'inner', before: 50, after: 50, lateRows: 'late-output' };
  const harness = new Harness({
    create: (context) => createIntervalJoin(config, context),
    inputSchemas: [SIDE, SIDE],
    outputSchemas: [{ fields: PAIR }, late, late],
    keys: [[0]],
    batchRows: 7,
  });
  const rows = Array.from({ length: 40 }, (_, at) => columnsOf({ key: 'k', number: BigInt(at), at }));
  const none = rows.map(() => null);
  expect(harness.element(rows, none, 0)).toHaveLength(0);
  expect(harness.element(rows, none, 1)).toHaveLength(1600);
  harness.watermark(20n, 0);
  harness.watermark(20n, 1);
  const leftLate = harness.element(rows.slice(19, 21), [null, null], 0).map((emission) => (emission.kind === 'row' ? emission.port : -1));
  expect(leftLate.filter((port) => port === 1)).toHaveLength(1);
  expect(leftLate.filter((port) => port === 0)).toHaveLength(40);
});
