/** Opening and closing the lens, and the ways out that it offers. */
import i18next from 'i18next';
import { printDuration } from '../../engine/spec/duration.ts';
import type { Designer } from '../app/designer.ts';
import { setField, setJob } from '../document/commands.ts';
import { resolveDocument } from '../document/definitions.ts';
import { reachOf } from '../document/reach.ts';
import { showFailure } from '../files/pipeline-files.ts';
import { startRun } from '../runs/control.ts';
import { isLive } from '../runs/run-store.ts';
import { restoreOption } from '../runs/start-from.ts';
import { restartWithEdits } from '../strip/restore.ts';
import { CLOSED } from './lens-store.ts';
import type { Remedy } from './remedies.ts';
import { hasWindows, windowNodes } from './upstream.ts';

/** The window that is asked about: the selected one, else the only one there is. */
export function askedWindow({ documents, selection }: Designer): string | null {
  const { document } = documents.getState();
  const { nodes, focus } = selection.getState();
  const chosen = nodes.size === 1 ? [...nodes][0] : nodes.size === 0 ? focus : null;
  const node = document.nodes.find((candidate) => candidate.id === chosen);
  if (node !== undefined && hasWindows(node)) return node.id;
  const all = windowNodes(document);
  return all.length === 1 ? all[0].id : null;
}

export function openLens(designer: Designer, nodeId: string): void {
  const { documents, lens, selection, shell, canvas } = designer;
  const { nodeId: shown, before } = lens.getState();
  if (shown === nodeId) return;
  const group = selection.getState().openGroup;
  const path = new Set([nodeId, ...reachOf(documents.getState().document, new Set([nodeId]), 'upstream')]);
  lens.set({ nodeId, path, before: before ?? { group, viewport: canvas?.viewport() ?? null } });
  selection.select([nodeId]);
  shell.set({ page: 'canvas' });
}

export function closeLens(designer: Designer): void {
  const { lens, selection } = designer;
  const { nodeId, before } = lens.getState();
  if (nodeId === null) return;
  lens.set(CLOSED);
  if (before === null || selection.getState().openGroup !== before.group) return;
  // The canvas has its whole height again only after the page has been laid out.
  afterLayout(() => {
    if (before.viewport !== null) designer.canvas?.look(before.viewport);
    if (document.activeElement === document.body) designer.canvas?.focusNode(nodeId);
  });
}

/** Two frames: the page's own layout, then what the canvas makes of its new size. */
function afterLayout(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

export function applyRemedy(designer: Designer, remedy: Remedy): void {
  switch (remedy.kind) {
    case 'one-subtask':
      designer.documents.commit('configure', (document) => setJob(document, 'parallelism', 1));
      designer.shell.say(i18next.t('lens.appliedNext'));
      return;
    case 'idle-after':
      designer.documents.commit('configure', (document) => setField(document, remedy.nodeId, remedy.field, printDuration(remedy.idleMs)));
      if (isLive(designer.runs.getState().current)) void restartWithEdits(designer);
      return;
    case 'lower-delay':
      closeLens(designer);
      designer.selection.openField(remedy.nodeId, `${remedy.field}.delay`);
      designer.canvas?.reveal(remedy.nodeId);
      return;
    case 'open-node':
      closeLens(designer);
      designer.selection.select([remedy.nodeId]);
      designer.canvas?.reveal(remedy.nodeId);
      return;
    case 'resume':
      void resume(designer);
      return;
    case 'run':
      void startRun(designer, restoreOption(designer.shell.getState().startFrom));
  }
}

async function resume({ host, runs }: Designer): Promise<void> {
  const run = runs.getState().current;
  if (run === null) return;
  try {
    runs.adopt(await host.call('run.pace', { runId: run.runId, paused: false, speed: run.speed ?? 1 }));
  } catch (error) {
    showFailure(i18next.t('lens.remedy.resume'), error);
  }
}

/** The field that says how long fired windows are kept, if this node takes the value without a new error. */
export const LATENESS_FIELD = 'allowedLateness';

export function canAllow({ documents, checks }: Designer, nodeId: string, duration: string): boolean {
  const { document } = documents.getState();
  const now = checks.getState().problems.filter((problem) => problem.severity === 'error').length;
  const then = resolveDocument(setField(document, nodeId, LATENESS_FIELD, duration)).problems;
  return then.filter((problem) => problem.severity === 'error').length <= now;
}

export function allowLateness({ documents, shell }: Designer, nodeId: string, duration: string): void {
  documents.commit('configure', (document) => setField(document, nodeId, LATENESS_FIELD, duration));
  shell.say(i18next.t('lens.appliedNext'));
}
