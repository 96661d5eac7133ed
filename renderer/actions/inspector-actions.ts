/** Actions of the inspector: help of the node, its spec as code, its own code with room for it, the fix of the nearest problem. */
import i18next from 'i18next';
import { BookOpen, CodeXml, Maximize2, WandSparkles } from 'lucide-react';
import { fixHere, fixNearest } from '../inspector/fix-problem.ts';
import { toggleCode, toggleHelp } from '../inspector/inspector-view.ts';
import { largeCodeOf, openLargeCode } from '../inspector/large-code.ts';
import type { Action } from './action.ts';
import { needsOneNode } from './reasons.ts';

export const inspectorActions: readonly Action[] = [
  {
    id: 'applyFix',
    area: 'edit',
    icon: WandSparkles,
    keys: ['Ctrl .'],
    scope: 'always',
    enabled: (designer) => fixHere(designer) !== null || i18next.t('cannot.noFix'),
    run: fixNearest,
  },
  { id: 'nodeHelp', area: 'help', icon: BookOpen, keys: ['F1'], scope: 'always', enabled: needsOneNode, run: toggleHelp },
  { id: 'nodeCode', area: 'view', icon: CodeXml, keys: [], scope: 'always', enabled: needsOneNode, run: toggleCode },
  {
    id: 'largeCode',
    area: 'edit',
    icon: Maximize2,
    keys: ['Shift F2'],
    scope: 'always',
    offered: (designer) => largeCodeOf(designer) !== null,
    enabled: (designer) => largeCodeOf(designer) !== null || i18next.t('cannot.noCode'),
    run: openLargeCode,
  },
];
