/** Rows leave by the ports their conditions name, row kinds and marks with them. */
import { describe, expect, it } from 'vitest';
import { Arena } from '../../../columnar/arena.ts';
import type { Batch } from '../../../columnar/batch.ts';
import { JobMemory } from '../../../columnar/job-memory.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import { readRows } from '../../../columnar/row-reader.ts';
import type { OperatorContext } from '../../../operators/operator.ts';
import { BIGINT, INT } from '../../../types/make-type.ts';
import { createOperator } from './operator.ts';

const SCHEMA = {
  fields: [
    { name: 'id', type: INT },
    { name: 'price', type: BIGINT },
  ],
};
const ROUTES = [
  { name: 'high', expression: 'price >= 100 -- a comment' },
  { name: 'middle', expression: 'price >= 10' },
];

function routed(matching: 'first' | 'all', rows: readonly (readonly [number, bigint | null])[]): unknown[][] {
  const memory = new JobMemory();
  const arena = new Arena(memory);
  const ports: unknown[][] = [[], [], []];
  const context = {
    nodeId: 'r',
    memory,
    arena,
    timeZone: 'UTC',
    clock: { now: () => 0, monotonic: () => 0 },
    inputSchemas: [SCHEMA],
    output: { emit: (port: number, batch: Batch) => ports[port].push(...readRows(batch).map((row) => row[0])) },
  } as unknown as OperatorContext;
  const operator = createOperator({ routes: ROUTES, matching }, context);
  operator.processBatch(0, buildBatch(arena, SCHEMA, rows));
  operator.close();
  return ports;
}

describe('route', () => {
  const rows: readonly (readonly [number, bigint | null])[] = [
    [1, 5n],
    [2, 50n],
    [3, 500n],
    [4, null],
  ];
  it.each([
    ['first', [[3], [2], [1, 4]]],
    ['all', [[3], [2, 3], [1, 4]]],
  ] as const)('%s', (matching, expected) => {
    expect(routed(matching, rows)).toEqual(expected);
  });
});
