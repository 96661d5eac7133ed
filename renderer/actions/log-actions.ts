/** Actions on what is known of runs: the log of a node, the log, the list of runs, the plan of the next one. */
import i18next from 'i18next';
import { History, Network, ScrollText } from 'lucide-react';
import type { Designer } from '../app/designer.ts';
import { isDockShown, showDock } from '../app/dock.ts';
import type { DockTab } from '../app/preferences.ts';
import { showLogsOf } from '../logs/show-logs.ts';
import type { Action } from './action.ts';
import { needsOneNode, needsPipeline } from './reasons.ts';

export const logActions: readonly Action[] = [
  {
    id: 'nodeLogs',
    area: 'run',
    icon: ScrollText,
    keys: [],
    scope: 'canvas',
    enabled: needsLoggedNode,
    run: (designer) => {
      const nodeId = oneNode(designer);
      if (nodeId !== null) showLogsOf(designer, nodeId);
    },
  },
  { ...panel('logs'), id: 'logsPanel', icon: ScrollText },
  { ...panel('runs'), id: 'runsPanel', icon: History },
  { ...panel('plan'), id: 'planPanel', icon: Network },
];

function panel(tab: DockTab): Omit<Action, 'id'> {
  return {
    area: 'view',
    keys: [],
    scope: 'always',
    enabled: needsPipeline,
    checked: (designer) => isDockShown(designer, tab),
    run: (designer) => (isDockShown(designer, tab) ? designer.preferences.set({ dockOpen: false }) : showDock(designer, tab)),
  };
}

function oneNode({ selection }: Designer): string | null {
  const { nodes, focus } = selection.getState();
  const [only] = nodes;
  return nodes.size === 1 ? (only ?? null) : nodes.size === 0 ? focus : null;
}

function needsLoggedNode(designer: Designer): true | string {
  const node = needsOneNode(designer);
  if (node !== true) return node;
  return designer.runs.getState().current !== null || i18next.t('cannot.notRun');
}
