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

function node(nodeId: string, rows: number, busyMs: number, backPressuredMs: number, idleMs: number): NodeMetrics {
  return {
    nodeId,
    rowsIn: rows,
    rowsOut: rows,
    bytesIn: 0,
    bytesOut: 0,
    busyMs,
    idleMs,
    backPressuredMs,
    lateRecords: 0,
    partlyLateRecords: 0,
    behindRecords: 0,
    badRecords: 0,
    stateBytes: 0,
    stateKeys: 0,
    watermark: null,
  };
}

function frame(atMs: number, nodes: readonly NodeMetrics[], edgeRows: number): RunMetrics {
  return {
    runId: 'r',
    sequence: 0,
    atMs,
    uptimeMs: atMs,
    nodes,
    edges: [{ edgeId: 'e', rows: edgeRows, bytes: 0 }],
    checkpointsComplete: 1,
    checkpointsFailed: 0,
  };
}

test('two frames give rates, shares and the bottleneck', () => {
  const live = new LiveMetrics();
  let heard = 0;
  live.subscribeNode('window', () => heard++);
  live.push(frame(1000, [node('source', 0, 0, 0, 0), node('window', 0, 0, 0, 0), node('sink', 0, 0, 0, 0)], 0), SHAPE);
  live.push(frame(1500, [node('source', 500, 200, 300, 0), node('window', 500, 470, 0, 30), node('sink', 50, 10, 0, 490)], 500), SHAPE);
  expect(heard).toBe(2);
  expect(live.node('source')).toMatchObject({ rateOut: 1000, busy: 0.4, pressed: 0.6, bottleneck: false });
  expect(live.node('window')).toMatchObject({ busy: 0.94, bottleneck: true });
  expect(live.edge('e')).toEqual({ rows: 500, rate: 1000 });
  expect(live.totals()).toMatchObject({ rateIn: 1000, rateOut: 100, bottleneck: 'window' });
});

test('counters that fell after a restart give no negative rate; settling keeps counts and ends rates', () => {
  const live = new LiveMetrics();
  live.push(frame(1000, [node('source', 900, 0, 0, 0)], 900), SHAPE);
  live.push(frame(1500, [node('source', 100, 0, 0, 0)], 100), SHAPE);
  expect(live.node('source')?.rateOut).toBe(0);
  live.push(frame(2000, [node('source', 200, 0, 0, 0)], 200), SHAPE);
  live.settle();
  expect(live.node('source')).toMatchObject({ rowsOut: 200, rateOut: 0 });
});

test('a sink that waits for what it writes to is the cause, even in one task with those before it', () => {
  const live = new LiveMetrics();
  const all = (ms: number) => ['source', 'window', 'sink'].map((id) => node(id, ms, ms * 0.25, ms * 0.5, ms * 0.25));
  live.push(frame(1000, all(0), 0), SHAPE);
  live.push(frame(1500, all(500), 500), SHAPE);
  expect(live.node('sink')).toMatchObject({ busy: 0.75, pressed: 0, bottleneck: true });
  expect(live.node('window')).toMatchObject({ pressed: 0.5, bottleneck: false });
});
