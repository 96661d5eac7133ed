/** The packaged program, unpacked: its fuses as they stand in the binary, what they forbid, and a template that runs in it. */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { REPOSITORY } from '../support/source-files.ts';
import { missing, runtimeVersion, sandboxSwitches } from './electron-runtime.ts';

const UNPACKED = path.join(REPOSITORY, 'dist/packages/linux-unpacked');
const PROGRAM = path.join(UNPACKED, 'millrace');
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const PATIENCE = { timeout: 60_000, interval: 200 };
/** Bytes of the wire: '0' off, '1' on, 'r' no longer there. */
const WANTED = [
  'runAsNode=0',
  'cookieEncryption=0',
  'nodeOptions=0',
  'nodeCliInspect=0',
  'asarIntegrity=1',
  'onlyAsar=1',
  'ownSnapshot=0',
  'fileProtocol=0',
];

describe.runIf(missing === null && process.platform === 'linux')('the packaged program', () => {
  let directory: string;
  let program: ChildProcess;
  let said = '';

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'millrace-packaged-'));
    const packed = spawnSync(process.execPath, ['scripts/package.mjs', '--target', 'dir', '--compression', 'store'], {
      cwd: REPOSITORY,
      encoding: 'utf8',
    });
    if (packed.status !== 0) throw new Error(`packaging failed\n${packed.stdout}\n${packed.stderr}`);
  }, 120_000);

  afterAll(async () => {
    // It closes its run with a checkpoint first, in the folder that is to go.
    const ended = new Promise((resolve) => program?.once('exit', resolve));
    if (program?.kill('SIGTERM') === true) await ended;
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }, 30_000);

  it('carries the fuses that were asked for, as many as its runtime knows', () => {
    const bytes = readFileSync(PROGRAM);
    const at = bytes.indexOf(SENTINEL) + SENTINEL.length;
    const length = bytes[at + 1];
    const states = [...bytes.subarray(at + 2, at + 2 + length)].map((state) => String.fromCharCode(state));
    const names = WANTED.map((fuse) => fuse.split('=')[0]);
    expect(bytes[at]).toBe(1);
    expect(states.map((state, index) => `${names[index]}=${state}`)).toEqual(WANTED.slice(0, length));
    console.log(`fuses of Electron ${runtimeVersion()}: ${states.map((state, index) => `${names[index]}=${state}`).join(' ')}`);
  });

  it('is an archive and the plain files that processes are started from, without maps and modules', () => {
    expect(readdirSync(path.join(UNPACKED, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
    expect(readdirSync(path.join(UNPACKED, 'resources/app.asar.unpacked')).sort()).toEqual(['build', 'templates']);
    const bytes = readFileSync(path.join(UNPACKED, 'resources/app.asar'));
    const archive = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8');
    expect([archive.includes('node_modules'), archive.includes('.cjs.map'), archive.includes('"integrity"')]).toEqual([false, false, true]);
  });

  it('starts and runs a template, deaf to what would make it another program', async () => {
    const intruder = path.join(directory, 'intruder.cjs');
    const trace = path.join(directory, 'trace');
    writeFileSync(intruder, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, 'ran')`);
    const words = [
      ...sandboxSwitches,
      '--remote-debugging-port=0',
      '--inspect=0',
      '--state',
      path.join(directory, 'state'),
      '--template',
      'flights',
    ];
    program = spawn(PROGRAM, words, {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${intruder}` },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    program.stderr?.on('data', (chunk) => {
      said += String(chunk);
    });
    await expect.poll(() => /DevTools listening on (ws:\S+)/.exec(said)?.[1], PATIENCE).toBeDefined();
    const address = new URL(/DevTools listening on (ws:\S+)/.exec(said)?.[1] ?? '').host;
    await expect.poll(async () => (await pagesAt(address)).map(({ url }) => url), PATIENCE).toEqual(['millrace://app/']);
    const [page] = await pagesAt(address);
    const look = (expression: string): Promise<unknown> => evaluateIn(page.webSocketDebuggerUrl, expression);
    await expect.poll(() => look(`document.querySelectorAll('[aria-label="Close Millrace"]').length`), PATIENCE).toBe(1);
    await expect
      .poll(() => look(`/\\b[1-9][\\d.,]*k?\\/s/.test(document.querySelector('[data-region="canvas"]')?.innerText)`), PATIENCE)
      .toBe(true);
    expect(await look("[typeof require, typeof process, ...Object.keys(millraceDesktop).sort()].join(' ')")).toBe(
      'undefined undefined connect pathForFile',
    );
    expect([existsSync(trace), /Debugger listening/.test(said)]).toEqual([false, false]);
  }, 150_000);
});

interface DebuggedPage {
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

async function pagesAt(host: string): Promise<readonly DebuggedPage[]> {
  const listed: readonly DebuggedPage[] = await (await fetch(`http://${host}/json/list`)).json();
  return listed.filter(({ type }) => type === 'page');
}

/** One question by the debugger's own protocol: Playwright asks such an old program for things that it does not have. */
function evaluateIn(address: string, expression: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    socket.on('error', reject);
    socket.on('open', () =>
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } })),
    );
    socket.on('message', (data) => {
      const answer: { readonly id?: number; readonly result?: { readonly result?: { readonly value?: unknown } } } = JSON.parse(
        String(data),
      );
      if (answer.id !== 1) return;
      socket.close();
      resolve(answer.result?.result?.value);
    });
  });
}
