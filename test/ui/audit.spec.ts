/**
 * Every screen in both themes and both languages: no text is cut without saying so, too small or hard to read, no icon hard
 * to see, nothing runs over the page's edge, and axe finds nothing by the rules of WCAG 2.2 AA.
 */
import { showEditing, showGroup, showStart } from './screens/scenes.ts';
import type { Look, Stage } from './screens/stage.ts';
import { openStage } from './screens/stage.ts';
import { auditPage as check } from './support/audit-page.ts';
import { expect, test } from './support/watched-page.ts';

const LOOKS: readonly Look[] = [
  { theme: 'dark', language: 'en' },
  { theme: 'light', language: 'zh' },
  { theme: 'dark', language: 'zh' },
];
/** The least the window may be, and one where the inspector has its place again. */
const SMALL = [
  { width: 960, height: 600 },
  { width: 1024, height: 700 },
];
const GALLERY_PARTS = ['anatomy', 'overlays', 'states', 'tokens', 'fields'] as const;

/** Comparing and the question about a draft are reached from Start. */
async function checkStart(stage: Stage): Promise<void> {
  const { page } = stage;
  await showStart(stage);
  await check(page, 'start');
  await page.getByRole('button', { name: /^(Compare|对比)$/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await check(page, 'compare');
  await page.keyboard.press('Escape');
  await page
    .locator('[data-recent]')
    .getByRole('button', { name: /customers-masking/ })
    .first()
    .click();
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await check(page, 'recovery');
}

async function checkDialogs({ page, person }: Stage): Promise<void> {
  const dialogs: readonly (readonly [string, string])[] = [
    ['palette', 'Control+k'],
    ['shortcuts', '?'],
    ['settings', 'Control+,'],
    ['file dialog', 'Control+o'],
  ];
  for (const [name, keys] of dialogs) {
    await person.canvas.focus();
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(page, name);
    if (name === 'settings') {
      await page.getByRole('tab').last().click();
      await check(page, 'keys in settings');
    }
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.getByRole('button', { name: /^(Export|导出)/ }).click();
  await check(page, 'export');
  await page.keyboard.press('Escape');
}

async function checkCanvas(stage: Stage): Promise<void> {
  const { page, person } = stage;
  await showEditing(stage);
  await check(page, 'editing');
  await person.node('late').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await check(page, 'context menu');
  await page.keyboard.press('Escape');
  await person.node('hourly').click();
  await page.keyboard.press('Insert');
  await expect(page.getByRole('listbox')).toBeVisible();
  await check(page, 'quick-add');
  await page.keyboard.press('Escape');
}

/** What is kept of the run that goes on: its place in the list of runs, its log. */
async function checkKept({ page }: Stage): Promise<void> {
  await page.getByRole('button', { name: /^(Runs|运行记录)$/ }).click();
  await expect(page.locator('[data-run-detail] [data-node-figures]').first()).toBeVisible({ timeout: 20_000 });
  await check(page, 'runs');
  await page.getByRole('tab', { name: /^(Logs|日志)$/ }).click();
  await expect(page.locator('[data-log-code]').first()).toBeVisible();
  await check(page, 'log');
}

for (const look of LOOKS) {
  const name = `${look.theme} ${look.language}`;
  test(`start, compare and recovery in ${name}`, async ({ page }) => {
    const stage = await openStage(page, look, { shows: 'start' });
    await checkStart(stage);
    for (const part of GALLERY_PARTS) {
      await page.goto(new URL(`/gallery.html#${part}/${look.theme}/${look.language}`, stage.host.link).href);
      await expect(page.locator('main')).toBeVisible();
      await check(page, `gallery, ${part}`);
    }
    await stage.close();
  });

  test(`editing, its dialogs and running in ${name}`, async ({ page }) => {
    test.setTimeout(240_000);
    const stage = await openStage(page, look, { shows: 'story' });
    await checkCanvas(stage);
    await checkDialogs(stage);
    await page.getByRole('button', { name: /^(Use level|改用 level)$/ }).click();
    await page.keyboard.press('F5');
    await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('[data-run-rates]')).toHaveText(/\d/);
    await check(page, 'running');
    await checkKept(stage);
    await page.keyboard.press('Shift+F5');
    await showGroup(stage);
    await page.mouse.up();
    await check(page, 'inside a group');
    expect(stage.person.complaints).toEqual([]);
    await stage.close();
  });
}

for (const language of ['en', 'zh'] as const) {
  for (const size of SMALL) {
    test.describe(`at ${size.width} × ${size.height}`, () => {
      test.use({ viewport: size });

      test(`start in ${language}`, async ({ page }) => {
        const stage = await openStage(page, { theme: 'dark', language }, { shows: 'start' });
        await expect(page.locator('[data-recent-state="problems"]').first()).toBeVisible();
        await check(page, 'start');
        await stage.close();
      });
    });
  }

  test.describe('in the smallest window', () => {
    test.use({ viewport: SMALL[0] });

    test(`editing, its dialogs and running in ${language}`, async ({ page }) => {
      test.setTimeout(240_000);
      const stage = await openStage(page, { theme: 'light', language }, { shows: 'story' });
      await stage.person.node('hourly').click();
      await expect(page.locator('[data-inspector]')).toBeVisible();
      await check(page, 'inspector');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^(Nodes|节点)$/ }).click();
      await expect(page.getByRole('complementary', { name: /^(Nodes|节点)$/ })).toBeVisible();
      await check(page, 'palette');
      await checkDialogs(stage);
      await page.getByRole('button', { name: /^(Use level|改用 level)$/ }).click();
      await page.keyboard.press('F5');
      await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
      await expect(page.locator('[data-run-rates]')).toHaveText(/\d/);
      await stage.person.node('hourly').click();
      await check(page, 'running');
      expect(stage.person.complaints).toEqual([]);
      await stage.close();
    });
  });
}
