/** Feet hear of new figures a few in each frame, nobody is left out by newer ones, and who has gone hears nothing. */
import { expect, test } from 'vitest';
import { LiveMetrics } from './live-metrics.ts';
import { PacedFigures } from './paced-figures.ts';

function paced() {
  const live = new LiveMetrics();
  const frames: (() => void)[] = [];
  const figures = new PacedFigures(live, (action) => frames.push(action));
  const heard: number[] = [];
  const stops = Array.from({ length: 25 }, (_listener, index) => figures.subscribe(() => void heard.push(index)));
  const frame = () => {
    frames.shift()?.();
    return heard.splice(0);
  };
  return { live, frame, stops };
}

const upTo = (first: number, end: number) => Array.from({ length: end - first }, (_number, index) => first + index);

test('ten a frame, everybody once', () => {
  const { live, frame } = paced();
  live.clear();
  expect([frame(), frame(), frame(), frame()]).toEqual([upTo(0, 10), upTo(10, 20), upTo(20, 25), []]);
});

test('with newer figures those who still wait are first', () => {
  const { live, frame, stops } = paced();
  live.clear();
  expect(frame()).toEqual(upTo(0, 10));
  live.clear();
  stops[11]();
  expect([frame(), frame(), frame()]).toEqual([[10, ...upTo(12, 20)], [...upTo(20, 25), ...upTo(0, 5)], upTo(5, 10)]);
});
