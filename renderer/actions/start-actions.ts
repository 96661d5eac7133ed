/** Actions that lead out of the open pipeline: Start, comparing, exporting. */
import { GitCompareArrows, GraduationCap, House, Share } from 'lucide-react';
import { compareWithFile } from '../compare/open-compare.ts';
import { startTour } from '../tour/tour-steps.ts';
import type { Action } from './action.ts';
import { needsDrawing } from './reasons.ts';

export const startActions: readonly Action[] = [
  {
    id: 'startTab',
    area: 'file',
    icon: House,
    keys: [],
    scope: 'always',
    run: ({ sessions }) => sessions.openStart(),
  },
  {
    id: 'compareWithFile',
    area: 'file',
    icon: GitCompareArrows,
    keys: [],
    scope: 'always',
    enabled: needsDrawing,
    run: compareWithFile,
  },
  {
    id: 'export',
    area: 'file',
    icon: Share,
    keys: [],
    scope: 'always',
    enabled: needsDrawing,
    run: ({ shell }) => shell.set({ dialog: { kind: 'export' } }),
  },
  {
    id: 'tour',
    area: 'help',
    icon: GraduationCap,
    keys: [],
    scope: 'always',
    run: startTour,
  },
];
