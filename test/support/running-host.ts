/** A browser host of its own for a browser test: the built product, a free port, a fresh state folder. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { REPOSITORY } from './source-files.ts';

const STARTED_WITHIN_MS = 20_000;
const ENDED_WITHIN_MS = 10_000;

export interface RunningHost {
  /** Of the host; its engine is a child of it. */
  readonly pid: number;
  /** With its one-time code: good for one page; reloads of that page keep working. */
  readonly link: string;
  /** Folder the page may open files in; removed at the end. */
  readonly workspace: string;
  /** Workspace and state; another host can go on in it. */
  readonly directory: string;
  /** Ends it as a crash would, and leaves everything as it is. */
  kill(): Promise<void>;
  /** What the host wrote on its error stream so far. */
  errors(): string;
  stop(): Promise<void>;
}

export interface HostOptions {
  /** Runs by itself at start. */
  readonly template?: string;
  /** Shows Start as at the very first launch; else a new pipeline, since most tests draw. */
  readonly firstLaunch?: boolean;
  /** Files of the workspace, opened in tabs. */
  readonly tabs?: readonly string[];
  /** Of a host that was killed: goes on with its workspace and state. */
  readonly directory?: string;
}

const NEW_PIPELINE = { tabs: [{ kind: 'pipeline', path: '', documentId: '', name: 'untitled' }] };

/** Needs `build/` to be fresh, which `npm test` sees to. */
export async function startHost(options: HostOptions = {}): Promise<RunningHost> {
  const directory = options.directory ?? mkdtempSync(path.join(tmpdir(), 'millrace-host-'));
  const workspace = path.join(directory, 'workspace');
  if (options.directory === undefined) prepare(directory, options);
  const programArguments = ['--root', workspace, '--state', path.join(directory, 'state')];
  if (options.template !== undefined) programArguments.push('--template', options.template);
  const child = spawn(process.execPath, ['--enable-source-maps', path.join(REPOSITORY, 'build/engine/host.cjs'), ...programArguments], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const link = await readLink(child, () => errors);
  return {
    pid: child.pid ?? 0,
    link,
    workspace,
    directory,
    kill: () =>
      new Promise((resolve) => {
        child.on('exit', () => resolve());
        child.kill('SIGKILL');
      }),
    errors: () => errors,
    stop: async () => {
      await endChild(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function prepare(directory: string, { firstLaunch, tabs }: HostOptions): void {
  const workspace = path.join(directory, 'workspace');
  mkdirSync(workspace);
  if (firstLaunch === true) return;
  mkdirSync(path.join(directory, 'state'));
  const opened = tabs?.map((name) => ({ kind: 'pipeline', path: path.join(workspace, name), documentId: '', name }));
  writeFileSync(
    path.join(directory, 'state', 'preferences.json'),
    JSON.stringify(opened === undefined ? NEW_PIPELINE : { tabs: opened, activeTab: 0 }),
  );
}

function readLink(child: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`the host printed no link: ${errors()}`)), STARTED_WITHIN_MS);
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
      const link = /^Millrace: (http:\S+)$/m.exec(output)?.[1];
      if (link === undefined) return;
      clearTimeout(deadline);
      resolve(link);
    });
    child.on('exit', (code) => {
      clearTimeout(deadline);
      reject(new Error(`the host ended with ${code}: ${errors()}`));
    });
  });
}

function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const deadline = setTimeout(() => child.kill('SIGKILL'), ENDED_WITHIN_MS);
    child.on('exit', () => {
      clearTimeout(deadline);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
