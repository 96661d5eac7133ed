/** The real desktop shell, where a runtime is present: ports to host and engine, the page's limits, an engine that dies. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { _electron } from '@playwright/test';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTargets, bundleProgram } from '../support/build.ts';
import { REPOSITORY } from '../support/source-files.ts';

const executable = path.join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '/nowhere', 'electron');
const display = process.env['DISPLAY'] ?? '';

describe.runIf(existsSync(executable) && display !== '')('the desktop shell', () => {
  let directory: string;
  let application: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    await buildTargets('electron');
    directory = mkdtempSync(path.join(tmpdir(), 'millrace-desktop-'));
    mkdirSync(path.join(directory, 'build/renderer'), { recursive: true });
    mkdirSync(path.join(directory, 'build/engine'));
    mkdirSync(path.join(directory, 'documents'));
    cpSync(path.join(REPOSITORY, 'build/electron'), path.join(directory, 'build/electron'), { recursive: true });
    cpSync(await bundleProgram('test/support/fake-engine-process.ts'), path.join(directory, 'build/engine/engine.cjs'));
    writeFileSync(path.join(directory, 'package.json'), '{"name":"millrace","main":"build/electron/main.cjs"}');
    writeFileSync(
      path.join(directory, 'build/renderer/index.html'),
      '<!doctype html><html lang="en"><body><script src="/page.js"></script></body></html>',
    );
    await build({
      entryPoints: [path.join(REPOSITORY, 'test/desktop/stub-page.ts')],
      outfile: path.join(directory, 'build/renderer/page.js'),
      bundle: true,
      format: 'iife',
      target: 'chrome108',
      logLevel: 'error',
    });
    application = await _electron.launch({
      executablePath: executable,
      args: [directory, '--state', path.join(directory, 'state'), '--root', path.join(directory, 'documents')],
    });
    page = await application.firstWindow();
    await page.waitForFunction(() => 'client' in window);
  }, 60_000);

  afterAll(async () => {
    await application?.close();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  /** Calls the contract from inside the page. */
  function call(method: string, params: unknown): Promise<unknown> {
    return page.evaluate(
      ([name, given]) => {
        const { client } = window as unknown as { readonly client: { call(method: string, params: unknown): Promise<unknown> } };
        return client.call(name, given).catch((error: { readonly code?: string }) => ({ refused: error.code }));
      },
      [method, params] as const,
    );
  }

  it('answers host and engine methods over ports', async () => {
    expect(await call('app.info', {})).toMatchObject({ electron: true });
    expect(await call('run.start', { path: path.join(directory, 'p.json'), text: '{}', options: { restore: 'none' } })).toMatchObject({
      phase: 'running',
    });
    expect(await call('file.open', { path: '/etc/passwd' })).toEqual({ refused: 'MR6202' });
  });

  it('gives the page another engine port after a crash, with the runs going on', async () => {
    await call('run.killEngine', {});
    expect(await call('run.list', {})).toMatchObject([{ phase: 'running' }]);
    expect(await call('app.info', {})).toMatchObject({ engine: { state: 'ready', restarts: 1 } });
  });

  it('keeps the page from Node, from other pages and from windows', async () => {
    const limits = await page.evaluate(() => ({
      node: typeof Reflect.get(window, 'require') + typeof Reflect.get(window, 'process'),
      exposed: Object.keys(window.millraceDesktop ?? {}).sort(),
      opened: window.open('https://example.invalid/') === null,
      origin: window.location.origin,
    }));
    expect(limits).toEqual({ node: 'undefinedundefined', exposed: ['connect', 'pathForFile'], opened: true, origin: 'millrace://app' });
    const evaluated = await page.evaluate(async () => {
      const script = document.createElement('script');
      try {
        script.textContent = 'window.inlineRan = true';
        document.body.append(script);
      } catch {
        return 'refused';
      }
      return String(Reflect.get(window, 'inlineRan'));
    });
    expect(['refused', 'undefined']).toContain(evaluated);
    const preferences = await application.evaluate(({ BrowserWindow }) => {
      const [shown] = BrowserWindow.getAllWindows();
      const settings: Record<string, unknown> = Reflect.apply(
        Reflect.get(shown.webContents, 'getLastWebPreferences'),
        shown.webContents,
        [],
      );
      return [settings['contextIsolation'], settings['sandbox'], settings['nodeIntegration'], settings['webSecurity']];
    });
    expect(preferences).toEqual([true, true, false, true]);
  });
});
