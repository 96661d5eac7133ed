/** Actions that take one somewhere: to what is searched for, to another region of the window, back to the canvas. */
import i18next from 'i18next';
import { ArrowDownToLine, ArrowUpToLine, CornerUpLeft, PanelsTopLeft, Search, SearchCode, TextSearch } from 'lucide-react';
import { flushSync } from 'react-dom';
import type { Designer } from '../app/designer.ts';
import { openLeftPanel } from '../app/left-panel.ts';
import { cycleRegions } from '../app/regions.ts';
import { openFind, stepFound } from '../find/find.ts';
import type { Action } from './action.ts';
import { needsPipeline } from './reasons.ts';

export const goActions: readonly Action[] = [
  {
    id: 'palette',
    area: 'view',
    icon: Search,
    keys: ['Ctrl K', 'Ctrl Shift P'],
    scope: 'always',
    run: (designer) => designer.shell.set({ dialog: { kind: 'palette', query: '' } }),
  },
  { id: 'find', area: 'view', icon: TextSearch, keys: ['Ctrl F'], scope: 'always', enabled: needsPipeline, run: openFind },
  {
    id: 'findNext',
    area: 'view',
    icon: ArrowDownToLine,
    keys: ['F3'],
    scope: 'always',
    repeats: true,
    enabled: needsMatch,
    run: (designer) => stepFound(designer, 1),
  },
  {
    id: 'findPrevious',
    area: 'view',
    icon: ArrowUpToLine,
    keys: ['Shift F3'],
    scope: 'always',
    repeats: true,
    enabled: needsMatch,
    run: (designer) => stepFound(designer, -1),
  },
  { id: 'searchNodes', area: 'view', icon: SearchCode, keys: ['/'], scope: 'outside-fields', enabled: needsPipeline, run: searchNodes },
  {
    id: 'backToCanvas',
    area: 'view',
    icon: CornerUpLeft,
    keys: ['Ctrl Enter'],
    scope: 'always',
    enabled: needsPipeline,
    run: ({ canvas, selection }) => canvas?.focusNode(selection.getState().focus),
  },
  {
    id: 'nextRegion',
    area: 'view',
    icon: PanelsTopLeft,
    keys: ['Ctrl F6'],
    scope: 'always',
    run: (designer) => cycleRegions(designer, 1),
  },
  {
    id: 'previousRegion',
    area: 'view',
    icon: PanelsTopLeft,
    keys: ['Ctrl Shift F6'],
    scope: 'always',
    run: (designer) => cycleRegions(designer, -1),
  },
];

function needsMatch({ find }: Designer): true | string {
  return find.getState().found.length > 0 || i18next.t('cannot.noMatch');
}

/** The panel is drawn at once: the next letters are meant for its box. */
function searchNodes(designer: Designer): void {
  flushSync(() => openLeftPanel(designer, 'nodes'));
  document.querySelector<HTMLInputElement>('[data-region="left"] input')?.focus();
}
