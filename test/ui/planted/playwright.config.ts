/** For tests that must fail: run by `watched-page.spec.ts`, which reads how they did. */
import { defineConfig } from '@playwright/test';
import base from '../../../playwright.config.ts';

export default defineConfig({
  ...base,
  testDir: import.meta.dirname,
  testMatch: 'broken-pages.ts',
  outputDir: '../../../build/planted-results',
  retries: 0,
});
