/** A stream is idle after its timeout without rows, active again with the next, and never because the clock was not looked at. */
import { expect, test } from 'vitest';
import type { OperatorContext } from '../operator.ts';
import { Idleness } from './idleness.ts';

function bench(timeoutMs: number) {
  const log: string[] = [];
  const state = { nowMs: 1000, dueMs: 0 };
  const context = {
    clock: { now: () => state.nowMs, monotonic: () => state.nowMs },
    output: { emitStatus: (idle: boolean) => log.push(`${state.nowMs} ${idle ? 'idle' : 'active'}`) },
    requestProcessingTime: (ms: number) => {
      state.dueMs = ms;
    },
  } as unknown as OperatorContext;
  const idleness = new Idleness(timeoutMs, context);
  idleness.start();
  const at = (nowMs: number, action: 'rows' | 'time') => {
    state.nowMs = nowMs;
    if (action === 'rows') idleness.onRows();
    else idleness.onTime(nowMs);
  };
  return { log, state, at };
}

test('idle once the timeout has passed since the last row, active with the next row', () => {
  const { log, state, at } = bench(300);
  at(1100, 'rows');
  at(1300, 'time');
  expect([log, state.dueMs]).toEqual([[], 1400]);
  at(1400, 'time');
  at(1900, 'rows');
  expect([log, state.dueMs]).toEqual([['1400 idle', '1900 active'], 2200]);
  at(2200, 'time');
  expect(log.at(-1)).toBe('2200 idle');
});

test('after a pause the quiet time begins anew', () => {
  const { log, state, at } = bench(300);
  at(60_000, 'time');
  expect([log, state.dueMs]).toEqual([[], 60_300]);
  at(60_300, 'time');
  expect(log).toEqual(['60300 idle']);
});
