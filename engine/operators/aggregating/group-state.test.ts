/** Aggregates of one group with Flink's answers, computed at once and merged from two halves. */
import { expect, test } from 'vitest';
import { Arena } from '../../columnar/arena.ts';
import { createColumn } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { allocateLanes, allocateValidity } from '../../columnar/lanes.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { readValue } from '../../columnar/row-reader.ts';
import type { AggregateFunction } from '../../expressions/aggregates.ts';
import { aggregateResultType } from '../../expressions/aggregates.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BIGINT, BOOLEAN, DATE, DOUBLE, decimalType, FLOAT, INT, SMALLINT, STRING, TINYINT, timestampType } from '../../types/make-type.ts';
import { createGroupPlan, GroupState } from './group-state.ts';

const LONG_MAX = 2n ** 63n - 1n;
const NINES = 10n ** 38n - 1n;

type Case = readonly [AggregateFunction, LogicalType, readonly ColumnValue[], ColumnValue];

const CASES: readonly Case[] = [
  ['COUNT', INT, [1, null, 3], 2n],
  ['COUNT', INT, [null], 0n],
  ['SUM', TINYINT, [1, 2, null, 127], -126],
  ['SUM', SMALLINT, [1, 32767], -32768],
  ['SUM', INT, [2147483647, 1], -2147483648],
  ['SUM', BIGINT, [LONG_MAX, LONG_MAX], -2n],
  ['SUM', BIGINT, [-1n, 1n, null], 0n],
  ['SUM', BIGINT, [null, null], null],
  ['SUM', FLOAT, [Math.fround(0.1), Math.fround(0.2)], Math.fround(Math.fround(0.1) + Math.fround(0.2))],
  ['SUM', DOUBLE, [0.1, 0.2, null, 0.3, 1e16], 0.1 + 0.2 + 0.3 + 1e16],
  ['SUM', DOUBLE, [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], Number.NaN],
  ['SUM', decimalType(5, 2), [300n, 20n, null], 320n],
  ['SUM', decimalType(5, 2), [-300n, -20n], -320n],
  ['SUM', decimalType(38, 0), [NINES, 1n], null],
  ['SUM', decimalType(38, 0), [NINES, -1n, 1n], NINES],
  ['SUM', decimalType(38, 0), [NINES, NINES, 5n], 5n],
  ['AVG', TINYINT, [100, 100, 100], 100],
  ['AVG', SMALLINT, [1, 32767, null], 16384],
  ['AVG', INT, [-1, -2], -1],
  ['AVG', INT, [2147483647, 2147483647, 5], 1431655766],
  ['AVG', BIGINT, [1n, LONG_MAX, 1n], -3074457345618258602n],
  ['AVG', BIGINT, [null], null],
  ['AVG', FLOAT, [Math.fround(0.1), Math.fround(0.2), Math.fround(0.3)], Math.fround(0.2)],
  ['AVG', DOUBLE, [0.1, 0.2, 0.3, 1e16], 2500000000000000],
  ['AVG', decimalType(10, 2), [110n, 225n, null, 225n], 1866667n],
  ['AVG', decimalType(5, 0), [3n, 0n], 1500000n],
  ['AVG', decimalType(38, 18), [1500000000000000000n, 1n], 750000000000000001n],
  ['AVG', decimalType(38, 18), [-1500000000000000000n, -1n], -750000000000000001n],
  ['AVG', decimalType(38, 0), [NINES, NINES], null],
  ['MIN', INT, [3, null, -7, 5], -7],
  ['MAX', BIGINT, [1n, LONG_MAX, -LONG_MAX, null], LONG_MAX],
  ['MIN', BIGINT, [4294967295n, 4294967296n, 5000000000n], 4294967295n],
  ['MAX', BIGINT, [-4294967297n, -1n, -2n], -1n],
  ['MIN', DOUBLE, [1, Number.NaN], 1],
  ['MAX', DOUBLE, [Number.NaN, 1, Number.POSITIVE_INFINITY], Number.NaN],
  ['MIN', decimalType(38, 2), [10n ** 30n, -(10n ** 30n), 5n], -(10n ** 30n)],
  ['MAX', decimalType(18, 2), [7n, 9n, -1n], 9n],
  ['MIN', STRING, ['a', 'B', 'é', '😀', 'z', '￿'], 'B'],
  ['MAX', STRING, ['a', 'B', 'é', '😀', 'z', '￿'], '😀'],
  ['MIN', STRING, ['b', '', null, 'a'], ''],
  ['MAX', BOOLEAN, [false, true, null], true],
  ['MIN', DATE, [19000, -5], -5],
  ['MAX', timestampType(6), [1_000_000_001_000n, 1_000_000_002_000n, null], 1_000_000_002_000n],
  ['MIN', timestampType(6), [-1_000_001n, -1_000_000n], -1_000_001n],
  ['COUNT_DISTINCT', STRING, ['a', 'b', null, 'a', ''], 3n],
  ['COUNT_DISTINCT', BIGINT, [1n, 1n, LONG_MAX, null], 2n],
  ['COUNT_DISTINCT', decimalType(38, 2), [5n, 5n, 10n ** 30n], 2n],
  ['COUNT_DISTINCT', timestampType(9), [1n, 2n, 1n], 2n],
  ['COUNT_DISTINCT', DOUBLE, [Number.NaN, Number.NaN, 0], 2n],
];

function aggregate([name, type, values]: Case, cut: number): ColumnValue {
  const memory = new JobMemory({ initialBytes: 256 * 1024 });
  const arena = new Arena(memory);
  const resultType = aggregateResultType(name, type);
  if ('refused' in resultType) throw new Error('no such aggregate');
  const plan = createGroupPlan([], [{ function: name, argument: [0], argumentType: type, resultType }]);
  const state = new GroupState(memory, plan, null);
  const other = new GroupState(memory, plan, null);
  const batch = buildBatch(
    arena,
    { fields: [{ name: 'x', type }] },
    values.map((value) => [value]),
  );
  state.accumulate([], batch.columns, 0, 0, cut, values.length, arena);
  if (cut < values.length) other.accumulate([], batch.columns, 0, cut, values.length, values.length, arena);
  if (cut < values.length) state.mergeFrom(other);
  const column = createColumn(resultType);
  allocateLanes(arena, column, 1);
  allocateValidity(arena, column, 1);
  plan.kernels.result(state.table, memory, 0, 0, 1, [column], 0);
  return readValue(memory, column, 0);
}

const titled = CASES.map((example): readonly [string, Case] => [
  `${example[0]} of ${example[1].kind} over ${example[2].map(String).join(', ')}`,
  example,
]);

test.each(titled)('%s', (_title, example) => {
  expect(aggregate(example, example[2].length)).toEqual(example[3]);
});

/** Sums of DOUBLE depend on the order of additions, and so does what follows an overflow. */
const orderless = titled.filter(
  ([, [name, type, values]]) => values.length > 1 && (name !== 'SUM' || (type.kind !== 'DOUBLE' && type.kind !== 'DECIMAL')),
);

test.each(orderless)('%s, merged from two slices', (_title, example) => {
  expect(aggregate(example, 1)).toEqual(example[3]);
});
