/**
 * `npm start`: builds what is stale and opens the designer with the flights template running: in Electron when its
 * runtime is present and there is a display, else in the browser. `-- --browser --no-open --port N` only serves and prints the link.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildTargets, ROOT } from './build.mjs';

const TEMPLATE = 'flights';
const USAGE = `usage: npm start [-- OPTIONS]
  --browser        use the browser form even where Electron could be used
  --no-open        print the link and open nothing (implies --browser)
  --port N         port of the browser form; default: a free one
  --root FOLDER    folder whose pipelines may be opened; default: the one you stand in
  --state FOLDER   where preferences, drafts and working copies of templates are kept
  --template NAME  bundled template to run at start; default: ${TEMPLATE}
  --no-run         run nothing at start`;

const options = readOptions();
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
const report = (line) => console.error(line);
await buildTargets(['engine', 'renderer'], report);
const electron = options['no-open'] || options.browser ? null : findElectron();
if (electron === null) startBrowserHost();
else {
  await buildTargets(['electron'], report);
  startElectron(electron);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        browser: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        root: { type: 'string', default: process.env.INIT_CWD ?? process.cwd() },
        state: { type: 'string' },
        template: { type: 'string', default: TEMPLATE },
        'no-run': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

/** Only a runtime that is already here counts: asking the package for one would start a download. */
function findElectron() {
  if (!hasDisplay()) {
    report('No display: opening the browser form.');
    return null;
  }
  const names = { linux: 'electron', darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const packageFolder = path.join(ROOT, 'node_modules/electron');
  const named = existsSync(path.join(packageFolder, 'path.txt')) ? readFileSync(path.join(packageFolder, 'path.txt'), 'utf8').trim() : null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(packageFolder, 'dist');
  const executable = path.join(dist, named ?? names[process.platform] ?? 'electron');
  if (existsSync(executable)) return executable;
  report('Electron is not installed here (npx electron --version would fetch it): opening the browser form.');
  return null;
}

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function hostArguments() {
  const chosen = ['--port', options.port, '--root', path.resolve(process.env.INIT_CWD ?? process.cwd(), options.root)];
  if (options.state !== undefined) chosen.push('--state', path.resolve(process.env.INIT_CWD ?? process.cwd(), options.state));
  if (!options['no-run'] && existsSync(path.join(ROOT, 'templates', options.template, 'pipeline.json')))
    chosen.push('--template', options.template);
  return chosen;
}

function startBrowserHost() {
  const host = spawn(process.execPath, ['--enable-source-maps', path.join(ROOT, 'build/engine/host.cjs'), ...hostArguments()], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  let opened = options['no-open'] || !hasDisplay();
  host.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    const link = /^Millrace: (http:\S+)/m.exec(String(chunk))?.[1];
    if (opened || link === undefined) return;
    opened = true;
    openInBrowser(link);
  });
  endWith(host);
}

/** Failing to open a browser is no failure: the link stands in the terminal. */
function openInBrowser(link) {
  const openers = { darwin: ['open', [link]], win32: ['cmd', ['/c', 'start', '', link]] };
  const [program, programArguments] = openers[process.platform] ?? ['xdg-open', [link]];
  const opener = spawn(program, programArguments, { stdio: 'ignore', detached: true });
  opener.on('error', () => report('No browser could be opened: open the link above by hand.'));
  opener.unref();
}

function startElectron(executable) {
  // Electron refuses to run as root with its sandbox.
  const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
  endWith(spawn(executable, [...sandbox, ROOT, ...hostArguments()], { stdio: 'inherit' }));
}

function endWith(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
}
