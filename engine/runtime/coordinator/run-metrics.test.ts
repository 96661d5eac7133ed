/** Figures of nodes from the reports of workers: counters add up, shares are those of the subtask that has most, threads have no more than one second a second. */
import { expect, test } from 'vitest';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import type { WorkerCounters } from '../workers/messages.ts';
import { RunMetricsBoard } from './run-metrics.ts';

const PLAN = {
  parallelism: 2,
  wiringNodes: [],
  edges: [],
  operators: [
    { nodeIds: ['source'], innerEdges: [], stageFilters: [], task: 0 },
    { nodeIds: ['first', 'second'], innerEdges: ['e'], stageFilters: [true, false], task: 0 },
    { nodeIds: ['window'], innerEdges: [], stageFilters: [], task: 1 },
  ],
} as unknown as PhysicalPlan;

/** Milliseconds of work by operator, and by task what it waited for room; the rest of `atMs` it had nothing to do. */
function report(atMs: number, work: readonly (readonly number[])[], pressedMs: readonly [number, number]): WorkerCounters {
  const counters = { rowsIn: [], rowsOut: [], bytesOut: [], watermark: null, lateRecords: 0, partlyLateRecords: 0 };
  const rest = { behindRecords: 0, badRecords: 0, stateBytes: 0, stateKeys: 0 };
  const busy = [work[0][0] + work[1][0] + work[1][1], work[2][0]];
  return {
    edges: [],
    operators: work.map((workMs, operator) => ({ operator, workMs, ...counters, ...rest })),
    tasks: busy.map((busyMs, task) => [task, busyMs, atMs - busyMs - pressedMs[task], pressedMs[task]]),
  };
}

test('own work, the busiest subtask, waiting, and the thread with the least rest', () => {
  const board = new RunMetricsBoard(PLAN);
  board.update(0, report(0, [[0], [0, 0], [0]], [0, 0]));
  board.update(1, report(0, [[0], [0, 0], [0]], [0, 0]));
  board.update(0, report(1000, [[100], [50, 300], [100]], [0, 0]));
  board.update(1, report(1000, [[100], [0, 0], [850]], [500, 0]));
  const { nodes, fullestWorker } = board.read('r', 0, 0, 0, 0);
  const figures = nodes.map(({ nodeId, task, workMs, busyMs, busiest, mostPressed }) => [
    nodeId,
    task,
    workMs,
    busyMs,
    busiest,
    mostPressed,
  ]);
  expect(figures).toEqual([
    ['source', 0, 200, 550, 0.1, 0.5],
    ['first', 0, 50, 550, 0.05, 0.5],
    ['second', 0, 300, 550, 0.3, 0.5],
    ['window', 1, 950, 950, 0.85, 0],
  ]);
  expect(fullestWorker).toBe(0.95);
  expect(board.subtasks('window').map(({ subtask, workMs }) => [subtask, workMs])).toEqual([
    [0, 100],
    [1, 850],
  ]);
});

test('shares are of the latest reports, not of the whole run', () => {
  const board = new RunMetricsBoard(PLAN);
  for (let second = 0; second <= 6; second++)
    board.update(0, report(second * 1000, [[0], [0, 0], [second < 4 ? 0 : (second - 3) * 900]], [0, 0]));
  expect(board.read('r', 0, 0, 0, 0).nodes.find((node) => node.nodeId === 'window')?.busiest).toBe(0.9);
});
