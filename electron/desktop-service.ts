/** The desktop's part of the contract, laid over that of every host: the window, the system's dialogs, files handed over. */
import type { App, BrowserWindow, Dialog } from 'electron';
import type { Params } from '../engine/host/contract.ts';
import type { HostService } from '../engine/host/host-service.ts';
import type { DesktopHandlers, Handlers, Service } from '../engine/host/serve.ts';
import type { AppWindow } from './app-window.ts';
import type { OpenedFiles } from './opened-files.ts';
import type { Words } from './words.ts';

interface DesktopParts {
  readonly app: App;
  readonly dialog: Dialog;
  readonly host: HostService;
  readonly window: () => AppWindow | null;
  readonly files: OpenedFiles;
  readonly words: () => Words;
}

export function createDesktopService({ app, dialog, host, window, files, words }: DesktopParts): Service {
  const desktop: DesktopHandlers = {
    'window.control': ({ action }) => {
      window()?.control(action);
      return null;
    },
    'window.takeFiles': () => files.take(),
    'dialog.choose': async (asked) => {
      const owner = window()?.browser ?? null;
      const chosen = owner === null ? null : await choose(dialog, owner, asked, words());
      if (chosen !== null) await host.allow(chosen);
      return { path: chosen };
    },
  };
  const { 'file.open': open, 'file.save': save } = host.handlers as Handlers;
  const handlers: Partial<Handlers> = {
    ...host.handlers,
    ...desktop,
    'file.open': async (params) => {
      const opened = await open(params);
      app.addRecentDocument(opened.path);
      return opened;
    },
    'file.save': async (params) => {
      const saved = await save(params);
      app.addRecentDocument(params.path);
      return saved;
    },
  };
  return { side: 'host', handlers, events: host.events };
}

async function choose(dialog: Dialog, owner: BrowserWindow, asked: Params<'dialog.choose'>, words: Words): Promise<string | null> {
  const { mode, title, action, extension, suggested } = asked;
  const filters = extension === '' ? [] : [{ name: `${words.pipelines} (*.${extension})`, extensions: [extension] }];
  if (mode === 'save') {
    const { canceled, filePath } = await dialog.showSaveDialog(owner, {
      title,
      buttonLabel: action,
      filters,
      ...(suggested === '' ? {} : { defaultPath: suggested }),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return canceled || filePath === undefined || filePath === '' ? null : filePath;
  }
  const { canceled, filePaths } = await dialog.showOpenDialog(owner, {
    title,
    buttonLabel: action,
    filters,
    properties: [mode === 'folder' ? 'openDirectory' : 'openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
