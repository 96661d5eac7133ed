/** The menu bar of macOS, where a program without one is broken; elsewhere the page has the menu. Both read the same actions. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

/** `act` names an action of the page's registry. */
export function macMenu(words: Words, act: (action: string) => void): MenuItemConstructorOptions[] {
  const item = (label: string, accelerator: string, action: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => act(action),
  });
  return [
    {
      role: 'appMenu',
      submenu: [
        { role: 'about' },
        { type: 'separator' },
        item(words.settings, 'Cmd+,', 'settings'),
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    {
      label: words.file,
      submenu: [
        item(words.newPipeline, 'Cmd+N', 'newPipeline'),
        item(words.openFile, 'Cmd+O', 'open'),
        { role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }] },
        { type: 'separator' },
        item(words.save, 'Cmd+S', 'save'),
        item(words.saveAs, 'Shift+Cmd+S', 'saveAs'),
        { type: 'separator' },
        item(words.closeTab, 'Cmd+W', 'closeTab'),
      ],
    },
    // Undo and redo stay with the page: it has a history of the drawing, the system only one of fields.
    { role: 'editMenu', submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] },
    { role: 'windowMenu' },
  ];
}
