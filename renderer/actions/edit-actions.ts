/** Actions that change the pipeline as a whole: undo, redo, problems. */
import { Redo2, Undo2 } from 'lucide-react';
import { redo, undo } from '../app/editing.ts';
import { nextProblem } from '../problems/navigate.ts';
import type { Action } from './action.ts';

export const editActions: readonly Action[] = [
  { id: 'undo', area: 'edit', icon: Undo2, keys: ['Ctrl Z'], scope: 'outside-fields', run: undo },
  { id: 'redo', area: 'edit', icon: Redo2, keys: ['Ctrl Shift Z', 'Ctrl Y'], scope: 'outside-fields', run: redo },
  { id: 'nextProblem', area: 'edit', keys: ['F8'], scope: 'always', run: (designer) => nextProblem(designer, 1) },
  { id: 'previousProblem', area: 'edit', keys: ['Shift F8'], scope: 'always', run: (designer) => nextProblem(designer, -1) },
];
