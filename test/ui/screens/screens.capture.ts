/** Takes the pictures of docs/screens: each screen in dark, in light and in Chinese, from the product and its gallery. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { REPOSITORY } from '../../support/source-files.ts';
import { feed, openPartitions, showResults, showRunning, showWhyNotFired } from './running-scenes.ts';
import { settle, showEditing, showGroup, showStart } from './scenes.ts';
import type { Look, Stage } from './stage.ts';
import { openStage } from './stage.ts';

const FOLDER = path.join(REPOSITORY, 'docs/screens');
const LOOKS: readonly Look[] = [
  { theme: 'dark', language: 'en' },
  { theme: 'light', language: 'en' },
  { theme: 'light', language: 'zh' },
];
const GALLERY = [
  ['09-anatomy', 'anatomy'],
  ['11-states', 'states'],
  ['12-tokens', 'tokens'],
  ['13-fields', 'fields'],
] as const;
const QUALITY = 82;

test.setTimeout(180_000);

/** Encoded by the browser that drew it: a tenth of a PNG. */
async function take(page: Page, look: Look, screen: string): Promise<void> {
  await settle(page);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await session.detach();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, `${screen}-${look.theme}-${look.language}.webp`), Buffer.from(data, 'base64'));
}

async function takeOverlays(stage: Stage): Promise<void> {
  const { page, person, look } = stage;
  await person.canvas.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sa');
  await take(page, look, '10-palette');
  await page.keyboard.press('Escape');
  await person.node('hourly').click();
  await page.keyboard.press('Insert');
  await expect(page.getByRole('listbox')).toBeVisible();
  await take(page, look, '10-quick-add');
  await page.keyboard.press('Escape');
  await person.node('late').click({ button: 'right' });
  await take(page, look, '10-context-menu');
  await page.keyboard.press('Escape');
  await person.canvas.focus();
  await page.keyboard.press('?');
  await take(page, look, '10-shortcuts');
  await page.keyboard.press('Escape');
}

for (const look of LOOKS) {
  const name = `${look.theme} ${look.language}`;
  test(`start and gallery in ${name}`, async ({ page }) => {
    const stage = await openStage(page, look, { shows: 'start' });
    await showStart(stage);
    await take(page, look, '01-start');
    for (const [screen, part] of GALLERY) {
      await page.goto(new URL(`/gallery.html#${part}/${look.theme}/${look.language}`, stage.host.link).href);
      await expect(page.locator('main')).toBeVisible();
      await page.evaluate(() => document.fonts.ready);
      const height = await page.locator('main').evaluate((main) => main.scrollHeight + main.getBoundingClientRect().top);
      await page.setViewportSize({ width: 1440, height: Math.max(900, height) });
      await take(page, look, screen);
    }
    await page.setViewportSize({ width: 1440, height: 520 });
    await page.goto(new URL(`/gallery.html#overlays/${look.theme}/${look.language}`, stage.host.link).href);
    await take(page, look, '10-toasts');
    await stage.close();
  });

  test(`editing in ${name}`, async ({ page }) => {
    const stage = await openStage(page, look, { shows: 'story' });
    await showEditing(stage);
    await take(page, look, '02-editing');
    await page.mouse.move(700, 520);
    await takeOverlays(stage);
    await showGroup(stage);
    await take(page, look, '02-inside-a-group');
    await page.mouse.up();
    await stage.close();
  });

  test(`running in ${name}`, async ({ page }) => {
    const stage = await openStage(page, look, { shows: 'generated' });
    await showRunning(stage);
    await take(page, look, '03-running');
    await stage.close();
  });

  test(`why not fired in ${name}`, async ({ page }) => {
    const stage = await openStage(page, look, { shows: 'followed' });
    const files = openPartitions(path.join(stage.host.workspace, 'fraud-detection/data'));
    const feeding = feed(files, stage.clock.now);
    await showWhyNotFired(stage);
    await take(page, look, '04-why-not-fired');
    await page.getByRole('button', { name: /^(Show as a table|以表格显示)$/ }).click();
    await take(page, look, '04-why-not-fired-table');
    feeding.stop();
    await stage.close();
  });

  test(`results in ${name}`, async ({ page }) => {
    const stage = await openStage(page, look, { shows: 'board' });
    await showResults(stage, 'watch', 30_000);
    await take(page, look, '08-results');
    await stage.close();
  });

  test(`monitoring in ${name}`, async ({ page }) => {
    const stage = await openStage(page, look, { shows: 'monitoring' });
    await showResults(stage, 'history', 30_000);
    await take(page, look, '08-monitoring');
    await stage.close();
  });
}
