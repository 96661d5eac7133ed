/** Actions on runs: start, stop, savepoint. */
import i18next from 'i18next';
import { ArrowDownFromLine, Diamond, Eye, ListRestart, Play, Square, SquareX } from 'lucide-react';
import type { Designer } from '../app/designer.ts';
import { showPreview } from '../preview/show-preview.ts';
import { startRun, stopRun, takeSavepoint } from '../runs/control.ts';
import { isLive } from '../runs/run-store.ts';
import { restoreOption } from '../runs/start-from.ts';
import type { Action } from './action.ts';
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
  {
    id: 'preview',
    area: 'run',
    icon: Eye,
    keys: ['P'],
    scope: 'canvas',
    enabled: needsDrawing,
    run: showPreview,
  },
];

function needsIdle(designer: Designer): true | string {
  return isLive(designer.runs.getState().current) ? i18next.t('cannot.running') : needsDrawing(designer);
}

function needsRun({ runs }: Designer): true | string {
  return isLive(runs.getState().current) || i18next.t('cannot.notRunning');
}
