/** What a stage adds to the time of the stages before it is its share; samples keep to their part of the time, and none is taken again after a failure. */
import { expect, test } from 'vitest';
import type { Batch } from '../../columnar/batch.ts';
import { StageShares } from './stage-shares.ts';

const BATCH = { selectedCount: 10 } as Batch;

function bench(costs: readonly number[], fails = false) {
  let nowMs = 0;
  const runs: number[] = [];
  const clock = { now: () => nowMs, monotonic: () => nowMs };
  const shares = new StageShares(costs.length, clock, (stages) => ({
    run: () => {
      runs.push(stages);
      if (fails) throw new Error('not a number');
      nowMs += costs.slice(0, stages).reduce((sum, cost) => sum + cost, 0);
    },
    close: () => undefined,
  }));
  return { shares, runs, wait: (ms: number) => (nowMs += ms), now: () => nowMs };
}

test('the slow stage has the share that it adds', () => {
  const { shares, wait } = bench([1, 8, 1]);
  expect(shares.read()).toEqual([1 / 3, 1 / 3, 1 / 3]);
  wait(300);
  shares.look(BATCH);
  expect(shares.read()).toEqual([0.1, 0.8, 0.1]);
});

test('a sample is taken after a pause two hundred times as long as itself', () => {
  const { shares, runs, wait, now } = bench([2, 2]);
  shares.look(BATCH);
  expect(runs).toEqual([]);
  wait(300);
  shares.look(BATCH);
  expect(runs).toEqual([2, 1, 2]);
  const costMs = now() - 300;
  wait(costMs * 200 - 1);
  shares.look(BATCH);
  expect(runs).toHaveLength(3);
  wait(1);
  shares.look(BATCH);
  expect(runs).toHaveLength(6);
});

test('one stage is never sampled; a beginning that fails ends the sampling, not the run', () => {
  const alone = bench([5]);
  alone.wait(1000);
  alone.shares.look(BATCH);
  expect(alone.runs).toEqual([]);
  const failing = bench([1, 1], true);
  failing.wait(300);
  failing.shares.look(BATCH);
  failing.wait(100_000);
  failing.shares.look(BATCH);
  expect(failing.runs).toEqual([2]);
  expect(failing.shares.read()).toEqual([0.5, 0.5]);
});
