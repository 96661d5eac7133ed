/** Browser tests: one page at a time, driven as a person would, on the Chromium that test/support/browser.ts finds. */
import { defineConfig } from '@playwright/test';
import { findBrowser } from './test/support/browser.ts';

const browser = await findBrowser();

export default defineConfig({
  testDir: 'test/ui',
  testMatch: '**/*.spec.ts',
  outputDir: 'build/test-results',
  workers: 1,
  timeout: 60_000,
  // On a machine of the build service that others use too, once more: `npm test` names what passed only then.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  expect: { timeout: 10_000, toHaveScreenshot: { maxDiffPixels: 0, animations: 'disabled' } },
  use: {
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1,
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    launchOptions: { executablePath: browser.executablePath, args: [...browser.args], env: browser.environment },
  },
});
