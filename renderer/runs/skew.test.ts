/** The fullest subtask is named with its share; one subtask, or none that read, is not skewed. */
import { expect, test } from 'vitest';
import type { SubtaskMetrics } from '../../engine/host/contract.ts';
import { skewOf } from './skew.ts';

function subtask(index: number, rowsIn: number, rowsOut = 0): SubtaskMetrics {
  return {
    nodeId: 'n',
    subtask: index,
    rowsIn,
    rowsOut,
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
    busiest: 0,
    mostPressed: 0,
    task: 0,
  };
}

test.each([
  ['an even node', [0, 0], [100, 100], { factor: 1, subtask: 0, share: 0.5 }],
  ['a hot key', [1000, 1000], [1010, 1090], { factor: 1.8, subtask: 1, share: 0.9 }],
  ['nothing new', [5, 5], [5, 5], null],
  ['one subtask', [0], [10], null],
])('%s', (_name, before, now, expected) => {
  const list = (rows: number[]) => rows.map((count, index) => subtask(index, count));
  expect(skewOf(list(now), list(before))).toEqual(expected);
});

test('of a source the rows that went out count', () => {
  expect(skewOf([subtask(0, 0, 30), subtask(1, 0, 10)], [])).toEqual({ factor: 1.5, subtask: 0, share: 0.75 });
});
