/** Actions that change the pipeline as a whole: undo, redo, problems, job settings. */
import i18next from 'i18next';
import { ListChecks, Redo2, SlidersHorizontal, Undo2 } from 'lucide-react';
import type { Designer } from '../app/designer.ts';
import { redo, undo } from '../app/editing.ts';
import { nextProblem } from '../problems/navigate.ts';
import type { Action } from './action.ts';
import { needsPipeline } from './reasons.ts';

export const editActions: readonly Action[] = [
  {
    id: 'undo',
    area: 'edit',
    icon: Undo2,
    keys: ['Ctrl Z'],
    scope: 'outside-fields',
    repeats: true,
    enabled: ({ documents }) => documents.getState().past.length > 0 || i18next.t('cannot.nothingToUndo'),
    run: undo,
  },
  {
    id: 'redo',
    area: 'edit',
    icon: Redo2,
    keys: ['Ctrl Shift Z', 'Ctrl Y'],
    scope: 'outside-fields',
    repeats: true,
    enabled: ({ documents }) => documents.getState().future.length > 0 || i18next.t('cannot.nothingToRedo'),
    run: redo,
  },
  {
    id: 'nextProblem',
    area: 'edit',
    icon: ListChecks,
    keys: ['F8'],
    scope: 'always',
    enabled: needsProblem,
    run: (designer) => nextProblem(designer, 1),
  },
  {
    id: 'previousProblem',
    area: 'edit',
    icon: ListChecks,
    keys: ['Shift F8'],
    scope: 'always',
    enabled: needsProblem,
    run: (designer) => nextProblem(designer, -1),
  },
  {
    id: 'jobSettings',
    area: 'edit',
    icon: SlidersHorizontal,
    keys: [],
    scope: 'always',
    enabled: needsPipeline,
    run: (designer) => {
      designer.selection.select([]);
      designer.shell.set({ jobSettingsOpen: true });
    },
  },
];

function needsProblem({ checks }: Designer): true | string {
  return checks.getState().problems.length > 0 || i18next.t('cannot.noProblem');
}
