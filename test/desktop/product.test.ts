/** The desktop form as a person has it, on a real Electron: window, run, files, engine and page that die, and every door shut. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTargets } from '../support/build.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { electronExecutable, enginePid, launch, missing, numbersOnCanvas, sandboxSwitches } from './electron-runtime.ts';

const PATIENCE = { timeout: 40_000, interval: 200 };
/** Of one test, on a machine that is busy with others. */
const SLOWEST_MS = 120_000;

describe.runIf(missing === null)('the desktop form', { timeout: SLOWEST_MS }, () => {
  let directory: string;
  let application: ElectronApplication;
  let page: Page;
  const copy = (): string => path.join(directory, 'elsewhere', 'copy.json');
  const nodesIn = (file: string): number => JSON.parse(readFileSync(file, 'utf8')).nodes.length;
  const state = (): readonly string[] => ['--state', path.join(directory, 'state')];

  beforeAll(async () => {
    await buildTargets('engine', 'renderer', 'electron');
    directory = mkdtempSync(path.join(tmpdir(), 'millrace-product-'));
    mkdirSync(path.join(directory, 'elsewhere'));
    application = await launch(REPOSITORY, [...state(), '--template', 'flights']);
    page = await application.firstWindow();
    page.setDefaultTimeout(30_000);
  }, 120_000);

  afterAll(async () => {
    await application?.evaluate(({ app }) => app.exit(0)).catch(() => null);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  /** Answers the system's dialogs, which no test can press. */
  async function answerDialogs(chosen: string): Promise<void> {
    await application.evaluate(({ dialog }, file) => {
      Object.assign(dialog, {
        showSaveDialog: () => Promise.resolve({ canceled: false, filePath: file }),
        showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [file] }),
      });
    }, chosen);
  }

  async function choose(action: string): Promise<void> {
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: action }).click();
  }

  it('opens its window with a title bar of its own, the template running and numbers on the canvas', async () => {
    const bar = page.getByRole('banner');
    for (const name of ['Minimise', 'Maximise', 'Close Millrace']) await bar.getByRole('button', { name }).waitFor();
    await expect.poll(() => numbersOnCanvas(page), PATIENCE).not.toEqual([]);
    expect(await page.getByRole('contentinfo').innerText()).toContain('Engine ready');
    const frame = await application.evaluate(({ BrowserWindow }) => {
      const [shown] = BrowserWindow.getAllWindows();
      return [shown.getBounds().height - shown.getContentBounds().height, shown.isMenuBarVisible(), shown.isVisible()];
    });
    expect(frame).toEqual([0, false, true]);
    const regions = await bar.evaluate((element) => {
      const region = (of: Element | null): string => (of === null ? '' : getComputedStyle(of).getPropertyValue('-webkit-app-region'));
      return [region(element), region(element.querySelector('button')), region(element.querySelector('[role=tab]'))];
    });
    expect(regions).toEqual(['drag', 'no-drag', 'no-drag']);
  });

  it('is moved by the buttons of its title bar', async () => {
    await application.evaluate(({ BrowserWindow }) => {
      const [shown] = BrowserWindow.getAllWindows();
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      Object.assign(shown, { minimize: () => asked.push('minimise'), maximize: () => asked.push('maximise') });
    });
    for (const name of ['Minimise', 'Maximise']) await page.getByRole('button', { name }).click();
    await expect.poll(() => application.evaluate(() => Reflect.get(globalThis, 'asked'))).toEqual(['minimise', 'maximise']);
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].emit('maximize'));
  });

  it('makes every window with the strictest settings', async () => {
    const settings = await application.evaluate(async ({ BrowserWindow, session, Menu }) => {
      const extra = new BrowserWindow({ show: false });
      const windows = BrowserWindow.getAllWindows().filter((window) => window !== extra);
      const found = windows.map(({ webContents }) => Reflect.apply(Reflect.get(webContents, 'getLastWebPreferences'), webContents, []));
      const listeners = ['will-navigate', 'will-redirect', 'will-attach-webview'].map((name) => extra.webContents.listenerCount(name) > 0);
      extra.destroy();
      return { found, listeners, spelling: session.defaultSession.isSpellCheckerEnabled(), menu: Menu.getApplicationMenu() };
    });
    expect(settings.found).toHaveLength(1);
    for (const preferences of settings.found) {
      expect(preferences).toMatchObject({
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
      });
    }
    expect(settings).toMatchObject({ listeners: [true, true, true], spelling: false, menu: null });
  });

  it('starts a killed engine again, and the run goes on from its checkpoint', async () => {
    const before = await enginePid(application);
    if (before === null) throw new Error('there is no engine process');
    process.kill(before, 'SIGKILL');
    const another = async (): Promise<boolean> => ![null, before].includes(await enginePid(application));
    await expect.poll(another, PATIENCE).toBe(true);
    await expect.poll(() => page.getByRole('contentinfo').innerText(), PATIENCE).toContain('Engine ready');
    await expect.poll(() => numbersOnCanvas(page), PATIENCE).not.toEqual([]);
  });

  it('finds its tabs and the run again when the page is loaded again', async () => {
    await page.evaluate(() => window.location.reload());
    await page.getByRole('tab', { name: 'Flight delays' }).waitFor();
    await expect.poll(() => numbersOnCanvas(page), PATIENCE).not.toEqual([]);
  });

  it('keeps the page from Node, from the net, from other pages, windows and permissions', async () => {
    const reached: string[] = [];
    const server = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.setHeader('Access-Control-Allow-Origin', '*').end('stranger');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stranger = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const limits = await page.evaluate(async (address) => {
      const refused = (attempt: () => unknown): string => {
        try {
          return String(attempt());
        } catch (error) {
          return error instanceof Error ? error.name : 'refused';
        }
      };
      const image = new Image();
      const imageFailed = new Promise((resolve) => {
        image.onerror = () => resolve('failed');
        image.onload = () => resolve('loaded');
      });
      image.src = `${address}image`;
      return {
        node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process'), typeof Reflect.get(window, 'global')],
        exposed: Object.keys(window.millraceDesktop ?? {}).sort(),
        // A task of its own: the test's way into the page may evaluate what the page may not.
        eval: await new Promise((resolve) => {
          setTimeout(() => resolve(refused(() => Reflect.apply(Reflect.get(window, 'eval'), window, ['1 + 1']))));
        }),
        fetched: await fetch(`${address}fetch`).then(
          () => 'answered',
          () => 'failed',
        ),
        outOfFolder: (await fetch('/../electron/main.cjs')).status,
        image: await imageFailed,
        opened: [window.open(address), window.open('https://example.invalid/'), window.open('file:///etc/passwd')].map(String),
        clipboard: await navigator.clipboard.readText().catch((error: Error) => error.name),
        place: await new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('told'),
            ({ code }) => resolve(code),
          ),
        ),
        notes: await Notification.requestPermission(),
        madeUp: await window.millraceDesktop?.pathForFile(new File(['{}'], '/etc/passwd')),
      };
    }, stranger);
    server.close();
    expect(limits).toEqual({
      node: ['undefined', 'undefined', 'undefined'],
      exposed: ['connect', 'pathForFile'],
      eval: 'EvalError',
      fetched: 'failed',
      outOfFolder: 404,
      image: 'failed',
      opened: ['null', 'null', 'null'],
      clipboard: 'NotAllowedError',
      place: 1,
      notes: 'denied',
      madeUp: null,
    });
    expect(reached).toEqual([]);
    expect([page.url(), application.windows().length]).toEqual(['millrace://app/', 1]);
  });

  it('opens links of notes outside only after asking, and only where they are https', async () => {
    const follow = async (address: string, answer: number): Promise<readonly string[]> => {
      await application.evaluate(({ dialog, shell }, response) => {
        const opened: string[] = [];
        Object.assign(globalThis, { opened });
        Object.assign(dialog, {
          showMessageBox: (...words: readonly { readonly detail?: string }[]) => {
            opened.push(`asked ${words.at(-1)?.detail}`);
            return Promise.resolve({ response });
          },
        });
        Object.assign(shell, { openExternal: (outside: string) => Promise.resolve(opened.push(outside)) });
      }, answer);
      await page.evaluate((to) => {
        window.open(to, '_blank', 'noopener');
      }, address);
      await page.waitForTimeout(300);
      return await application.evaluate((): readonly string[] => Reflect.get(globalThis, 'opened'));
    };
    const address = 'https://example.invalid/note';
    expect(await follow(address, 1)).toEqual([`asked ${address}`, address]);
    expect(await follow(address, 0)).toEqual([`asked ${address}`]);
    expect(await follow('http://example.invalid/', 1)).toEqual([]);
    expect(await follow('file:///etc/passwd', 1)).toEqual([]);
  });

  it('gives no port to any other window, and lets none show another page', async () => {
    const preload = path.join(REPOSITORY, 'build/electron/preload.cjs');
    const got = await application.evaluate(async ({ BrowserWindow }, script) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload: script, sandbox: true } });
      await stranger.loadURL('millrace://app/nothing');
      const answer: unknown = await stranger.webContents.executeJavaScript(
        `new Promise((resolve) => {
          addEventListener('message', () => resolve('port'));
          millraceDesktop.connect();
          location.assign('https://example.invalid/');
          setTimeout(() => resolve(location.href), 500);
        })`,
      );
      stranger.destroy();
      return answer;
    }, preload);
    expect(got).toBe('millrace://app/nothing');
  });

  it("saves where the system's dialog says, outside of the folders it shows by itself", async () => {
    await answerDialogs(copy());
    await choose('Save as');
    await expect.poll(() => existsSync(copy()), PATIENCE).toBe(true);
    expect(nodesIn(copy())).toBe(8);
    await expect.poll(() => page.locator('[data-file-tab]').getByRole('tab').getAttribute('title'), PATIENCE).toBe(copy());
  });

  it('opens a file that another launch was given', async () => {
    const other = path.join(directory, 'elsewhere', 'other.json');
    writeFileSync(
      other,
      readFileSync(copy(), 'utf8')
        .replace(/"name": "[^"]*"/, '"name": "From another launch"')
        .replace(/"id": "/, '"id": "other-'),
    );
    const second = spawn(electronExecutable, [...sandboxSwitches, REPOSITORY, ...state(), other], { stdio: 'ignore' });
    const code = await new Promise((resolve) => second.on('exit', resolve));
    expect(code).toBe(0);
    await page.getByRole('tab', { name: 'From another launch' }).waitFor({ timeout: 30_000 });
    expect(application.windows()).toHaveLength(1);
  });

  it('knows where a dropped pipeline lies, and opens it there', async () => {
    const dropped = path.join(directory, 'elsewhere', 'dropped.json');
    writeFileSync(
      dropped,
      readFileSync(copy(), 'utf8')
        .replace(/"name": "[^"]*"/, '"name": "Dropped here"')
        .replace(/"id": "/, '"id": "dropped-'),
    );
    await page.evaluate(() => {
      const input = document.createElement('input');
      Object.assign(input, { type: 'file', id: 'chooser' });
      document.body.append(input);
    });
    await page.locator('#chooser').setInputFiles(dropped);
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('#chooser');
      const transfer = new DataTransfer();
      for (const file of input?.files ?? []) transfer.items.add(file);
      input?.remove();
      document.querySelector('[data-region="title"]')?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
    });
    await page.getByRole('tab', { name: 'Dropped here' }).waitFor({ timeout: 30_000 });
  });

  it('asks about unsaved work when the window is closed, and saves it', async () => {
    await page.getByRole('tab', { name: 'Dropped here' }).click();
    await page.locator('[data-node]').first().click();
    await page.keyboard.press('Delete');
    await application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].setBounds({ x: 61, y: 43, width: 1211, height: 777 }),
    );
    await page.getByRole('button', { name: 'Close Millrace' }).click();
    await page.getByRole('dialog', { name: 'Save changes to Dropped here before closing?' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForTimeout(2_500);
    expect(application.windows()).toHaveLength(1);
    await page.getByRole('button', { name: 'Close Millrace' }).click();
    const closed = application.waitForEvent('close');
    await page.getByRole('button', { name: 'Save and close' }).click();
    await closed;
    expect(nodesIn(path.join(directory, 'elsewhere', 'dropped.json'))).toBeLessThan(8);
  });

  it('comes back where it stood, with its tabs; a page that dies comes back too', async () => {
    application = await launch(REPOSITORY, state());
    page = await application.firstWindow();
    await page.getByRole('tab', { name: 'Dropped here' }).waitFor({ timeout: 30_000 });
    const bounds = await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getBounds());
    expect(bounds).toEqual({ x: 61, y: 43, width: 1211, height: 777 });
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer());
    // A question to a page that is just dying is never answered.
    const tabs = (): Promise<unknown> =>
      application.evaluate(({ BrowserWindow }) =>
        Promise.race([
          BrowserWindow.getAllWindows()[0].webContents.executeJavaScript("document.querySelectorAll('[role=tab]').length"),
          new Promise((resolve) => setTimeout(() => resolve(0), 1_000)),
        ]).catch(() => 0),
      );
    await expect.poll(tabs, PATIENCE).toBeGreaterThan(2);
  });
});
