/** Drawing by mouse and keyboard on the in-memory host: dragging, wiring with reasons, undo, saving, drafts, languages and themes. */

import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { expect, test } from './support/watched-page.ts';

let served: ServedPage;

test.beforeAll(async () => {
  served = await serveMemoryPage();
});

test.afterAll(() => served.close());

async function begin(page: import('@playwright/test').Page): Promise<Person> {
  const person = new Person(page);
  await page.goto(served.url);
  await expect(page.getByText('Nothing flows yet')).toBeVisible();
  return person;
}

test('a node dragged from the palette can be undone, redone and deleted by key with its edge', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 160, 150);
  const sink = await person.drag('Print', 560, 150);
  await person.wire(`${source}/out`, `${sink}/in`);
  await person.edgeCount(1);
  await page.keyboard.press('Control+z');
  await person.edgeCount(0);
  await page.keyboard.press('Control+Shift+z');
  await person.edgeCount(1);
  await person.node(sink).click();
  await page.keyboard.press('Delete');
  await expect(person.node(sink)).toHaveCount(0);
  await person.edgeCount(0);
  await page.keyboard.press('Control+z');
  await person.edgeCount(1);
  expect(person.complaints).toEqual([]);
});

test('a connection that does not fit says why before the drop and makes no edge', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 160, 150);
  const window = await person.drag('Tumbling window', 560, 150);
  await person.wire(`${source}/out`, `${window}/in`, true);
  await expect(page.getByText('needs event time')).toBeVisible();
  await page.mouse.up();
  await person.edgeCount(0);
  await expect(page.getByText('needs event time')).toBeHidden();
  expect(person.complaints).toEqual([]);
});

test('an edge dropped on nothing offers what fits, and adds node and edge as one step', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 160, 150);
  const start = await person.centre(page.locator(`[data-port="${source}/out"]`));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 160, start.y + 120, { steps: 6 });
  await page.mouse.up();
  const dialog = page.getByRole('dialog', { name: 'Add a node' });
  await expect(dialog).toBeVisible();
  await page.keyboard.type('filt');
  await page.keyboard.press('Enter');
  await expect(person.card('Filter')).toBeVisible();
  await person.edgeCount(1);
  await page.keyboard.press('Control+z');
  await expect(person.card('Filter')).toHaveCount(0);
  await person.edgeCount(0);
});

test('nodes are copied as text and pasted under the pointer; a double click adds where it was made', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const person = await begin(page);
  const source = await person.drag('Generator', 160, 150);
  const sink = await person.drag('Print', 560, 150);
  await person.wire(`${source}/out`, `${sink}/in`);
  await person.node(sink).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  const canvas = await person.canvas.boundingBox();
  await page.mouse.move((canvas?.x ?? 0) + 400, (canvas?.y ?? 0) + 400);
  await page.keyboard.press('Control+v');
  await person.edgeCount(2);
  await expect(person.card('Generator')).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(person.card('Generator')).toHaveCount(1);
  await page.mouse.dblclick((canvas?.x ?? 0) + 300, (canvas?.y ?? 0) + 420);
  await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeHidden();
  expect(person.complaints).toEqual([]);
});

test('the keyboard adds, connects, names and moves nodes', async ({ page }) => {
  const person = await begin(page);
  await person.canvas
    .getByRole('group', { name: /canvas$/ })
    .first()
    .focus();
  await page.keyboard.press('Insert');
  await page.keyboard.type('generator');
  await page.keyboard.press('Enter');
  await expect(person.card('Generator')).toBeFocused();
  await page.keyboard.press('Insert');
  await page.keyboard.type('print');
  await page.keyboard.press('Enter');
  await expect(person.card('Print')).toBeFocused();
  await person.edgeCount(1);
  const before = await person.card('Print').boundingBox();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await person.card('Print').boundingBox())?.y).toBe((before?.y ?? 0) + 18);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await person.card('Print').boundingBox())?.y).toBe(before?.y);
  await page.keyboard.press('F2');
  await page.keyboard.type('Console');
  await page.keyboard.press('Enter');
  await expect(person.card('Console')).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(person.card('Generator')).toBeFocused();
  expect(person.complaints).toEqual([]);
});

test('a typed expression shows its type, and a wrong one its error in place', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 160, 150);
  const filter = await person.drag('Filter', 560, 150);
  await person.wire(`${source}/out`, `${filter}/in`);
  await person.node(filter).click();
  const condition = person.field('Keep rows where');
  await condition.fill('id > 10 AND nothing = 1');
  await expect(page.locator('[data-field="condition"] [data-problem]')).toContainText('nothing');
  await condition.fill('id > 10');
  await expect(page.locator('[data-expression-type]')).toHaveText(/BOOLEAN/);
  await page.keyboard.press('F8');
});

test('saving asks for a name once, then writes the file; a change by another program is noticed', async ({ page }) => {
  const person = await begin(page);
  await person.drag('Generator', 160, 150);
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Save the pipeline' });
  await dialog.getByLabel('File name').fill('first');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  const saved = await page.evaluate(() => JSON.parse(sessionStorage.getItem('files') ?? '{}')['/home/millrace/first.json']?.text);
  expect(JSON.parse(saved)).toMatchObject({ format: 'millrace-pipeline', name: 'first', nodes: [{ type: 'generator-source' }] });
  await page.evaluate(() => {
    const files = JSON.parse(sessionStorage.getItem('files') ?? '{}');
    files['/home/millrace/first.json'].hash = 'another';
    sessionStorage.setItem('files', JSON.stringify(files));
  });
  await person.drag('Print', 560, 150);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('dialog', { name: 'first.json changed on disk' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine and save' }).click();
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  expect(person.complaints).toEqual([]);
});

test('unsaved work is there again after a reload, and asked about after the end of Millrace', async ({ page }) => {
  const person = await begin(page);
  await person.drag('Generator', 160, 150);
  await page.keyboard.press('Control+s');
  await page.getByLabel('File name').fill('draft-test');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await person.drag('Print', 560, 150);
  await expect(page.locator('[data-save-state="kept"]')).toBeVisible();
  await page.waitForTimeout(500);
  await page.reload();
  await expect(person.card('Print')).toBeVisible();
  await expect(page.locator('[data-save-state="kept"]')).toBeVisible();
  await page.evaluate(() => sessionStorage.setItem('launch', 'another'));
  await page.reload();
  const dialog = page.getByRole('dialog', { name: 'Unsaved work was kept' });
  await expect(dialog.getByText('1 edit newer than the saved file')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(person.card('Print')).toBeVisible();
  await expect(page.locator('[data-save-state="kept"]')).toBeVisible();
});

test('language and theme change at once and are remembered', async ({ page }) => {
  const person = await begin(page);
  await page.getByRole('button', { name: 'Switch to dark' }).click();
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemcheckbox', { name: '中文' }).click();
  await expect(page.getByText('还没有数据流动')).toBeVisible();
  await page.waitForTimeout(500);
  await page.reload();
  await expect(page.getByText('还没有数据流动')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await person.drag('生成器', 160, 150);
  expect(person.complaints).toEqual([]);
});

test('a running pipeline shows rates, rows of an edge and checkpoints, and survives a reload', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 160, 150);
  const sink = await person.drag('Print', 560, 150);
  await person.wire(`${source}/out`, `${sink}/in`);
  await page.keyboard.press('Control+s');
  await page.getByLabel('File name').fill('running');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
  await expect(page.locator('[data-run-rates]')).toHaveText(/in \d+(\.\d)?k\/s/);
  await page.waitForTimeout(500);
  await page.reload();
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
  await expect(page.locator('[data-run-rates]')).toHaveText(/in \d+(\.\d)?k\/s/);
  await page.getByRole('button', { name: 'Show the dock' }).click();
  await page.getByRole('tab', { name: 'Data' }).click();
  await page.getByRole('combobox', { name: 'Edge' }).click();
  await page.getByRole('option').first().click();
  await expect(page.getByRole('grid', { name: 'Newest rows' })).toHaveAttribute('aria-rowcount', '21');
  await page.getByRole('tab', { name: 'Checkpoints' }).click();
  await expect(page.locator('[data-checkpoint="1"][data-status="complete"]')).toBeVisible();
  await page.getByRole('button', { name: 'Stop and keep state' }).click();
  await expect(page.locator('[data-run-phase="stopped"]')).toBeVisible();
  expect(person.complaints).toEqual([]);
});
