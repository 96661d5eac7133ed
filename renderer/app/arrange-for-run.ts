/**
 * When the frame is arranged for a run: the left panel makes room for figures, the time strip stands in the dock's place, the
 * canvas has its lenses. At once as a run begins or is told to stop. A run that ends by itself moves nothing under the eyes;
 * the frame comes back with the next thing the person does.
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
    if (shell.getState().arrangedForRun === wanted) return;
    const answers = runs.getState().pending === 'stop' || performance.now() - inputAtMs < ANSWER_MS;
    if (wanted || answers) shell.set({ arrangedForRun: wanted, strip: wanted });
  };
  const follow = () => {
    const { current, pending, restarting } = runs.getState();
    const now = isLive(current);
    if (restarting || pending === 'start' || (now && !live)) wanted = true;
    else if (pending === 'stop' || !now) wanted = false;
    live = now;
    settle();
  };
  const noteInput = () => {
    inputAtMs = performance.now();
  };
  for (const kind of ['pointerdown', 'keydown'] as const) window.addEventListener(kind, noteInput, { capture: true });
  // After what the input did, which may be another run; and not as a button goes down: what it was meant for would move away below it.
  for (const kind of ['click', 'keydown'] as const) window.addEventListener(kind, () => setTimeout(settle), { capture: true });
  runs.subscribe(follow);
  follow();
}
