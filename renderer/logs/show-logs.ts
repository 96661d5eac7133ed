/** Ways into the log: that of a node, one entry of it, that of an earlier run. */
import i18next from 'i18next';
import type { RunLogEntry } from '../../engine/host/contract.ts';
import type { Designer } from '../app/designer.ts';
import { showDock } from '../app/dock.ts';
import { documentText, showFailure } from '../files/pipeline-files.ts';

import type { PastLog } from './log-store.ts';

export function showLogsOf(designer: Designer, nodeId: string): void {
  designer.logs.leavePast();
  designer.logs.set({ nodeId, level: 'all', text: '', follow: true, current: null });
  showDock(designer, 'logs');
}

/** With its node's other entries around it. */
export function showEntry(designer: Designer, entry: RunLogEntry): void {
  designer.logs.leavePast();
  designer.logs.set({ nodeId: entry.nodeId, level: 'all', text: '', follow: false, current: entry.sequence });
  showDock(designer, 'logs');
}

export async function showLogOfRun(designer: Designer, past: PastLog): Promise<void> {
  const { documents, host, logs, runs } = designer;
  const { current } = runs.getState();
  // A lost run is known to the engine by its name only.
  if (current?.runId === past.runId && current.phase !== 'lost') logs.leavePast();
  else {
    try {
      const { entries } = await host.call('history.log', {
        path: documents.getState().path,
        text: documentText(designer),
        runId: past.runId,
      });
      logs.showPast(past, entries);
    } catch (error) {
      showFailure(i18next.t('history.cannotRead'), error);
      return;
    }
  }
  logs.set({ nodeId: null, level: 'all', text: '', follow: false });
  showDock(designer, 'logs');
}

/** Selects the node an entry speaks of and brings it into view; false when the drawing no longer has it. */
export function showNodeOf(designer: Designer, { nodeId, sequence }: RunLogEntry): boolean {
  designer.logs.set({ current: sequence });
  const known = designer.documents.getState().document.nodes.some((node) => node.id === nodeId);
  if (nodeId === null || !known) return false;
  designer.selection.select([nodeId]);
  designer.canvas?.reveal(nodeId);
  return true;
}
