/** Actions on files: new, open, save. */
import { FilePlus2, FolderOpen, Save } from 'lucide-react';
import { leaving, newPipeline, save } from '../files/pipeline-files.ts';
import type { Action } from './action.ts';

export const fileActions: readonly Action[] = [
  {
    id: 'newPipeline',
    area: 'file',
    icon: FilePlus2,
    keys: ['Ctrl Alt N'],
    scope: 'always',
    run: (designer) => leaving(designer, () => newPipeline(designer)),
  },
  {
    id: 'open',
    area: 'file',
    icon: FolderOpen,
    keys: ['Ctrl O'],
    scope: 'always',
    run: (designer) => leaving(designer, () => designer.shell.set({ dialog: { kind: 'open' } })),
  },
  { id: 'save', area: 'file', icon: Save, keys: ['Ctrl S'], scope: 'always', run: (designer) => void save(designer) },
];
