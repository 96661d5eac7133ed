/** Long looks at a running drawing: `npx playwright test -c test/soak`. */
import { defineConfig } from '@playwright/test';
import config from '../../playwright.config.ts';

export default defineConfig({ ...config, testDir: '.', outputDir: '../../build/soak-results', retries: 0 });
