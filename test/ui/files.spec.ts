/**
 * What happens to unsaved work: the host is killed while one edits, the page is reloaded, another program writes the file.
 * At most the last half second of edits is lost. Then tabs, sizes and looks after a restart.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

const LOST_MS = 500;
const STEP = 9;
const SEED = Number(process.env['MILLRACE_SEED'] ?? 20261122);

/** What a page says of a host that was killed. */
const HOST_GONE = /WebSocket connection to/;

let host: RunningHost;

test.afterEach(({ context }) => leave(context, host));

/** The second card stands below the first, which walks to the right for hundreds of pixels. */
function pipelineText(name: string, x = 90): string {
  const nodes = [
    { id: 'made', type: 'generator-source', label: 'Made', config: {} },
    { id: 'shown', type: 'print-sink', label: 'Shown', config: {} },
  ];
  const edges = [{ id: 'e', from: { node: 'made', port: 'out' }, to: { node: 'shown', port: 'in' } }];
  const drawing = { positions: { made: { x, y: 90 }, shown: { x: 90, y: 450 } } };
  return `${JSON.stringify({ format: 'millrace-pipeline', version: 1, id: `pipeline-${name}`, name, job: {}, nodes, edges, drawing }, null, 2)}\n`;
}

async function startWith(...names: readonly string[]): Promise<void> {
  host = await startHost({ tabs: names.map((name) => `${name}.json`) });
  for (const name of names) writeFileSync(fileOf(name), pipelineText(name));
}

const fileOf = (name: string): string => path.join(host.workspace, `${name}.json`);

function savedX(name: string): number {
  const document = JSON.parse(readFileSync(fileOf(name), 'utf8')) as { drawing: { positions: { made: { x: number } } } };
  return document.drawing.positions.made.x;
}

/** Nudges the first node again and again; answers when each step was done. `begun` is called after the first. */
async function nudge(page: Page, steps: number, pauseMs: () => number, begun = () => {}): Promise<readonly number[]> {
  const done: number[] = [];
  await page.locator('[data-node="made"]').click();
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press('ArrowRight');
    done.push(Date.now());
    if (step === 0) begun();
    await page.waitForTimeout(pauseMs());
  }
  return done;
}

/** Answers when it was dead. */
async function killAfter(delayMs: number): Promise<number> {
  await setTimeout(delayMs);
  await host.kill();
  return Date.now();
}

async function saveNow(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
}

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('a killed host loses at most the last half second of edits, at any moment', async ({ page, context, watch }) => {
  watch.expectError(HOST_GONE);
  test.setTimeout(120_000);
  const random = seeded(SEED);
  await startWith('kept');
  await page.goto(host.link);
  let shown = page;
  let from = savedX('kept');
  for (let round = 0; round < 3; round++) {
    await expect(shown.locator('[data-node="made"]')).toBeVisible();
    let killed = Promise.resolve(0);
    const killDelayMs = 1000 + random() * 1200;
    const done = await nudge(
      shown,
      24,
      () => random() * 90,
      () => {
        killed = killAfter(killDelayMs);
      },
    );
    const killedAtMs = await killed;
    await shown.close();
    host = await startHost({ directory: host.directory });
    const next = await context.newPage();
    await next.goto(host.link);
    const dialog = next.getByRole('dialog', { name: 'Millrace closed unexpectedly' });
    await expect(dialog.getByText(/edits? newer than the saved file/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Open the draft' }).click();
    // The view is where it was left; the node may have been nudged out of it.
    await next.getByRole('button', { name: 'Fit everything' }).click();
    await expect(next.locator('[data-node="made"]')).toBeVisible();
    await saveNow(next);
    const steps = (savedX('kept') - from) / STEP;
    const owed = done.filter((atMs) => atMs < killedAtMs - LOST_MS).length;
    expect(
      steps,
      `seed ${SEED}, round ${round}: ${steps} of ${done.length} steps, ${owed} older than ${LOST_MS} ms`,
    ).toBeGreaterThanOrEqual(owed);
    from = savedX('kept');
    shown = next;
  }
});

test('a reload in the middle of edits keeps them all and asks nothing', async ({ page }) => {
  await startWith('reloaded');
  await page.goto(host.link);
  await nudge(page, 5, () => 10);
  await page.reload();
  await expect(page.locator('[data-tab-state="unsaved"]')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await saveNow(page);
  expect(savedX('reloaded')).toBe(90 + 5 * STEP);
});

test('a pipeline that was never saved comes back after the host was killed, readable by nobody else', async ({ page, context, watch }) => {
  watch.expectError(HOST_GONE);
  host = await startHost();
  await page.goto(host.link);
  const person = new Person(page);
  await person.drag('Generator', 160, 150);
  await expect(page.locator('[data-save-state="kept"]')).toBeVisible();
  expect(statSync(path.join(host.directory, 'state', 'drafts')).mode & 0o777).toBe(0o700);
  await host.kill();
  host = await startHost({ directory: host.directory });
  const next = await context.newPage();
  await next.goto(host.link);
  await expect(next.locator('[data-node]')).toHaveCount(1);
  await expect(next.locator('[data-tab-state="unsaved"]')).toBeVisible();
});

test('a file that another program wrote can be loaded, with mine one undo away', async ({ page }) => {
  await startWith('shared');
  await page.goto(host.link);
  await nudge(page, 2, () => 10);
  writeFileSync(fileOf('shared'), pipelineText('shared', 270));
  const banner = page.locator('[data-banner="changed-on-disk"]');
  await expect(banner).toContainText('shared.json changed on disk');
  await expect(banner.getByRole('button', { name: 'Compare' })).toBeVisible();
  await banner.getByRole('button', { name: 'Load it' }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await page.keyboard.press('Control+z');
  await saveNow(page);
  expect(savedX('shared')).toBe(90 + 2 * STEP);
});

test('a file that another program wrote can be overwritten with mine, and a draft from before it is not lost', async ({
  page,
  context,
  watch,
}) => {
  watch.expectError(HOST_GONE);
  await startWith('shared');
  await page.goto(host.link);
  await nudge(page, 2, () => 10);
  await expect(page.locator('[data-save-state="kept"]')).toBeVisible();
  await host.kill();
  writeFileSync(fileOf('shared'), pipelineText('shared', 270));
  host = await startHost({ directory: host.directory });
  const next = await context.newPage();
  await next.goto(host.link);
  await next.getByRole('button', { name: 'Open the draft' }).click();
  const banner = next.locator('[data-banner="changed-on-disk"]');
  await banner.getByRole('button', { name: 'Keep mine' }).click();
  await expect(banner).toHaveCount(0);
  await saveNow(next);
  expect(savedX('shared')).toBe(90 + 2 * STEP);
});

test('tabs keep their pipelines apart, ask before unsaved work goes, and come back after a restart', async ({ page, context, watch }) => {
  watch.expectError(HOST_GONE);
  await startWith('one', 'two');
  await page.goto(host.link);
  const files = (shown: Page) => shown.getByRole('tablist', { name: 'Open files' }).getByRole('tab');
  const tab = (name: string) => files(page).filter({ hasText: new RegExp(`^${name}`) });
  await nudge(page, 1, () => 10);
  await tab('two').click();
  await expect(tab('two')).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await expect(tab('one')).toContainText('unsaved changes');
  await tab('two').press('ArrowLeft');
  await expect(tab('one')).toHaveAttribute('aria-selected', 'true');
  await page.getByTitle('Close one', { exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Save changes to one?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await page.getByRole('button', { name: 'New pipeline' }).click();
  await expect(files(page)).toHaveCount(3);
  await tab('untitled').click({ button: 'middle' });
  await expect(files(page)).toHaveCount(2);
  await tab('two').click();
  await page.waitForTimeout(600);
  await host.kill();
  host = await startHost({ directory: host.directory });
  const next = await context.newPage();
  await next.goto(host.link);
  await expect(files(next)).toHaveCount(2);
  await expect(files(next).filter({ hasText: /^two/ })).toHaveAttribute('aria-selected', 'true');
});

test('sizes, theme and language are there again after a restart; without a choice the theme is the one of the system', async ({
  page,
  context,
  watch,
}) => {
  watch.expectError(HOST_GONE);
  await startWith('sized');
  await page.goto(host.link);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toBeVisible();
  const box = await inspector.boundingBox();
  if (box === null) throw new Error('the inspector is not there');
  await page.mouse.move(box.x - 0.5, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y + 200, { steps: 5 });
  await page.mouse.up();
  const width = (await inspector.boundingBox())?.width ?? 0;
  expect(width).toBeGreaterThan(box.width + 40);
  await page.getByRole('button', { name: 'Switch to dark' }).click();
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemcheckbox', { name: '中文' }).click();
  await page.waitForTimeout(700);
  await host.kill();
  host = await startHost({ directory: host.directory });
  const next = await context.newPage();
  await next.goto(host.link);
  const again = next.getByRole('complementary', { name: '检查器' });
  await expect(again).toBeVisible();
  expect(Math.abs(((await again.boundingBox())?.width ?? 0) - width)).toBeLessThan(2);
  await expect(next.locator('html')).toHaveAttribute('data-theme', 'dark');
});
