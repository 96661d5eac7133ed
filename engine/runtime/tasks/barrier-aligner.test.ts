/** When a task takes a checkpoint. */
import { expect, test } from 'vitest';
import { BarrierAligner } from './barrier-aligner.ts';

test('all channels must have shown the barrier; those that have are blocked until then', () => {
  const aligner = new BarrierAligner(2);
  aligner.onBarrier(0, 5);
  expect([aligner.isBlocked(0), aligner.isBlocked(1), aligner.complete(false)]).toEqual([true, false, 0]);
  aligner.onBarrier(1, 5);
  expect(aligner.complete(false)).toBe(5);
  expect([aligner.isBlocked(0), aligner.isBlocked(1), aligner.complete(false)]).toEqual([false, false, 0]);
});

test('an ended channel counts as having shown every barrier', () => {
  const aligner = new BarrierAligner(2);
  aligner.onEnd(1);
  aligner.onBarrier(0, 1);
  expect(aligner.complete(false)).toBe(1);
});

test('when all channels have ended the coordinator’s word is enough', () => {
  const aligner = new BarrierAligner(1);
  aligner.onTrigger(3);
  expect(aligner.complete(false)).toBe(0);
  aligner.onEnd(0);
  expect(aligner.complete(false)).toBe(3);
});

test('own sources wait for the coordinator and rest until the checkpoint is taken', () => {
  const aligner = new BarrierAligner(1);
  aligner.onBarrier(0, 1);
  expect([aligner.holdsSources(), aligner.complete(true)]).toEqual([true, 0]);
  aligner.onTrigger(1);
  expect(aligner.complete(true)).toBe(1);
  expect(aligner.holdsSources()).toBe(false);
});

test('a newer barrier cancels an older one, late barriers are passed over', () => {
  const aligner = new BarrierAligner(2);
  aligner.onBarrier(0, 1);
  aligner.onBarrier(1, 2);
  expect([aligner.isBlocked(0), aligner.isBlocked(1)]).toEqual([false, true]);
  aligner.onBarrier(0, 2);
  expect(aligner.complete(false)).toBe(2);
  aligner.onBarrier(0, 1);
  expect(aligner.isBlocked(0)).toBe(false);
});

test('an aborted checkpoint opens its channels and is not taken later', () => {
  const aligner = new BarrierAligner(2);
  aligner.onBarrier(0, 1);
  aligner.onAbort(1);
  expect(aligner.isBlocked(0)).toBe(false);
  aligner.onBarrier(1, 1);
  expect([aligner.isBlocked(1), aligner.complete(false)]).toEqual([false, 0]);
});

test('at least once nothing is blocked: the checkpoint is taken when the last barrier has come', () => {
  const aligner = new BarrierAligner(2, false);
  aligner.onBarrier(0, 1);
  expect([aligner.isBlocked(0), aligner.complete(false)]).toEqual([false, 0]);
  aligner.onBarrier(1, 1);
  expect(aligner.complete(false)).toBe(1);
});

test('a checkpoint that overtook is over: its barriers block nothing when they come, the next ones do', () => {
  const aligner = new BarrierAligner(2);
  aligner.onBarrier(0, 1);
  expect([aligner.hasShown(0, 1), aligner.hasShown(1, 1)]).toEqual([true, false]);
  aligner.overtake(1);
  expect(aligner.isBlocked(0)).toBe(false);
  aligner.onBarrier(1, 1);
  expect([aligner.isBlocked(1), aligner.complete(false), aligner.holdsSources()]).toEqual([false, 0, false]);
  aligner.onBarrier(0, 2);
  expect(aligner.isBlocked(0)).toBe(true);
});
