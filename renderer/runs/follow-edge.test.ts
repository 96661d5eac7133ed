/** Rows of an edge as they come: each once, the newest kept, nothing told when nothing came. */
import { expect, test, vi } from 'vitest';
import type { EdgeTail, HostClient } from '../../engine/host/contract.ts';
import type { EdgeRows } from './follow-edge.ts';
import { followEdge } from './follow-edge.ts';

const PERIOD_MS = 500;

/** Answers in turn; null: the call fails. */
async function follow(
  answers: readonly (EdgeTail | null)[],
): Promise<{ readonly asked: readonly number[]; readonly seen: readonly EdgeRows[] }> {
  vi.useFakeTimers();
  const asked: number[] = [];
  const seen: EdgeRows[] = [];
  const call = async (_method: string, { afterSequence }: { readonly afterSequence: number }): Promise<EdgeTail> => {
    const answer = answers[asked.push(afterSequence) - 1] ?? null;
    if (answer === null) throw new Error('not now');
    return answer;
  };
  const host = { call } as unknown as HostClient;
  const stop = followEdge(host, { runId: 'r', edgeId: 'e', rowsKept: 3, periodMs: PERIOD_MS }, ({ rows, total }) =>
    seen.push({ rows, total }),
  );
  await vi.advanceTimersByTimeAsync(PERIOD_MS * (answers.length - 1));
  stop();
  await vi.advanceTimersByTimeAsync(PERIOD_MS * 10);
  vi.useRealTimers();
  return { asked, seen };
}

test('asks for what is new, keeps the newest, says nothing twice, and stops', async () => {
  const { asked, seen } = await follow([
    { rows: ['a', 'b'], last: 12, total: 2 },
    { rows: [], last: 12, total: 2 },
    null,
    { rows: ['c', 'd'], last: 14, total: 4 },
    { rows: [], last: 14, total: 9 },
  ]);
  expect(asked).toEqual([0, 12, 12, 12, 14]);
  expect(seen).toEqual([
    { rows: ['a', 'b'], total: 2 },
    { rows: ['b', 'c', 'd'], total: 4 },
    { rows: ['b', 'c', 'd'], total: 9 },
  ]);
});

test('numbers that became smaller are begun again', async () => {
  const { asked, seen } = await follow([
    { rows: ['a'], last: 100, total: 1 },
    { rows: [], last: 7, total: 3 },
    { rows: ['x', 'y'], last: 7, total: 3 },
  ]);
  expect(asked).toEqual([0, 100, 0]);
  expect(seen.at(-1)).toEqual({ rows: ['x', 'y'], total: 3 });
});
