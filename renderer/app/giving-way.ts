/**
 * When the left panel makes room for the figures of a run: at once as a run begins or is told to stop. A run that ends by itself
 * moves nothing under the eyes; the panel comes back with the next thing the person does.
 */
import { isLive } from '../runs/run-store.ts';
import type { Designer } from './designer.ts';

/** Browsers count what moves so soon after an input as its answer. */
const ANSWER_MS = 400;

export function followRuns({ runs, shell }: Designer): void {
  let wanted = false;
  let live = false;
  let inputAtMs = Number.NEGATIVE_INFINITY;
  const settle = () => {
    if (shell.getState().givesWay === wanted) return;
    const answers = runs.getState().pending === 'stop' || performance.now() - inputAtMs < ANSWER_MS;
    if (wanted || answers) shell.set({ givesWay: wanted });
  };
  const follow = () => {
    const { current, pending } = runs.getState();
    const now = isLive(current);
    if (pending === 'start' || (now && !live)) wanted = true;
    else if (pending === 'stop' || !now) wanted = false;
    live = now;
    settle();
  };
  const onInput = () => {
    inputAtMs = performance.now();
    settle();
  };
  for (const kind of ['pointerdown', 'keydown'] as const) window.addEventListener(kind, onInput, { capture: true });
  runs.subscribe(follow);
  follow();
}
