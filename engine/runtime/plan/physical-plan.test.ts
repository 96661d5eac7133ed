/** Which subtasks are joined by a channel: Flink's pointwise pattern for `rescale`, all with all for the others. */
import { expect, test } from 'vitest';
import { consumersOf, countChannels, type PhysicalPlan, type PlanEdge, producersOf } from './physical-plan.ts';

const EDGE = { from: 0, to: 1, direct: false, partitioning: { kind: 'rescale' } } as unknown as PlanEdge;

const planOf = (from: number, to: number) => ({ operators: [{ parallelism: from }, { parallelism: to }] }) as unknown as PhysicalPlan;

/** What VertexInputInfoComputationUtils.computeVertexInputInfoForPointwise of Flink 2.2.1 answers, turned to be by producer. */
test.each([
  [1, 3, [[0, 1, 2]]],
  [3, 1, [[0], [0], [0]]],
  [2, 2, [[0], [1]]],
  [2, 3, [[0, 1], [2]]],
  [3, 2, [[0], [1], [1]]],
  [
    2,
    4,
    [
      [0, 1],
      [2, 3],
    ],
  ],
  [
    3,
    7,
    [
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ],
  ],
  [7, 3, [[0], [0], [1], [1], [2], [2], [2]]],
])('rescale from %d to %d subtasks', (from, to, consumers) => {
  const plan = planOf(from, to);
  expect(consumers.map((_, producer) => consumersOf(plan, EDGE, producer))).toEqual(consumers);
  for (let consumer = 0; consumer < to; consumer++) {
    const producers = consumers.flatMap((each, producer) => (each.includes(consumer) ? [producer] : []));
    expect(producersOf(plan, EDGE, consumer)).toEqual(producers);
  }
  expect(countChannels(EDGE, from, to)).toBe(consumers.flat().length);
});

test('evenly, all are joined', () => {
  const edge = { ...EDGE, partitioning: { kind: 'rebalance' } } as PlanEdge;
  expect(consumersOf(planOf(2, 3), edge, 1)).toEqual([0, 1, 2]);
  expect(producersOf(planOf(2, 3), edge, 2)).toEqual([0, 1]);
});
