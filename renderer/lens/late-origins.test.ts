/** Rows that missed a window are put to the sender they came from, or to their key where there is one sender; counted ones to nobody. */
import { expect, test } from 'vitest';
import type { NodeTime, NodeTimeRow } from '../../engine/host/contract.ts';
import { lateLines } from './late-cells.ts';
import { lateOrigins } from './late-origins.ts';

function row(subtask: number, card: string, missed: number): NodeTimeRow {
  const outcome = missed === 0 ? 'counted' : 'late';
  return { atMs: 0, eventTime: 0, behindMs: 1, outcome, missed, windows: 1, nodeId: 'time', subtask, row: JSON.stringify({ card }) };
}

function origins(subtasks: number, rows: readonly NodeTimeRow[], keys: readonly string[]) {
  const channels = Array.from({ length: subtasks }, (_, subtask) => ({ nodeId: 'time', subtask }));
  return lateOrigins({ channels } as unknown as NodeTime, lateLines(rows, ['card']), keys).map(
    ({ kind, channel, key, rows: count, share }) => [kind, channel?.subtask ?? key.join(), count, share],
  );
}

test('by sender where there are several', () => {
  const rows = [row(1, 'a', 1), row(1, 'b', 1), row(0, 'a', 1), row(1, 'a', 1), row(0, 'a', 0)];
  expect(origins(2, rows, ['card'])).toEqual([
    ['sender', 1, 3, 0.75],
    ['sender', 0, 1, 0.25],
  ]);
});

test('by key where there is one sender, the rest together', () => {
  const rows = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'd'].map((card) => row(0, card, 1));
  expect(origins(1, rows, ['card'])).toEqual([
    ['key', 'a', 4, 0.4],
    ['key', 'b', 3, 0.3],
    ['key', 'c', 2, 0.2],
    ['others', '', 1, 0.1],
  ]);
});

test('nothing to tell', () => {
  expect(origins(1, [row(0, 'a', 1)], [])).toEqual([]);
  expect(origins(2, [row(0, 'a', 0)], ['card'])).toEqual([]);
});
