/** Actions on files: new, open, save, rename. */
import { FilePen, FilePlus2, FolderOpen, LayoutTemplate, Save, SaveAll } from 'lucide-react';
import { newPipeline, save } from '../files/pipeline-files.ts';
import type { Action } from './action.ts';
import { needsPipeline } from './reasons.ts';

export const fileActions: readonly Action[] = [
  {
    id: 'newPipeline',
    area: 'file',
    icon: FilePlus2,
    keys: ['Ctrl N', 'Ctrl Alt N'],
    scope: 'always',
    run: newPipeline,
  },
  {
    id: 'template',
    area: 'file',
    icon: LayoutTemplate,
    keys: [],
    scope: 'always',
    run: (designer) => designer.shell.set({ dialog: { kind: 'template' } }),
  },
  {
    id: 'open',
    area: 'file',
    icon: FolderOpen,
    keys: ['Ctrl O'],
    scope: 'always',
    run: (designer) => designer.shell.set({ dialog: { kind: 'open' } }),
  },
  {
    id: 'save',
    area: 'file',
    icon: Save,
    keys: ['Ctrl S'],
    scope: 'always',
    enabled: needsPipeline,
    run: (designer) => void save(designer),
  },
  {
    id: 'saveAs',
    area: 'file',
    icon: SaveAll,
    keys: [],
    scope: 'always',
    enabled: needsPipeline,
    run: (designer) => designer.shell.set({ dialog: { kind: 'save' } }),
  },
  {
    id: 'renamePipeline',
    area: 'file',
    icon: FilePen,
    keys: [],
    scope: 'always',
    enabled: needsPipeline,
    run: (designer) => designer.shell.set({ dialog: { kind: 'rename' } }),
  },
];
