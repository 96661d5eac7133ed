/** Everything an action can be reached by: palette, context menus, keys and their remapping, the shortcut sheet, finding, regions, toasts. */
import type { Locator, Page } from '@playwright/test';
import { actionNames } from '../../renderer/strings/en/actions.ts';
import { actionStrings as chinese } from '../../renderer/strings/zh/actions.ts';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { expect, test } from './support/watched-page.ts';

let served: ServedPage;

test.beforeAll(async () => {
  served = await serveMemoryPage();
});

test.afterAll(() => served.close());

async function begin(page: Page): Promise<Person> {
  const person = new Person(page);
  await page.goto(served.url);
  await expect(page.getByText('Nothing flows yet')).toBeVisible();
  return person;
}

/** A source wired to a sink. */
async function beginWithTwo(page: Page): Promise<{ person: Person; source: string; sink: string }> {
  const person = await begin(page);
  const source = await person.drag('Generator', 160, 150);
  const sink = await person.drag('Print', 560, 150);
  await person.wire(`${source}/out`, `${sink}/in`);
  await person.edgeCount(1);
  return { person, source, sink };
}

const palette = (page: Page): Locator => page.getByRole('dialog', { name: /^(Command palette|命令面板)$/ });
const paletteBox = (page: Page): Locator => palette(page).getByRole('combobox');
const settings = (page: Page): Locator => page.getByRole('dialog', { name: 'Settings' });

test('the command palette runs a command, explains what cannot be done, and goes to nodes and columns', async ({ page }) => {
  const { person, sink } = await beginWithTwo(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('theme dark');
  await expect(palette(page).getByRole('option')).toHaveText(['Theme: dark']);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Control+Shift+p');
  await page.keyboard.type('savepoint');
  await expect(palette(page).getByRole('option', { name: 'Savepoint now' })).toContainText('The pipeline is not running');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeVisible();
  await paletteBox(page).fill('@prin');
  await expect(palette(page).getByRole('option')).toHaveCount(1);
  await expect(palette(page).locator('mark')).toHaveText('Prin');
  await page.keyboard.press('Enter');
  await expect(person.node(sink)).toBeFocused();
  await expect(person.node(sink)).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: /Search nodes, fields, commands/ }).click();
  await paletteBox(page).fill('#id');
  await expect(palette(page).getByRole('option').first()).toContainText('Generator');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
  expect(person.complaints).toEqual([]);
});

test('every action has a name in both languages and is in the palette', async ({ page }) => {
  await begin(page);
  const reachable = async (names: readonly string[]) => {
    await page.keyboard.press('Control+k');
    await paletteBox(page).fill('>');
    const listed = await palette(page)
      .getByRole('option')
      .evaluateAll((rows) => rows.map((row) => row.children[1]?.textContent ?? ''));
    expect([...listed].sort()).toEqual([...names].sort());
    await page.keyboard.press('Escape');
  };
  await reachable(Object.values(actionNames));
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemcheckbox', { name: '中文' }).click();
  await reachable(Object.values(chinese.action));
});

test('a right click opens the menu of what is under the pointer', async ({ page }) => {
  const { person, source, sink } = await beginWithTwo(page);
  await person.node(sink).click({ button: 'right' });
  const menu = page.getByRole('menu');
  await expect(menu).toHaveAccessibleName('Node');
  await expect(menu.getByRole('menuitem', { name: 'Duplicate' })).toContainText('Ctrl D');
  await menu.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(person.card('Print')).toHaveCount(2);
  await page.keyboard.press('Control+z');
  const from = await person.centre(person.node(source));
  const to = await person.centre(person.node(sink));
  await page.mouse.click((from.x + to.x) / 2, (from.y + to.y) / 2, { button: 'right' });
  await expect(menu).toHaveAccessibleName('Edge');
  await menu.getByRole('menuitem', { name: /^Delete/ }).click();
  await person.edgeCount(0);
  const canvas = await person.canvas.boundingBox();
  await page.mouse.click((canvas?.x ?? 0) + 300, (canvas?.y ?? 0) + 400, { button: 'right' });
  await expect(menu).toHaveAccessibleName('Canvas');
  await expect(menu.getByRole('menuitem', { name: /^Redo/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(menu.getByRole('menuitem', { name: /^Redo/ })).toContainText('Nothing to redo');
  await menu.getByRole('menuitem', { name: /^Add node/ }).click();
  await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
  await page.keyboard.press('Escape');
  await person.node(source).click();
  await page.keyboard.press('Control+a');
  await person.node(sink).click({ button: 'right' });
  await expect(menu).toHaveAccessibleName('Selection');
  expect(person.complaints).toEqual([]);
});

test('the keyboard opens the menu at the focused node and gives the focus back', async ({ page }) => {
  const { person, sink } = await beginWithTwo(page);
  await person.node(sink).click();
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'Node' });
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(person.node(sink)).toBeFocused();
  await page.keyboard.press('ContextMenu');
  await expect(menu).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(person.node(sink)).toHaveCount(0);
  await expect(page.getByText('Deleted 1 node and 1 edge')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(person.node(sink)).toBeVisible();
  await expect(page.getByText('Deleted 1 node and 1 edge')).toBeHidden();
  expect(person.complaints).toEqual([]);
});

test('a key is changed by pressing another one, names who has it, and is kept', async ({ page }) => {
  const { person, sink } = await beginWithTwo(page);
  await person.node(sink).click();
  await page.keyboard.press('Control+,');
  await settings(page).getByRole('tab', { name: 'Keyboard' }).click();
  await settings(page).getByLabel('Search actions and keys').fill('duplicate');
  await settings(page).getByRole('button', { name: 'Change the key of Duplicate' }).click();
  await page.keyboard.press('Control+s');
  await expect(settings(page).getByRole('alert')).toHaveText('Ctrl S already means Save file');
  await page.keyboard.press('q');
  await expect(settings(page).getByRole('button', { name: 'Change the key of Duplicate' })).toContainText('Q');
  await page.keyboard.press('Escape');
  await expect(settings(page)).toBeHidden();
  await person.node(sink).focus();
  await page.keyboard.press('Control+d');
  await expect(person.card('Print')).toHaveCount(1);
  await page.keyboard.press('q');
  await expect(person.card('Print')).toHaveCount(2);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(sheet.locator('dl > div', { hasText: 'Duplicate' }).locator('kbd')).toHaveText('Q');
  await page.waitForTimeout(500);
  await page.reload();
  // Keys are heard once the page stands.
  await expect(person.node(sink)).toBeVisible();
  await page.keyboard.press('Control+,');
  await settings(page).getByRole('tab', { name: 'Keyboard' }).click();
  await settings(page).getByLabel('Search actions and keys').fill('duplicate');
  await expect(settings(page).getByRole('button', { name: 'Change the key of Duplicate' })).toContainText('Q');
  await settings(page).getByRole('button', { name: 'Reset the key of Duplicate' }).click();
  await expect(settings(page).getByRole('button', { name: 'Change the key of Duplicate' })).toContainText('Ctrl');
  expect(person.complaints).toEqual([]);
});

test('a taken key changes hands when asked to, and browsers keep theirs', async ({ page }) => {
  const person = await begin(page);
  await page.keyboard.press('Control+,');
  await settings(page).getByRole('tab', { name: 'Keyboard' }).click();
  await settings(page).getByRole('button', { name: 'Change the key of Save as…' }).click();
  await page.keyboard.press('Control+o');
  await settings(page).getByRole('button', { name: 'Use it here' }).click();
  await expect(settings(page).getByRole('button', { name: 'Change the key of Save as…' })).toContainText('Ctrl');
  await expect(settings(page).getByRole('button', { name: 'Change the key of Open file…' })).toContainText('no key');
  await settings(page).getByRole('button', { name: 'Reset all keys' }).click();
  await expect(settings(page).getByRole('button', { name: 'Change the key of Open file…' })).toContainText('Ctrl');
  await settings(page).getByRole('button', { name: 'Change the key of Save as…' }).click();
  await page.evaluate(() => {
    const event = new KeyboardEvent('keydown', { key: 'n', code: 'KeyN', ctrlKey: true, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  });
  await expect(settings(page).getByRole('alert')).toContainText('Browsers keep Ctrl N for themselves');
  expect(person.complaints).toEqual([]);
});

test('the shortcut sheet lists what keys do, in two columns, in the language of the page', async ({ page }) => {
  const person = await begin(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(sheet.locator('dl')).toHaveCount(2);
  const keysOf = (label: string) =>
    sheet
      .locator('dl > div')
      .filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
      .locator('kbd');
  await expect(keysOf('Command palette')).toHaveText(['Ctrl', 'K']);
  await expect(keysOf('Walk the graph')).toHaveText(['Alt', '←→↑↓']);
  await expect(keysOf('Auto layout')).toHaveText(['Shift', 'L']);
  await expect(keysOf('New pipeline')).toHaveText(['Ctrl', 'Alt', 'N']);
  await sheet.getByRole('button', { name: 'Change any key in Settings' }).click();
  await expect(settings(page).getByRole('tab', { name: 'Keyboard' })).toHaveAttribute('aria-selected', 'true');
  expect(person.complaints).toEqual([]);
});

test('on macOS Cmd takes the place of Ctrl, in keys and in what is shown', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' }));
  const person = await begin(page);
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeHidden();
  await page.keyboard.press('Meta+k');
  await expect(palette(page)).toBeVisible();
  await paletteBox(page).fill('>save file');
  await expect(palette(page).getByRole('option').locator('kbd')).toHaveText(['⌘', 'S']);
  expect(person.complaints).toEqual([]);
});

test('one box finds nodes, settings and columns, marks them and goes from one to the next', async ({ page }) => {
  const { person, source, sink } = await beginWithTwo(page);
  await page.keyboard.press('Control+f');
  const box = page.getByLabel('Find nodes, settings, columns, expressions');
  await expect(box).toBeFocused();
  await page.keyboard.type('r');
  await expect(page.locator('[data-found]')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(person.node(source)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(person.node(sink)).toHaveAttribute('aria-pressed', 'true');
  const canvas = await person.centre(person.canvas);
  await expect.poll(async () => Math.round((await person.centre(person.node(sink))).x - canvas.x)).toBe(0);
  await page.keyboard.press('Enter');
  await expect(person.node(source)).toHaveAttribute('aria-pressed', 'true');
  await box.fill('no such thing');
  await expect(page.getByText('Nothing matches “no such thing”')).toBeVisible();
  await expect(page.locator('[data-found]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
  await expect(person.node(source)).toBeFocused();
  expect(person.complaints).toEqual([]);
});

test('a key goes round the regions and brings the focus back to where it was', async ({ page }) => {
  const { person, sink } = await beginWithTwo(page);
  await person.node(sink).click();
  const seen: (string | null)[] = [];
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Control+F6');
    const region = page.locator('[data-reached]');
    await expect(region).toHaveCount(1);
    seen.push(await region.getAttribute('data-region'));
    if (seen.at(-1) === 'canvas') break;
  }
  expect(seen).toEqual(['dock', 'inspector', 'status', 'title', 'tools', 'rail', 'left', 'canvas']);
  await expect(person.node(sink)).toBeFocused();
  await page.keyboard.press('Control+Shift+F6');
  await expect(page.locator('[data-reached]')).toHaveAttribute('data-region', 'left');
  expect(person.complaints).toEqual([]);
});

test('Tab adds a node after a click on the canvas, and moves on when the focus came by keyboard', async ({ page }) => {
  const { person, source, sink } = await beginWithTwo(page);
  await person.node(sink).click();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
  await page.keyboard.press('Escape');
  await person.field(/./).first().focus();
  await page.keyboard.press('Control+Enter');
  await expect(person.node(sink)).toBeFocused();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.keyboard.press('Escape');
  await person.node(source).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeHidden();
  await expect(person.node(source)).not.toBeFocused();
});

test('arrows reach along the edges and select what lies before and behind', async ({ page }) => {
  const { person, source, sink } = await beginWithTwo(page);
  await person.node(source).click();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(person.node(sink)).toHaveAttribute('aria-pressed', 'true');
  await expect(person.node(source)).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await person.node(sink).click();
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect(person.node(source)).toHaveAttribute('aria-pressed', 'true');
  expect(person.complaints).toEqual([]);
});

test('an error stays, is read out at once, and offers the way out', async ({ page }) => {
  const person = await begin(page);
  await person.drag('Print', 560, 150);
  await page.keyboard.press('F5');
  const toast = page.locator('[data-toast="error"]');
  await expect(toast).toHaveAttribute('role', 'alert');
  await page.waitForTimeout(5000);
  await expect(toast).toBeVisible();
  await toast.getByRole('button', { name: 'Next problem' }).click();
  await expect(toast).toBeHidden();
  await expect(person.card('Print')).toHaveAttribute('aria-pressed', 'true');
  expect(person.complaints).toEqual([]);
});

test('without motion the page says so to everything that would move', async ({ page }) => {
  await begin(page);
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduce');
  await page.keyboard.press('Control+,');
  await settings(page).getByRole('radio', { name: 'With motion' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'full');
});
