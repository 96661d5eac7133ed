/** Actions on runs: start, stop, savepoint. */
import { Diamond, Play, Square } from 'lucide-react';
import { toast } from 'sonner';
import { startRun, stopRun, takeSavepoint } from '../runs/control.ts';
import { isLive } from '../runs/run-store.ts';
import type { Action } from './action.ts';

export const runActions: readonly Action[] = [
  { id: 'run', area: 'run', icon: Play, keys: ['F5'], scope: 'always', run: (designer) => void startRun(designer, 'latest') },
  {
    id: 'stop',
    area: 'run',
    icon: Square,
    keys: ['Shift F5'],
    scope: 'always',
    run: (designer) => {
      toast.dismiss();
      void stopRun(designer, 'keep-state');
    },
  },
  {
    id: 'savepoint',
    area: 'run',
    icon: Diamond,
    keys: ['Ctrl Shift S'],
    scope: 'always',
    run: (designer) => {
      if (isLive(designer.runs.getState().current)) void takeSavepoint(designer);
    },
  },
];
