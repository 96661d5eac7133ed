/** Starting and stopping the open pipeline, savepoints, and what is said when that does not work. */

import i18next from 'i18next';
import type { ReplaySpeedSetting, RunOptions } from '../../engine/host/contract.ts';
import type { Designer } from '../app/designer.ts';
import { showDock } from '../app/dock.ts';
import { errorMessageOf } from '../files/failure.ts';
import { documentText, showFailure } from '../files/pipeline-files.ts';
import { nextProblem } from '../problems/navigate.ts';
import { formatBytes, formatSpan } from '../strings/figures.ts';
import { toast } from '../ui/toast.ts';
import { isLive } from './run-store.ts';
import { restoreRefusal } from './start-from.ts';

/** One message about starting at a time. */
const TOAST = 'run';
/** The engine's refusals of what nobody has trusted. */
const UNTRUSTED: Readonly<Record<string, 'code' | 'variables'>> = { MR5050: 'code', MR5051: 'variables' };

export async function startRun(designer: Designer, restore: RunOptions['restore']): Promise<void> {
  const { documents, checks, runs, shell, host } = designer;
  if (isLive(runs.getState().current) || runs.getState().pending !== null) return;
  const { document, path } = documents.getState();
  const errors = checks.ensure(document).problems.filter((problem) => problem.severity === 'error').length;
  if (errors > 0) {
    showDock(designer, 'problems');
    toast.error(i18next.t('run.fixFirst'), {
      id: TOAST,
      description: i18next.t('run.fixFirstText', { count: errors }),
      ways: [{ label: i18next.t('action.nextProblem'), run: () => nextProblem(designer, 1) }],
    });
    return;
  }
  if (path === '') {
    // Paths of the pipeline are relative to its file, so it needs a place first.
    shell.set({ dialog: { kind: 'save' } });
    return;
  }
  toast.dismiss(TOAST);
  runs.setPending('start');
  try {
    if (typeof restore === 'object' && (await isRefused(designer, restore.path))) return;
    runs.adopt(await host.call('run.start', { path, text: documentText(designer), options: { restore } }));
  } catch (error) {
    const untrusted = UNTRUSTED[errorMessageOf(error).code];
    if (untrusted !== undefined)
      shell.set({ dialog: { kind: 'trust', what: untrusted, path, proceed: () => void startRun(designer, restore) } });
    else showFailure(i18next.t('run.cannotStart'), error);
  } finally {
    runs.setPending(null);
  }
}

/** Says why, when the pipeline, as it is now, cannot go on from the state at `checkpoint`. */
export async function isRefused(designer: Designer, checkpoint: string): Promise<boolean> {
  const refusal = await restoreRefusal(designer, checkpoint);
  if (refusal !== null) toast.error(i18next.t('run.cannotRestoreTitle'), { id: TOAST, description: refusal });
  return refusal !== null;
}

/** Lets the pipeline at this path run its custom code and read this computer's variables from now on. */
export async function trustPipeline({ host, preview }: Designer, path: string): Promise<boolean> {
  try {
    const { trusted } = await host.call('pipeline.trust', { path });
    preview.request();
    return trusted;
  } catch (error) {
    showFailure(i18next.t('run.cannotStart'), error);
    return false;
  }
}

export async function stopRun(designer: Designer, mode: 'keep-state' | 'drain' | 'discard'): Promise<void> {
  const { runs, host } = designer;
  const { current } = runs.getState();
  if (current === null || !isLive(current)) return;
  runs.setPending('stop');
  try {
    await host.call('run.stop', { runId: current.runId, mode });
  } catch (error) {
    showFailure(i18next.t('run.stopKeep'), error);
  } finally {
    runs.setPending(null);
  }
}

export async function takeSavepoint(designer: Designer): Promise<void> {
  const { runs, host } = designer;
  const { current } = runs.getState();
  if (current === null || !isLive(current)) return;
  runs.setPending('savepoint');
  try {
    const savepoint = await host.call('run.savepoint', { runId: current.runId });
    runs.addCheckpoint(savepoint);
    toast.success(i18next.t('run.savepointReady', { id: savepoint.id }), {
      description: i18next.t('run.savepointReadyText', {
        bytes: formatBytes(savepoint.bytes),
        duration: formatSpan(savepoint.durationMs ?? 0),
      }),
    });
  } catch (error) {
    showFailure(i18next.t('run.savepoint'), error);
  } finally {
    runs.setPending(null);
  }
}

export function pauseRun(designer: Designer, paused: boolean): Promise<void> {
  return setPace(designer, { paused });
}

export function setSpeed(designer: Designer, speed: ReplaySpeedSetting): Promise<void> {
  return setPace(designer, { speed });
}

async function setPace(
  { runs, host }: Designer,
  change: { readonly paused?: boolean; readonly speed?: ReplaySpeedSetting },
): Promise<void> {
  const { current } = runs.getState();
  if (current === null || !isLive(current)) return;
  const { paused, speed } = { paused: current.paused, speed: current.speed ?? 1, ...change };
  try {
    runs.adopt(await host.call('run.pace', { runId: current.runId, paused, speed }));
  } catch (error) {
    showFailure(i18next.t(paused ? 'run.pause' : 'run.resume'), error);
  }
}
