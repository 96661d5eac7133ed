/** Going back to a checkpoint: the run that is going stops with its state kept, then one starts from there. */
import type { CheckpointInfo } from '../../engine/host/contract.ts';
import type { Designer } from '../app/designer.ts';
import { isRefused, startRun, stopRun } from '../runs/control.ts';
import { isLive } from '../runs/run-store.ts';

const STOPPED_WITHIN_MS = 60_000;

export async function restoreFrom(designer: Designer, checkpoint: CheckpointInfo): Promise<void> {
  // Nothing is stopped for a state that the drawing does not fit any more.
  if (await isRefused(designer, checkpoint.path)) return;
  await restart(designer, { path: checkpoint.path });
}

/** With the drawing as it is now, from the savepoint that stopping takes. */
export async function restartWithEdits(designer: Designer): Promise<void> {
  await restart(designer, 'unfinished');
}

async function restart(designer: Designer, restore: 'unfinished' | { readonly path: string }): Promise<void> {
  const { runs } = designer;
  runs.setRestarting(true);
  try {
    if (isLive(runs.getState().current)) {
      await stopRun(designer, 'keep-state');
      if (!(await hasStopped(designer))) return;
    }
    await startRun(designer, restore);
  } finally {
    runs.setRestarting(false);
  }
}

/** The answer to the stop and the state of the run come by different ways. */
function hasStopped({ runs }: Designer): Promise<boolean> {
  return new Promise((resolve) => {
    const check = () => {
      const { current } = runs.getState();
      if (isLive(current)) return false;
      finish(current?.phase !== 'failed');
      return true;
    };
    const finish = (stopped: boolean) => {
      clearTimeout(timer);
      end();
      resolve(stopped);
    };
    const timer = setTimeout(() => finish(false), STOPPED_WITHIN_MS);
    const end = runs.subscribe(check);
    check();
  });
}
