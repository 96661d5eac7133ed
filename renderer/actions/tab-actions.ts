/** Actions on the tabs of open files. */
import i18next from 'i18next';
import { ArrowLeftRight, X } from 'lucide-react';
import type { Designer } from '../app/designer.ts';
import { closeTab } from '../files/pipeline-files.ts';
import type { Action } from './action.ts';

export const tabActions: readonly Action[] = [
  {
    id: 'nextTab',
    area: 'file',
    icon: ArrowLeftRight,
    keys: ['Ctrl Tab', 'Alt PgDn'],
    scope: 'always',
    enabled: needsTabs,
    run: ({ sessions }) => sessions.step(1),
  },
  {
    id: 'previousTab',
    area: 'file',
    icon: ArrowLeftRight,
    keys: ['Ctrl Shift Tab', 'Alt PgUp'],
    scope: 'always',
    enabled: needsTabs,
    run: ({ sessions }) => sessions.step(-1),
  },
  {
    id: 'closeTab',
    area: 'file',
    icon: X,
    keys: ['Ctrl W', 'Alt W'],
    scope: 'always',
    run: (designer) => closeTab(designer, designer.sessions.getState().active),
  },
];

function needsTabs({ sessions }: Designer): true | string {
  return sessions.getState().tabs.length > 1 || i18next.t('cannot.oneTab');
}
