/** The desktop host: engine, services, page and window put together, and taken apart in order. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { app, dialog, Menu, protocol, session } from 'electron';
import { EngineSupervisor } from '../engine/host/engine-supervisor.ts';
import { EventHub } from '../engine/host/event-hub.ts';
import type { HostService } from '../engine/host/host-service.ts';
import { createHostService } from '../engine/host/host-service.ts';
import { readPageFiles } from '../engine/host/page.ts';
import { createServiceClient } from '../engine/host/service-client.ts';
import { trustedFileOf } from '../engine/host/services/trusted-files.ts';
import { version } from '../engine/host/version.ts';
import { createDesktopService } from './desktop-service.ts';
import type { EngineUtility } from './engine-utility.ts';
import { createEngineUtility } from './engine-utility.ts';
import { macMenu } from './native-menu.ts';
import { OpenedFiles } from './opened-files.ts';
import { answerPages } from './page-ipc.ts';
import { registerPageScheme } from './page-scheme.ts';
import { guardContents, guardSession } from './security.ts';
import { WindowHolder } from './window-holder.ts';
import { WindowMemory } from './window-memory.ts';
import type { Words } from './words.ts';
import { wordsIn } from './words.ts';

const BUILD = path.join(__dirname, '..');
/** What is started or copied has to be plain files; in a packaged application they lie beside the archive. */
const UNPACKED = BUILD.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked');

/** The page opens what runs when it comes up; a slow start is not waited for. */
const TEMPLATE_AWAITED_MS = 3_000;

export interface DesktopOptions {
  readonly stateDirectory: string;
  /** Folder that dialogs of the page start from; null: the person's documents. */
  readonly workspace: string | null;
  readonly template: string | null;
}

export interface Desktop {
  /** Opens the files, in the window that there is or in a new one. */
  open(files: readonly string[]): Promise<void>;
  show(): void;
}

export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const events = new EventHub();
  const runsDirectory = path.join(options.stateDirectory, 'runs', String(process.pid));
  const engine = createEngineUtility(path.join(UNPACKED, 'engine', 'engine.cjs'), {
    runsDirectory,
    trustedFile: trustedFileOf(options.stateDirectory),
  });
  // Assigned below: the engine changes its state for the first time when it is started.
  let holder: WindowHolder | null = null;
  const supervisor = superviseEngine(engine, events, () => holder?.page() ?? null);
  const host = await createHost(options, supervisor, events);
  const words = (): Words => wordsIn((host.preferences.text('language') ?? app.getLocale()).startsWith('zh') ? 'zh' : 'en');
  const memory = new WindowMemory(options.stateDirectory);
  const windows = new WindowHolder({ memory, events, words, theme: () => host.preferences.text('theme') });
  holder = windows;
  const files = new OpenedFiles(host.allow, () => events.publish('window.request', { kind: 'files' }));
  const service = createDesktopService({ app, dialog, host, window: () => windows.current(), files, words });

  const look = () => ({ theme: host.preferences.text('theme'), language: host.preferences.text('language') });
  registerPageScheme(protocol, readPageFiles(path.join(BUILD, 'renderer')), look);
  guardSession(session.defaultSession, !app.isPackaged);
  guardContents(app, (address) => void windows.openOutside(address));
  const connectEngine = (page: Electron.BrowserWindow): void => {
    if (supervisor.current().state === 'ready') engine.connect(page);
  };
  answerPages({ service, page: () => windows.page(), connectEngine, allow: host.allow });
  const act = (action: string): void => events.publish('window.request', { kind: 'action', action });
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate(macMenu(words(), act)) : null);

  endTidily(host, supervisor, memory, () => windows.current()?.leave());
  supervisor.start();
  if (options.template !== null) {
    const started = runTemplate(host, supervisor, events, options.template);
    await Promise.race([started, new Promise((resolve) => setTimeout(resolve, TEMPLATE_AWAITED_MS))]);
  }
  return {
    open: async (paths) => {
      await files.add(paths);
      windows.show();
    },
    show: () => windows.show(),
  };
}

function superviseEngine(engine: EngineUtility, events: EventHub, currentPage: () => Electron.BrowserWindow | null): EngineSupervisor {
  return new EngineSupervisor(engine.launch, {
    stateChanged: (state) => {
      events.publish('engine.state', state);
      const page = currentPage();
      if (page === null) return;
      if (state.state === 'ready') engine.connect(page);
      else page.webContents.send('millrace:engine-down');
    },
    log: (line) => console.error(`millrace: ${line}`),
  });
}

async function createHost(options: DesktopOptions, supervisor: EngineSupervisor, events: EventHub): Promise<HostService> {
  const folder = options.workspace ?? app.getPath('documents');
  const host = await createHostService(
    {
      version,
      electron: true,
      stateDirectory: options.stateDirectory,
      templatesDirectory: path.join(UNPACKED, '..', 'templates'),
      // Not everybody has a folder for documents; the home folder is a root anyway.
      roots: existsSync(folder) ? [{ name: path.basename(folder) || 'Workspace', path: folder }] : [],
    },
    supervisor,
    events,
  );
  // What was opened before, by a dialog too, may be opened again: only the host writes that list.
  const recent = await host.handlers['recent.list']?.({});
  for (const { path: file } of recent ?? []) await host.allow(file);
  return host;
}

/** Runs are closed with their checkpoints before the process ends; a signal does not ask about unsaved work, which is kept as drafts. */
function endTidily(host: HostService, supervisor: EngineSupervisor, memory: WindowMemory, leave: () => void): void {
  let ended = false;
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (ended) return;
    ended = true;
    void Promise.allSettled([supervisor.stop(), memory.flush()]).finally(() => {
      host.close();
      app.exit(0);
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      leave();
      app.quit();
    });
  }
}

/** Only bundled templates run by themselves. */
async function runTemplate(host: HostService, supervisor: EngineSupervisor, events: EventHub, name: string): Promise<void> {
  const client = createServiceClient(host, supervisor, (listener) => {
    events.listen('engine.state', () => listener(supervisor.current()));
  });
  try {
    const opened = await host.openFreshTemplate(name);
    await client.call('run.start', { path: opened.path, text: opened.text, options: { restore: 'none' } });
  } catch (error) {
    console.error(`millrace: the template ${name} was not started: ${error instanceof Error ? error.message : String(error)}`);
  }
}
