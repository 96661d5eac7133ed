/** Partitioners over whole batches: nothing lost, nothing twice, selections respected. */
import { expect, test } from 'vitest';
import { Arena } from '../../columnar/arena.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { BIGINT } from '../../types/make-type.ts';
import type { Partitioning } from '../plan/physical-plan.ts';
import { createNumberKernel, createPartitioner, createRowRange } from './partitioner.ts';

const CHANNELS = 3;

function assign(partitioning: Partitioning, rows: number | readonly (bigint | null)[], selection?: number[]): number[][] {
  const arena = new Arena(new JobMemory());
  const schema = { fields: [{ name: 'id', type: BIGINT }] };
  const values = typeof rows === 'number' ? Array.from({ length: rows }, (_, id) => [BigInt(id)]) : rows.map((id) => [id]);
  const batch = buildBatch(arena, schema, values, selection === undefined ? {} : { selection });
  // Key group of the n-th selected row: its number.
  const kernel = () => (each: typeof batch, target: number) => {
    for (let row = 0; row < each.selectedCount; row++) each.memory.i32[(target >>> 2) + row] = row % 128;
  };
  const numbers = (column: string, bound: number) => createNumberKernel([schema.fields.findIndex(({ name }) => name === column)], bound);
  const partitioner = createPartitioner(partitioning, CHANNELS, 128, 1, { keyGroups: kernel, numbers });
  const parts = Array.from({ length: CHANNELS }, () => createRowRange());
  partitioner.assign(batch, arena, parts);
  return parts.map(({ rows: list, from, count }) =>
    Array.from({ length: count }, (_, index) => (list === 0 ? from + index : batch.memory.i32[(list >>> 2) + from + index])),
  );
}

test.each([
  [{ kind: 'global' }, [[0, 1, 2, 3, 4], [], []]],
  [{ kind: 'rebalance' }, [[4], [0, 1], [2, 3]]],
  [{ kind: 'rescale' }, [[4], [0, 1], [2, 3]]],
  [{ kind: 'custom', column: 'id' }, [[0, 3], [1, 4], [2]]],
  [
    { kind: 'broadcast' },
    [
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
    ],
  ],
] as const)('%o over physical rows', (partitioning, expected) => {
  expect(assign(partitioning, 5)).toEqual(expected);
});

test('hash sends every key group to the subtask that owns it, rows in order', () => {
  const parts = assign({ kind: 'hash', columns: ['id'] }, 128);
  expect(parts.map((part) => [part[0], part[part.length - 1], part.length])).toEqual([
    [0, 42, 43],
    [43, 85, 43],
    [86, 127, 42],
  ]);
});

test('hash over a selection names physical rows', () => {
  expect(assign({ kind: 'hash', columns: ['id'] }, 10, [1, 4, 9]).flat()).toEqual([1, 4, 9]);
});

test('at random every row goes to one subtask, and each gets its share', () => {
  const parts = assign({ kind: 'shuffle' }, 3000);
  expect(parts.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 3000 }, (_, row) => row));
  for (const part of parts) {
    expect(part.length).toBeGreaterThan(900);
    expect(part.length).toBeLessThan(1100);
  }
});

test('by number: NULL to the first, negative ones from the last, all 64 bits count', () => {
  const far = 2n ** 62n;
  const values = [null, -1n, -3n, far, -far - 1n, 4n, -(2n ** 63n)];
  const expected = values.map((value) => (value === null ? 0 : Number(((value % 3n) + 3n) % 3n)));
  const parts = assign({ kind: 'custom', column: 'id' }, values);
  expect(values.map((_, row) => parts.findIndex((part) => part.includes(row)))).toEqual(expected);
  expect(assign({ kind: 'custom', column: 'id' }, values, [1, 5])).toEqual([[], [5], [1]]);
});
