/** What reaches the page from the desktop's window: files to open, entries of the system's menu, and the wish to close. */
import type { WindowRequest } from '../../engine/host/contract.ts';
import { invoke } from '../actions/invoke.ts';
import { allActions } from '../actions/registry.ts';
import { isUnsaved } from '../document/store.ts';
import { openPath } from '../files/pipeline-files.ts';
import type { Designer } from './designer.ts';
import { listenForDroppedPipelines } from './dropped-pipelines.ts';
import type { PipelineTab } from './tab.ts';

export function followDesktop(designer: Designer): void {
  designer.host.listen('window.request', (request) => void answer(designer, request));
  listenForDroppedPipelines(designer);
  void openHandedFiles(designer);
}

/** The open pipelines that closing would leave unsaved; an empty one that was never saved is no work. */
export function unsavedTabs({ sessions }: Designer): readonly PipelineTab[] {
  return sessions.getState().tabs.filter((tab): tab is PipelineTab => {
    const state = tab.kind === 'pipeline' ? sessions.documentOf(tab.id) : null;
    return state !== null && isUnsaved(state) && (state.path !== '' || state.document.nodes.length > 0);
  });
}

/** Closes the window; what was not saved is a draft by then. */
export async function leaveWindow({ drafts, preferences, host }: Designer): Promise<void> {
  await drafts.flush();
  preferences.flush();
  await host.call('window.control', { action: 'leave' }).catch(() => null);
}

async function answer(designer: Designer, request: WindowRequest): Promise<void> {
  if (request.kind === 'files') await openHandedFiles(designer);
  else if (request.kind === 'action') {
    const action = allActions.find(({ id }) => id === request.action);
    if (action !== undefined && designer.shell.getState().dialog === null) invoke(designer, action.id);
  } else if (unsavedTabs(designer).length === 0) await leaveWindow(designer);
  else {
    await designer.host.call('window.control', { action: 'stay' }).catch(() => null);
    designer.shell.set({ dialog: { kind: 'leave' } });
  }
}

async function openHandedFiles(designer: Designer): Promise<void> {
  const paths = await designer.host.call('window.takeFiles', {}).catch(() => []);
  for (const path of paths) await openPath(designer, path);
}
