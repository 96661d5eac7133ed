/** User actions that work everywhere: one registry that menu, shortcuts and the shortcut sheet read. */
import { toast } from 'sonner';
import { leaving, newPipeline, save } from '../files/pipeline-files.ts';
import { nextProblem } from '../problems/navigate.ts';
import { startRun, stopRun, takeSavepoint } from '../runs/control.ts';
import { isLive } from '../runs/run-store.ts';
import type { Designer } from './designer.ts';
import { redo, undo } from './editing.ts';

export interface Action {
  readonly id: string;
  /** As shown to people: "Ctrl S". Several ways are separated by a comma. */
  readonly keys: string;
  /** Acts even while a text field has the focus. */
  readonly inFields: boolean;
  run(designer: Designer): void;
}

export const actions = {
  save: { id: 'save', keys: 'Ctrl S', inFields: true, run: (designer) => void save(designer) },
  open: {
    id: 'open',
    keys: 'Ctrl O',
    inFields: true,
    run: (designer) => leaving(designer, () => designer.shell.set({ dialog: { kind: 'open' } })),
  },
  newPipeline: { id: 'newPipeline', keys: 'Ctrl Alt N', inFields: true, run: (designer) => leaving(designer, () => newPipeline(designer)) },
  undo: { id: 'undo', keys: 'Ctrl Z', inFields: false, run: undo },
  redo: { id: 'redo', keys: 'Ctrl Shift Z, Ctrl Y', inFields: false, run: redo },
  run: { id: 'run', keys: 'F5', inFields: true, run: (designer) => void startRun(designer, 'latest') },
  stop: {
    id: 'stop',
    keys: 'Shift F5',
    inFields: true,
    run: (designer) => {
      toast.dismiss();
      void stopRun(designer, 'keep-state');
    },
  },
  savepoint: {
    id: 'savepoint',
    keys: 'Ctrl Shift S',
    inFields: true,
    run: (designer) => {
      if (isLive(designer.runs.getState().current)) void takeSavepoint(designer);
    },
  },
  nextProblem: { id: 'nextProblem', keys: 'F8', inFields: true, run: (designer) => nextProblem(designer, 1) },
  previousProblem: { id: 'previousProblem', keys: 'Shift F8', inFields: true, run: (designer) => nextProblem(designer, -1) },
  dock: {
    id: 'dock',
    keys: 'Ctrl `',
    inFields: true,
    run: (designer) => designer.preferences.set({ dockOpen: !designer.preferences.getState().dockOpen }),
  },
  shortcuts: { id: 'shortcuts', keys: '?', inFields: false, run: (designer) => designer.shell.set({ dialog: { kind: 'shortcuts' } }) },
} as const satisfies Record<string, Action>;
