/** Process entry of the browser host: reads its arguments, prints the link, runs a template if asked, ends cleanly on a signal. */

import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { exitCodeOf, formatError, refuseArgument } from './command-line/exit-codes.ts';
import { createServiceClient } from './service-client.ts';
import { defaultStateDirectory } from './services/state-directory.ts';
import { trustedFileOf } from './services/trusted-files.ts';
import { launchChildEngine } from './transports/child-engine.ts';
import { version } from './version.ts';
import type { WebHost } from './web.ts';
import { startWebHost } from './web.ts';

/** An engine that does not come up in this time is shown as it is. */
const TEMPLATE_WITHIN_MS = 15_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      page: { type: 'string', default: path.join(__dirname, '..', 'renderer') },
      templates: { type: 'string', default: path.join(__dirname, '..', '..', 'templates') },
      state: { type: 'string' },
      root: { type: 'string', default: process.cwd() },
      template: { type: 'string' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw refuseArgument(`--port: ${values.port} is not a port number`);
  const stateDirectory = values.state === undefined ? defaultStateDirectory() : path.resolve(values.state);
  const runsDirectory = path.join(stateDirectory, 'runs', String(process.pid));
  const log = (line: string): void => console.error(`millrace: ${line}`);
  const host = await startWebHost({
    version,
    electron: false,
    stateDirectory,
    templatesDirectory: path.resolve(values.templates),
    roots: [{ name: path.basename(path.resolve(values.root)) || 'Workspace', path: path.resolve(values.root) }],
    port,
    pageDirectory: values.page,
    launchEngine: launchChildEngine(path.join(__dirname, 'engine.cjs'), { runsDirectory, trustedFile: trustedFileOf(stateDirectory) }),
    log,
  });
  endOnSignals(host);
  // A page shows what runs when it opens, so whoever follows the link at once must find the template running.
  if (values.template !== undefined) await Promise.race([runTemplate(host, values.template, log), delay(TEMPLATE_WITHIN_MS)]);
  console.log(`Millrace: ${host.createLink()}`);
  printLinkOnEnter(host);
}

/** The first link is used up by the first page; Enter in the terminal makes another. */
function printLinkOnEnter(host: WebHost): void {
  if (!process.stdin.isTTY) return;
  process.stdin.on('data', () => console.log(`Millrace: ${host.createLink()}`));
  process.stdin.resume();
}

/** One Ctrl-C may arrive twice (from the terminal and from the parent process): only a later one means "at once". */
function endOnSignals(host: WebHost): void {
  let endingSinceMs: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (endingSinceMs === null) {
        endingSinceMs = Date.now();
        void host.close().finally(() => process.exit(0));
      } else if (Date.now() - endingSinceMs > 1_000) process.exit(1);
    });
  }
}

/** Only bundled templates run by themselves. That one does not start is told, and no reason to end. */
async function runTemplate(host: WebHost, name: string, log: (line: string) => void): Promise<void> {
  const client = createServiceClient(host.service, host.supervisor, host.onEngineState);
  try {
    const opened = await host.service.openFreshTemplate(name);
    await client.call('run.start', { path: opened.path, text: opened.text, options: { restore: 'none' } });
  } catch (error) {
    log(`the template ${name} was not started: ${error instanceof Error ? error.message : String(error)}`);
  }
}

main().catch((error: unknown) => {
  console.error(`millrace: ${formatError(error, 'en')}`);
  process.exit(exitCodeOf(error));
});
