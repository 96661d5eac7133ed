/** A real Electron for tests of the desktop form, where one is at hand; and what such a test does with its windows. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { _electron } from '@playwright/test';

const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
export const electronExecutable = path.join(dist === '' ? '/nowhere' : dist, 'electron');

/** Why there is nothing to test on; null when there is. */
export const missing = existsSync(electronExecutable)
  ? (process.env['DISPLAY'] ?? '') === ''
    ? 'there is no display (run with xvfb-run -a)'
    : null
  : 'there is no Electron runtime (ELECTRON_OVERRIDE_DIST_PATH names its folder)';

if (missing !== null) console.log(`Tests of the desktop form are skipped: ${missing}.`);

/** Root has no sandbox to offer. */
export const sandboxSwitches: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export function runtimeVersion(): string {
  return readFileSync(path.join(dist, 'version'), 'utf8').trim();
}

export async function launch(application: string, words: readonly string[]): Promise<ElectronApplication> {
  return await _electron.launch({ executablePath: electronExecutable, args: [application, ...words] });
}

/** Rates stand on the cards of what runs, and rise and fall with it. */
export async function numbersOnCanvas(page: Page): Promise<readonly string[]> {
  const text = await page.locator('[data-region="canvas"]').innerText();
  return text.match(/\b[1-9][\d.,]*k?\/s/g) ?? [];
}

/** Process of the engine, as Electron knows it. */
export async function enginePid(application: ElectronApplication): Promise<number | null> {
  return await application.evaluate(({ app }) => {
    const engine = app.getAppMetrics().find((metric) => metric.type === 'Utility' && metric.name === 'Millrace engine');
    return engine?.pid ?? null;
  });
}
