/** What hands expect around the canvas: settings, checks, ways to stop, files and tabs, the palette, panels, the system's looks. */
import type { Page } from '@playwright/test';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { cardPipeline } from './support/card-pipeline.ts';
import { beginWith, savedFile } from './support/memory-designer.ts';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { expect, test } from './support/watched-page.ts';

let served: ServedPage;

test.beforeAll(async () => {
  served = await serveMemoryPage();
});
test.afterAll(() => served.close());

const other = { ...cardPipeline, id: 'pipeline-other', name: 'other' };
const open = (page: Page): Promise<Person> => beginWith(page, served.url, { 'cards.json': cardPipeline, 'other.json': other });
const saved = (page: Page): Promise<PipelineDocument> => savedFile(page, 'cards');
const configOf = (document: PipelineDocument, id: string) => document.nodes.find((node) => node.id === id)?.config;
const tab = (page: Page, name: string) =>
  page.getByRole('tablist', { name: 'Open files' }).getByRole('tab', { name: new RegExp(`^${name}`) });

test('one click selects, a second Enter or a double click opens the form; Ctrl Enter keeps what was typed, Esc takes it back', async ({
  page,
}) => {
  const person = await open(page);
  const size = person.field('Window size');
  await person.node('window').click();
  await expect(size).toBeVisible();
  await expect(person.node('window')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(person.node('window')).not.toBeFocused();
  await expect(page.locator('[data-form] :focus')).toHaveCount(1);
  await person.node('window').focus();
  await person.node('window').dblclick();
  await expect(page.locator('[data-form] :focus')).toHaveCount(1);
  await size.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('25 s');
  await page.keyboard.press('Control+Enter');
  await expect(person.node('window')).toBeFocused();
  expect(configOf(await saved(page), 'window')).toMatchObject({ size: '25 s' });
  await page.waitForTimeout(1100);
  await size.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('99 h');
  await page.keyboard.press('Escape');
  await expect(person.node('window')).toBeFocused();
  expect(configOf(await saved(page), 'window')).toMatchObject({ size: '25 s' });
  const name = person.field('Name');
  await name.click();
  await page.keyboard.type(' and more');
  await page.keyboard.press('Escape');
  expect((await saved(page)).nodes.find((node) => node.id === 'window')?.label).toBe('Per card');
  expect(person.complaints).toEqual([]);
});

test('what is wrong stands at the field, on the node and in the list at once, and a draft with it can be saved', async ({ page }) => {
  const person = await open(page);
  await person.node('large').click();
  await person.field('Keep rows where').fill('amount >= nothing');
  await expect(page.locator('[data-field="condition"] [data-problem]')).toContainText('nothing');
  await expect(person.field('Keep rows where')).toHaveAccessibleDescription(/^There is no column nothing; .*Flink SQL\. A row is kept/);
  const listed = page.getByRole('list', { name: 'Problems' }).getByRole('listitem');
  await expect(listed.first()).toContainText('Keep rows where');
  await expect(person.node('large')).toHaveAccessibleName(/1 problem/);
  await expect(page.locator('[data-card="large"]')).toContainText('1');
  await expect(page.locator('[data-live-problems]')).toContainText('1 problem');
  expect(configOf(await saved(page), 'large')).toEqual({ condition: 'amount >= nothing' });
  await page.getByRole('list', { name: 'Problems' }).getByRole('listitem').last().getByRole('button').first().click();
  await expect(person.node('large')).toHaveAttribute('aria-pressed', 'true');
  await person.field('Keep rows where').fill('amount >= 1');
  await expect(page.locator('[data-live-problems]')).toContainText('No problems');
  await expect(person.field('Keep rows where')).toHaveAccessibleDescription(/^Flink SQL\. A row is kept/);
  expect(person.complaints).toEqual([]);
});

test('one primary way to stop keeps the state; the others are named by what they do, and discarding asks', async ({ page }) => {
  const person = await open(page);
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop and keep state' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Other ways to stop' }).click();
  await expect(page.getByRole('menuitem')).toHaveCount(3);
  await expect(page.getByRole('menuitem', { name: /^Drain and stop/ })).toContainText('Lets every window fire first');
  await page.getByRole('menuitem', { name: /^Stop and discard state/ }).click();
  const question = page.getByRole('dialog', { name: 'Discard the state of this run?' });
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
  await page.getByRole('button', { name: 'Other ways to stop' }).click();
  await page.getByRole('menuitem', { name: /^Stop and discard state/ }).click();
  await question.getByRole('button', { name: 'Stop and discard' }).click();
  await expect(page.locator('[data-run-phase="stopped"]')).toBeVisible();
  expect(person.complaints).toEqual([]);
});

test('files by keys: new, next tab, close with a question, save as; a move changes nothing but the drawing in the file', async ({
  page,
}) => {
  const person = await open(page);
  const before = await saved(page);
  await person.node('print').click();
  await page.keyboard.press('Control+ArrowDown');
  await expect(tab(page, 'cards')).toContainText('unsaved');
  const { drawing: moved, ...logic } = await saved(page);
  const { drawing: first, ...firstLogic } = before;
  expect(logic).toEqual(firstLogic);
  expect(moved.positions['print']).toEqual({ x: first.positions['print'].x, y: first.positions['print'].y + 54 });
  await page.keyboard.press('Alt+PageDown');
  await expect(tab(page, 'other')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Alt+PageUp');
  await expect(tab(page, 'cards')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+Alt+n');
  await expect(page.getByRole('tablist', { name: 'Open files' }).getByRole('tab')).toHaveCount(3);
  await person.drag('Generator', 200, 200);
  await page.keyboard.press('Alt+w');
  const question = page.getByRole('dialog', { name: /^Save changes to/ });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: /^Do not save/ }).click();
  await expect(page.getByRole('tablist', { name: 'Open files' }).getByRole('tab')).toHaveCount(2);
  expect(person.complaints).toEqual([]);
});

test('the command palette goes to files too', async ({ page }) => {
  const person = await open(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('other');
  await page
    .getByRole('dialog', { name: 'Command palette' })
    .getByRole('option', { name: /other\.json/ })
    .click();
  await expect(tab(page, 'other')).toHaveAttribute('aria-selected', 'true');
  expect(person.complaints).toEqual([]);
});

test('buttons name their key in a tip, by pointer and by focus', async ({ page }) => {
  const person = await open(page);
  await page.getByRole('button', { name: 'Zoom in' }).hover();
  await expect(page.getByRole('tooltip', { name: /Zoom in/ })).toContainText('+');
  await page.mouse.move(600, 300);
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button').first().focus();
  for (let step = 0; step < 4; step++) await page.keyboard.press('Tab');
  await expect(page.getByRole('tooltip')).toContainText('?');
  expect(person.complaints).toEqual([]);
});

test('side panel and dock fold away and stay so for this project', async ({ page }) => {
  const person = await open(page);
  const nodes = page.getByRole('complementary', { name: 'Nodes' });
  const problems = page.getByRole('tabpanel', { name: /^Problems/ });
  await expect(nodes).toBeVisible();
  await expect(problems).toBeVisible();
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Nodes' }).click();
  await expect(nodes).toBeHidden();
  await page.keyboard.press('Control+`');
  await expect(problems).toBeHidden();
  await page.waitForTimeout(800);
  await page.reload();
  await expect(person.node('large')).toBeVisible();
  await expect(nodes).toBeHidden();
  await expect(problems).toBeHidden();
  expect(person.complaints).toEqual([]);
});

test.describe('a system in Chinese and dark', () => {
  test.use({ locale: 'zh-CN', colorScheme: 'dark' });

  test('is followed at the first start, by language and theme, and later by theme', async ({ page }) => {
    const person = new Person(page);
    await page.goto(served.url);
    await expect(page.getByText('还没有数据流动')).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    expect(person.complaints).toEqual([]);
  });
});
