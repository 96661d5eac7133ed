/** Actions on runs: start, pause, speed, stop, savepoint. */
import i18next from 'i18next';
import { ArrowDownFromLine, Diamond, Eye, FastForward, ListRestart, Pause, Play, Square, SquareX, Waves } from 'lucide-react';
import type { ReplaySpeedSetting } from '../../engine/host/contract.ts';
import type { Designer } from '../app/designer.ts';
import { askedWindow, closeLens, openLens } from '../lens/open-lens.ts';
import { hasWindows } from '../lens/upstream.ts';
import { showPreview } from '../preview/show-preview.ts';
import { pauseRun, setSpeed, startRun, stopRun, takeSavepoint } from '../runs/control.ts';
import { isLive } from '../runs/run-store.ts';
import { restoreOption } from '../runs/start-from.ts';
import type { Action, ActionId } from './action.ts';
import { needsDrawing } from './reasons.ts';

export const runActions: readonly Action[] = [
  {
    id: 'run',
    area: 'run',
    icon: Play,
    keys: ['F5'],
    scope: 'always',
    enabled: needsIdle,
    run: (designer) => void startRun(designer, restoreOption(designer.shell.getState().startFrom)),
  },
  {
    id: 'runFresh',
    area: 'run',
    icon: ListRestart,
    keys: [],
    scope: 'always',
    enabled: needsIdle,
    run: (designer) => void startRun(designer, 'none'),
  },
  {
    id: 'pause',
    area: 'run',
    icon: Pause,
    keys: ['F6'],
    scope: 'always',
    enabled: needsRun,
    checked: ({ runs }) => runs.getState().current?.paused === true,
    run: (designer) => void pauseRun(designer, designer.runs.getState().current?.paused !== true),
  },
  {
    id: 'stop',
    area: 'run',
    icon: Square,
    keys: ['Shift F5'],
    scope: 'always',
    enabled: needsRun,
    run: (designer) => void stopRun(designer, 'keep-state'),
  },
  {
    id: 'stopDrain',
    area: 'run',
    icon: ArrowDownFromLine,
    keys: [],
    scope: 'always',
    enabled: needsRun,
    run: (designer) => void stopRun(designer, 'drain'),
  },
  {
    id: 'stopDiscard',
    area: 'run',
    icon: SquareX,
    keys: [],
    scope: 'always',
    danger: true,
    enabled: needsRun,
    run: (designer) => designer.shell.set({ dialog: { kind: 'discard-state' } }),
  },
  {
    id: 'savepoint',
    area: 'run',
    icon: Diamond,
    keys: ['Ctrl Shift S'],
    scope: 'always',
    enabled: needsRun,
    run: (designer) => void takeSavepoint(designer),
  },
  speed('speedHalf', 0.5),
  speed('speedNormal', 1),
  speed('speedTen', 10),
  speed('speedMax', 'max'),
  {
    id: 'preview',
    area: 'run',
    icon: Eye,
    keys: ['P'],
    scope: 'canvas',
    enabled: needsDrawing,
    run: showPreview,
  },
  {
    id: 'whyNotFired',
    area: 'run',
    icon: Waves,
    keys: ['W'],
    scope: 'canvas',
    offered: selectedHasWindows,
    enabled: needsWindow,
    checked: ({ lens }) => lens.getState().nodeId !== null,
    run: askWhy,
  },
];

/** Pressed again on the same window, it closes. */
function askWhy(designer: Designer): void {
  const asked = askedWindow(designer);
  if (asked === designer.lens.getState().nodeId) closeLens(designer);
  else if (asked !== null) openLens(designer, asked);
}

function selectedHasWindows({ documents, selection }: Designer): boolean {
  const { nodes } = selection.getState();
  return documents.getState().document.nodes.some((node) => nodes.has(node.id) && hasWindows(node));
}

function needsWindow(designer: Designer): true | string {
  if (askedWindow(designer) === null) return i18next.t('lens.notWindow');
  return designer.runs.getState().current !== null || i18next.t('lens.needsRun');
}

function needsIdle(designer: Designer): true | string {
  return isLive(designer.runs.getState().current) ? i18next.t('cannot.running') : needsDrawing(designer);
}

function needsRun({ runs }: Designer): true | string {
  return isLive(runs.getState().current) || i18next.t('cannot.notRunning');
}

function speed(id: ActionId, wanted: ReplaySpeedSetting): Action {
  return {
    id,
    area: 'run',
    icon: FastForward,
    keys: [],
    scope: 'always',
    enabled: needsPacedRun,
    checked: ({ runs }) => runs.getState().current?.speed === wanted,
    run: (designer) => void setSpeed(designer, wanted),
  };
}

function needsPacedRun(designer: Designer): true | string {
  const running = needsRun(designer);
  if (running !== true) return running;
  return designer.runs.getState().current?.speed !== null || i18next.t('cannot.notPaced');
}
