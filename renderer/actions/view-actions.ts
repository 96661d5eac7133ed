/** Actions on the window: panels, help. */
import { Keyboard, PanelBottom } from 'lucide-react';
import type { Action } from './action.ts';

export const viewActions: readonly Action[] = [
  {
    id: 'dock',
    area: 'view',
    icon: PanelBottom,
    keys: ['Ctrl `'],
    scope: 'always',
    run: (designer) => designer.preferences.set({ dockOpen: !designer.preferences.getState().dockOpen }),
  },
  {
    id: 'shortcuts',
    area: 'help',
    icon: Keyboard,
    keys: ['?'],
    scope: 'outside-fields',
    run: (designer) => designer.shell.set({ dialog: { kind: 'shortcuts' } }),
  },
];
