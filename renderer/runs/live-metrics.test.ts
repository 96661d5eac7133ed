/** Rates come from two frames, a restart never gives a negative one, and the cause of back pressure is told from its victims. */
import { expect, test } from 'vitest';
import type { NodeMetrics, RunMetrics } from '../../engine/host/contract.ts';
import type { GraphShape } from './live-metrics.ts';
import { LiveMetrics } from './live-metrics.ts';

const SHAPE: GraphShape = {
  sources: new Set(['source']),
  sinks: new Set(['sink']),
  upstream: new Map([
    ['window', ['source']],
    ['sink', ['window']],
  ]),
};

const TASKS = ['source', 'window', 'sink'];

/** Of the half second before: in a task of its own, unless it is told otherwise. */
function node(nodeId: string, rows: number, busiest: number, mostPressed: number, task = TASKS.indexOf(nodeId)): NodeMetrics {
  return {
    nodeId,
    rowsIn: rows,
    rowsOut: rows,
    bytesIn: 0,
    bytesOut: 0,
    busyMs: 0,
    idleMs: 0,
    backPressuredMs: 0,
    lateRecords: 0,
    partlyLateRecords: 0,
    behindRecords: 0,
    badRecords: 0,
    stateBytes: 0,
    stateKeys: 0,
    watermark: null,
    workMs: 0,
    busiest,
    mostPressed,
    task,
  };
}

function frame(atMs: number, nodes: readonly NodeMetrics[], edgeRows: number, fullestWorker = 0): RunMetrics {
  return {
    runId: 'r',
    sequence: 0,
    atMs,
    uptimeMs: atMs,
    nodes,
    edges: [{ edgeId: 'e', rows: edgeRows, bytes: 0 }],
    fullestWorker,
    checkpointsComplete: 1,
    checkpointsFailed: 0,
  };
}

test('two frames give rates, shares and the bottleneck', () => {
  const live = new LiveMetrics();
  let heard = 0;
  live.subscribeNode('window', () => heard++);
  live.push(frame(1000, [node('source', 0, 0, 0), node('window', 0, 0, 0), node('sink', 0, 0, 0)], 0), SHAPE);
  live.push(frame(1500, [node('source', 500, 0.4, 0.6), node('window', 500, 0.94, 0), node('sink', 50, 0.02, 0)], 500), SHAPE);
  expect(heard).toBe(2);
  expect(live.node('source')).toMatchObject({ rateOut: 1000, busy: 0.4, pressed: 0.6, bottleneck: false });
  expect(live.node('window')).toMatchObject({ busy: 0.94, bottleneck: true });
  expect(live.edge('e')).toEqual({ rows: 500, rate: 1000 });
  expect(live.totals()).toMatchObject({ rateIn: 1000, rateOut: 100, bottleneck: 'window' });
});

test('rates are of the last two seconds', () => {
  const live = new LiveMetrics();
  const rows = [0, 100, 100, 700, 800, 900, 1000];
  const rates = rows.map((count, index) => {
    live.push(frame(1000 + index * 500, [node('source', count, 0, 0)], count), SHAPE);
    return live.node('source')?.rateOut;
  });
  expect(rates).toEqual([0, 200, 100, 466.6666666666667, 400, 400, 450]);
});

test('counters that fell after a restart give no negative rate; settling keeps counts and ends rates', () => {
  const live = new LiveMetrics();
  live.push(frame(1000, [node('source', 900, 0, 0)], 900), SHAPE);
  live.push(frame(1500, [node('source', 100, 0, 0)], 100), SHAPE);
  expect(live.node('source')?.rateOut).toBe(0);
  live.push(frame(2000, [node('source', 200, 0, 0)], 200), SHAPE);
  live.settle();
  expect(live.node('source')).toMatchObject({ rowsOut: 200, rateOut: 0 });
});

test('a slow sink in the task of its source is named; those before it wait for it, as long as they do not work themselves', () => {
  const live = new LiveMetrics();
  const all = [node('source', 10, 0.1, 0, 0), node('window', 10, 0.2, 0, 0), node('sink', 10, 0.7, 0, 0)];
  live.push(frame(1000, all, 10, 0.99), SHAPE);
  expect(live.node('sink')).toMatchObject({ busy: 0.7, pressed: 0, bottleneck: true });
  expect(live.node('window')).toMatchObject({ busy: 0.2, pressed: 0.7, bottleneck: false });
  expect(live.node('source')).toMatchObject({ busy: 0.1, pressed: 0.7 });
});

test('a paused run has no bottleneck and nobody waits', () => {
  const live = new LiveMetrics();
  live.push(frame(1000, [node('source', 0, 0.4, 0.6), node('window', 0, 0.94, 0), node('sink', 0, 0, 0)], 0, 0.99), SHAPE, true);
  expect(live.totals().bottleneck).toBeNull();
  expect(live.node('source')).toMatchObject({ pressed: 0, bottleneck: false });
  expect(live.node('window')).toMatchObject({ bottleneck: false });
});
