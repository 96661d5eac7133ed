/** The rule that every browser test obeys, tried on pages that break it: a rule that judges nothing would pass them all. */
import { spawnSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { test as base } from '@playwright/test';
import { REPOSITORY } from '../support/source-files.ts';
import { expect, watchPages } from './support/watched-page.ts';

/** Half of the window: what stands in it and moves by a tenth of its height shifts the page by far more than is allowed. */
const PAGE = `<!doctype html><title>Planted</title><style>body { margin: 0 } .text { height: 60vh; background: #ccc }</style>
  <div id="above"></div><div class="text">What moves</div><button>Press</button>`;

/** Longer than a browser takes a shift for the answer to an input. */
const NO_ANSWER_MS = 700;

async function open(page: Page): Promise<void> {
  await page.route('http://planted.test/', (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
  await page.goto('http://planted.test/');
  await painted(page);
}

async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

function push(page: Page, pixels: number, afterMs = 0): Promise<void> {
  return page.evaluate(
    ([height, delayMs]) =>
      new Promise<void>((resolve) =>
        setTimeout(() => {
          for (const above of document.querySelectorAll<HTMLElement>('#above')) above.style.height = `${height}px`;
          resolve();
        }, delayMs),
      ),
    [pixels, afterMs],
  );
}

base('a shift is found with what moved, an error and a rejection with their words', async ({ page, context }) => {
  const complaints = await watchPages(context);
  await open(page);
  await push(page, 100);
  await expect.poll(() => complaints.filter((complaint) => complaint.startsWith('layout shift')).length).toBe(1);
  expect(complaints[0]).toMatch(/^layout shift of 0\.0\d+: .*div\.text 0 0 1440 540 to 0 100 1440 540/);
  await page.evaluate(() => {
    console.error('planted error');
    void Promise.reject(new Error('planted rejection'));
  });
  await expect
    .poll(() => complaints.slice(1).map((complaint) => complaint.split('\n')[0]))
    .toEqual(['console: planted error', expect.stringMatching(/^unhandled: Error: planted rejection/)]);
});

base('shifts that stay below the limit one by one are found when their sum does not', async ({ page, context }) => {
  const complaints = await watchPages(context);
  await open(page);
  await push(page, 10);
  await painted(page);
  expect(complaints).toEqual([]);
  await push(page, 20);
  await painted(page);
  await push(page, 30);
  await expect.poll(() => complaints.length).toBeGreaterThanOrEqual(2);
});

base('what follows an input at once is its answer; what comes later is a shift', async ({ page, context }) => {
  const complaints = await watchPages(context);
  await open(page);
  await page.getByRole('button').click();
  await push(page, 100);
  await painted(page);
  expect(complaints).toEqual([]);
  await push(page, 0, NO_ANSWER_MS);
  await expect.poll(() => complaints.length).toBe(1);
});

interface Report {
  readonly suites: readonly {
    readonly specs: readonly { readonly title: string; readonly tests: readonly { readonly results: readonly Result[] }[] }[];
  }[];
}

interface Result {
  readonly status: string;
  readonly errors: readonly { readonly message: string }[];
}

base('tests of pages that break the rule fail, and only they', () => {
  const program = ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/ui/planted/playwright.config.ts', '--reporter=json'];
  // Nothing of what tells a test that it is one.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TEST|PW|PLAYWRIGHT)_/.test(name)));
  const { stdout } = spawnSync(process.execPath, program, { cwd: REPOSITORY, env: environment, encoding: 'utf8', timeout: 50_000 });
  const report = JSON.parse(stdout) as Report;
  const told = report.suites.flatMap(({ specs }) =>
    specs.map(({ title, tests }) => {
      const [{ status, errors }] = tests[0].results;
      const words = errors.map(({ message }) => /layout shift|planted \w+/.exec(message)?.[0] ?? message);
      return [title, status, ...words];
    }),
  );
  expect(told).toEqual([
    ['a page that moves', 'failed', 'layout shift'],
    ['a page that complains', 'failed', 'planted error'],
    ['a page that drops a promise', 'failed', 'planted rejection'],
    ['a page that does nothing', 'passed'],
  ]);
});
