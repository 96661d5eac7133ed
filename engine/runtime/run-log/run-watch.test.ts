/** What the figures of a run give to say: once, and again when it has changed. */
import { expect, test } from 'vitest';
import type { NodeMetrics, RunMetrics } from '../../host/contract.ts';
import { RunWatch, type WatchedNode } from './run-watch.ts';

const NODES: readonly WatchedNode[] = [
  { id: 'in', sink: false, waitsForTime: false, upstream: [] },
  { id: 'window', sink: false, waitsForTime: true, upstream: ['in'] },
  { id: 'out', sink: true, waitsForTime: false, upstream: ['window'] },
];

const NOTHING: Omit<NodeMetrics, 'nodeId'> = {
  rowsIn: 0,
  rowsOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  busyMs: 0,
  idleMs: 0,
  backPressuredMs: 0,
  workMs: 0,
  busiest: 0,
  mostPressed: 0,
  task: 0,
  lateRecords: 0,
  partlyLateRecords: 0,
  behindRecords: 0,
  badRecords: 0,
  stateBytes: 0,
  stateKeys: 0,
  watermark: null,
};

function frame(seconds: number, figures: Readonly<Record<string, Partial<NodeMetrics>>>): RunMetrics {
  return {
    runId: 'r',
    sequence: 1,
    atMs: 0,
    uptimeMs: seconds * 1000,
    nodes: NODES.map(({ id }) => ({ ...NOTHING, nodeId: id, ...figures[id] })),
    edges: [],
    fullestWorker: 0,
    checkpointsComplete: 0,
    checkpointsFailed: 0,
  };
}

/** `seconds: code node` of everything that is said over frames of one second. */
function say(
  watch: RunWatch,
  seconds: number,
  figures: (second: number) => Readonly<Record<string, Partial<NodeMetrics>>>,
  paused = false,
) {
  const said: string[] = [];
  for (let second = 0; second <= seconds; second++)
    for (const { code, nodeId } of watch.look(frame(second, figures(second)), paused)) said.push(`${second}: ${code} ${nodeId}`);
  return said;
}

test.each([
  ['moves', (second: number) => ({ watermark: second, rowsIn: second }), []],
  [
    'stands still while rows arrive',
    (second: number) => ({ watermark: Math.min(second, 5), rowsIn: second }),
    ['35: watermark-stuck window'],
  ],
  [
    'goes on after that',
    (second: number) => ({ watermark: second < 50 ? 5 : second, rowsIn: second }),
    ['30: watermark-stuck window', '50: watermark-moves window'],
  ],
  ['never comes', (second: number) => ({ watermark: null, rowsIn: second }), ['30: watermark-missing window']],
  ['stands still because nothing arrives', () => ({ watermark: 5, rowsIn: 7 }), []],
  ['is at its end', (second: number) => ({ watermark: Number.POSITIVE_INFINITY, rowsIn: second }), []],
])('a watermark that %s', (_name, figures, expected) => {
  expect(say(new RunWatch(NODES), 70, (second) => ({ window: figures(second) }))).toEqual(expected);
});

test('a paused run stands still on purpose', () => {
  expect(say(new RunWatch(NODES), 100, (second) => ({ window: { watermark: 5, rowsIn: second } }), true)).toEqual([]);
});

test('a slow sink is named when it stays one, and again when nothing waits for it', () => {
  const figures = (second: number) => {
    const slow = Math.min(second, 40) * 1000;
    const calm = Math.max(0, second - 40) * 1000;
    return {
      in: { idleMs: second * 1000 },
      window: { backPressuredMs: slow * 0.8, idleMs: slow * 0.2 + calm },
      out: { busyMs: slow * 0.9, idleMs: slow * 0.1 + calm },
    };
  };
  expect(say(new RunWatch(NODES), 80, figures)).toEqual(['20: slow-sink out', '60: back-pressure-over out']);
});

test('lines that cannot be read are counted once a minute and at the end', () => {
  const watch = new RunWatch(NODES);
  expect(say(watch, 130, (second) => ({ in: { badRecords: Math.min(second, 90) } }))).toEqual(['60: bad-lines in', '120: bad-lines in']);
  expect(watch.finish(frame(140, { in: { badRecords: 95 } })).map(({ text }) => text.en)).toEqual([
    'lines that could not be read so far: 95',
  ]);
  expect(watch.finish(frame(150, { in: { badRecords: 95 } }))).toEqual([]);
});
