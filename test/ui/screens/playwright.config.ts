/** The captures of docs/screens: run by `npm run screens`, not by `npm test`. */
import { defineConfig } from '@playwright/test';
import base from '../../../playwright.config.ts';

export default defineConfig({
  ...base,
  testDir: import.meta.dirname,
  testMatch: '**/*.capture.ts',
  outputDir: '../../../build/screens-results',
});
