/** The desktop form: one window on the same page, the same host service, the engine in a utility process. Carries no rows. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, session, shell, utilityProcess } from 'electron';
import type { FromEngine } from '../engine/host/engine-channel.ts';
import type { LaunchEngine } from '../engine/host/engine-supervisor.ts';
import { EngineSupervisor } from '../engine/host/engine-supervisor.ts';
import { EventHub } from '../engine/host/event-hub.ts';
import type { HostService } from '../engine/host/host-service.ts';
import { createHostService } from '../engine/host/host-service.ts';
import { readPageFiles } from '../engine/host/page.ts';
import { serve } from '../engine/host/serve.ts';
import { createServiceClient } from '../engine/host/service-client.ts';
import { defaultStateDirectory } from '../engine/host/services/state-directory.ts';
import { createPortTransport } from '../engine/host/transports/port-transport.ts';
import { version } from '../engine/host/version.ts';
import { PAGE_ORIGIN, registerPageScheme } from './page-scheme.ts';

const BUILD = path.join(__dirname, '..');
/** What is started or copied has to be plain files; in a packaged application they lie beside the archive. */
const UNPACKED = BUILD.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked');

interface LaunchOptions {
  readonly stateDirectory: string;
  readonly workspace: string;
  readonly template: string | null;
}

/** The engine's end of every page's port goes to the process that is running now. */
let engineProcess: Electron.UtilityProcess | null = null;

function launchEngine(runsDirectory: string): LaunchEngine {
  return (events) => {
    const child = utilityProcess.fork(path.join(UNPACKED, 'engine', 'engine.cjs'), [JSON.stringify({ runsDirectory })], {
      serviceName: 'Millrace engine',
      stdio: 'inherit',
    });
    engineProcess = child;
    child.on('message', (message: FromEngine) => events.message(message));
    child.on('exit', (code) => events.exited(`exit code ${code}`));
    return { pid: child.pid ?? null, send: (message) => child.postMessage(message), kill: () => killAtOnce(child) };
  };
}

/** Electron's own kill asks politely, which an engine in a loop would not hear. */
function killAtOnce(child: Electron.UtilityProcess): void {
  if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
}

async function main(): Promise<void> {
  protocol.registerSchemesAsPrivileged([{ scheme: 'millrace', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  const options = readOptions();
  await app.whenReady();
  const events = new EventHub();
  const pages = new Set<BrowserWindow>();
  const supervisor = new EngineSupervisor(launchEngine(path.join(options.stateDirectory, 'runs', String(process.pid))), {
    stateChanged: (state) => {
      events.publish('engine.state', state);
      for (const page of pages)
        if (state.state === 'ready') sendEnginePort(page);
        else page.webContents.send('millrace:engine-down');
    },
    log: (line) => console.error(`millrace: ${line}`),
  });
  const service = await createHostService(
    {
      version,
      electron: true,
      stateDirectory: options.stateDirectory,
      templatesDirectory: path.join(UNPACKED, '..', 'templates'),
      roots: [{ name: path.basename(options.workspace) || 'Workspace', path: options.workspace }],
    },
    supervisor,
    events,
  );
  const look = () => ({ theme: service.preferences.text('theme'), language: service.preferences.text('language') });
  registerPageScheme(protocol, readPageFiles(path.join(BUILD, 'renderer')), look);
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  connectPages(service, supervisor, pages);
  supervisor.start();
  pages.add(openWindow(pages));
  endWithLastWindow(service, supervisor);
  if (options.template !== null) await runTemplate(service, supervisor, events, options.template);
}

function readOptions(): LaunchOptions {
  const { values } = parseArgs({
    args: process.argv.slice(app.isPackaged ? 1 : 2),
    strict: false,
    options: { root: { type: 'string' }, state: { type: 'string' }, template: { type: 'string' } },
  });
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    stateDirectory: path.resolve(text(values.state) ?? defaultStateDirectory()),
    workspace: path.resolve(text(values.root) ?? app.getPath('documents')),
    template: text(values.template),
  };
}

/** What a note may link to; everything else would be a way to start programs. */
function isOutsideLink(url: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(url);
}

function openWindow(pages: Set<BrowserWindow>): BrowserWindow {
  const page = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    webPreferences: {
      preload: path.join(__dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
    },
  });
  page.webContents.setWindowOpenHandler(({ url }) => {
    // Links in notes go to the person's own browser; no window of ours ever shows another page.
    if (isOutsideLink(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  page.webContents.on('will-navigate', (event) => event.preventDefault());
  page.webContents.on('will-attach-webview', (event) => event.preventDefault());
  page.once('ready-to-show', () => page.show());
  page.on('closed', () => pages.delete(page));
  void page.loadURL(`${PAGE_ORIGIN}/`);
  return page;
}

/** A page asks once; it gets a port to the host and one to the engine, and another of the latter after every restart. */
function connectPages(service: HostService, supervisor: EngineSupervisor, pages: ReadonlySet<BrowserWindow>): void {
  ipcMain.on('millrace:connect', (event) => {
    const page = [...pages].find((candidate) => candidate.webContents === event.sender);
    const { senderFrame } = event;
    // Only the top frame of our own page may speak.
    if (page === undefined || senderFrame === null || senderFrame.parent !== null || !senderFrame.url.startsWith(`${PAGE_ORIGIN}/`)) return;
    const { port1, port2 } = new MessageChannelMain();
    serve(createPortTransport(port1), service);
    page.webContents.postMessage('millrace:port', 'host', [port2]);
    if (supervisor.current().state === 'ready') sendEnginePort(page);
  });
}

function sendEnginePort(page: BrowserWindow): void {
  if (engineProcess === null || page.isDestroyed()) return;
  const { port1, port2 } = new MessageChannelMain();
  engineProcess.postMessage({ kind: 'open', channel: 0 }, [port1]);
  page.webContents.postMessage('millrace:port', 'engine', [port2]);
}

function endWithLastWindow(service: HostService, supervisor: EngineSupervisor): void {
  app.on('window-all-closed', () => {
    void supervisor.stop().finally(() => {
      service.close();
      app.quit();
    });
  });
}

/** Only bundled templates run by themselves. */
async function runTemplate(service: HostService, supervisor: EngineSupervisor, events: EventHub, name: string): Promise<void> {
  const client = createServiceClient(service, supervisor, (listener) => {
    events.listen('engine.state', () => listener(supervisor.current()));
  });
  try {
    const opened = await service.openFreshTemplate(name);
    await client.call('run.start', { path: opened.path, text: opened.text, options: { restore: 'none' } });
  } catch (error) {
    console.error(`millrace: the template ${name} was not started: ${error instanceof Error ? error.message : String(error)}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
