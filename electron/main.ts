/** Process entry of the desktop form: one program per state folder, what it was asked to open, and what has to be set before Electron is ready. */
import path from 'node:path';
import { app, protocol } from 'electron';
import { defaultStateDirectory } from '../engine/host/services/state-directory.ts';
import { startDesktop } from './desktop.ts';
import { pipelineFiles, readLaunchOptions } from './launch-options.ts';
import { PAGE_SCHEME } from './page-scheme.ts';

const options = readLaunchOptions(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
const stateDirectory = options.stateDirectory ?? path.resolve(defaultStateDirectory());

/** Files that come before there is anything to open them. */
const early: string[] = [...options.files];
let open = (files: readonly string[]): void => {
  early.push(...files);
};

protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
// Root has no sandbox to offer and must have said so; for everybody else every process of a page is in one.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// What Chromium keeps lies with the rest: two launches are one program only if they share their state.
app.setPath('userData', path.join(stateDirectory, 'window'));
app.setAppUserModelId('dev.millrace.desktop');
app.on('open-file', (event, file) => {
  event.preventDefault();
  open(pipelineFiles([file], process.cwd()));
});
app.on('second-instance', (_event, argv, directory) => open(pipelineFiles(argv.slice(1), directory)));

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    console.error(error);
    app.exit(1);
  });
} else app.exit(0);

async function start(): Promise<void> {
  await app.whenReady();
  const desktop = await startDesktop({ stateDirectory, workspace: options.workspace, template: options.template });
  open = (files) => void desktop.open(files);
  app.on('activate', () => desktop.show());
  await desktop.open(early);
}
