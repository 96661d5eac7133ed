/** Who sends what a window waits for: each source once, over however many ways its rows come. */
import { expect, test } from 'vitest';
import type { PhysicalPlan } from './plan/physical-plan.ts';
import type { OperatorTime } from './tasks/time-sample.ts';
import { TimeWatch } from './time-watch.ts';

/** Ways from the source to the end double at each of so many forks: more than could ever be walked. */
const FORKS = 60;

/** source → (two ways → one) FORKS times → window, without a shuffle; the last edge is one. */
function forkingPlan(): PhysicalPlan {
  const edges: object[] = [];
  const operators: object[] = [{ index: 0, nodeIds: ['source'], nodeId: 'source', kind: 'source', parallelism: 2 }];
  const add = (from: readonly number[], kind: string): number => {
    const index = operators.length;
    operators.push({ index, nodeIds: [`n${index}`], nodeId: `n${index}`, kind: 'operator', parallelism: 2 });
    for (const each of from) edges.push({ from: each, to: index, toPort: 0, direct: false, partitioning: { kind } });
    return index;
  };
  let last = 0;
  for (let fork = 0; fork < FORKS; fork++) last = add([add([last], 'forward'), add([last], 'forward')], 'forward');
  add([last], 'hash');
  return { operators, edges } as unknown as PhysicalPlan;
}

test('ways that fork and join are not walked one by one', () => {
  const plan = forkingPlan();
  const window = plan.operators.length - 1;
  const observed: number[] = [];
  const times = new TimeWatch(plan, (operator) => observed.push(operator));
  const nodeId = `n${window}`;
  expect(times.read(nodeId, 0, 0).ready).toBe(false);
  expect(observed).toEqual([window, 0]);
  times.add(1, 0, { splits: ['part-1'] } as unknown as OperatorTime);
  const channels = [0, 1].map((channel) => ({ input: 0, channel, watermark: channel, idle: false, ended: false, rows: 1, activeAtMs: 0 }));
  times.add(0, window, { watermark: 0, channels, windows: [], fired: [], more: 0, complete: true, rows: [] } as unknown as OperatorTime);
  expect(times.read(nodeId, 0, 0).channels.map(({ subtask, reads }) => [subtask, reads])).toEqual([
    [0, [{ nodeId: 'source', subtask: 0, splits: null }]],
    [1, [{ nodeId: 'source', subtask: 1, splits: ['part-1'] }]],
  ]);
});
