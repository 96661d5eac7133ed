/** The packaged program, unpacked: its fuses as they stand in the binary, what they forbid, and a template that runs in it. */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../support/source-files.ts';
import { missing, numbersOnCanvas, runtimeVersion, sandboxSwitches } from './electron-runtime.ts';

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
  let browser: Browser;
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
    await browser?.close();
    program?.kill('SIGTERM');
    rmSync(directory, { recursive: true, force: true });
  });

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
    const archive = readFileSync(path.join(UNPACKED, 'resources/app.asar')).subarray(0, 200_000).toString('latin1');
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
    browser = await chromium.connectOverCDP(/DevTools listening on (ws:\S+)/.exec(said)?.[1] ?? '');
    const pages = () => browser.contexts().flatMap((context) => context.pages());
    await expect.poll(() => pages().map((page) => page.url()), PATIENCE).toEqual(['millrace://app/']);
    const [page] = pages();
    await page.getByRole('button', { name: 'Close Millrace' }).waitFor({ timeout: 60_000 });
    await expect.poll(() => numbersOnCanvas(page), PATIENCE).not.toEqual([]);
    expect(await page.evaluate(() => [typeof Reflect.get(window, 'require'), Object.keys(window.millraceDesktop ?? {}).length])).toEqual([
      'undefined',
      2,
    ]);
    expect([existsSync(trace), /Debugger listening/.test(said)]).toEqual([false, false]);
  }, 150_000);
});
