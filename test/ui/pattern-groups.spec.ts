/** Groups of steps of a pattern, drawn in the strip of steps by mouse and by keyboard on the in-memory host; what was done is read from the saved file. */
import type { Locator, Page } from '@playwright/test';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { SAMPLE_PATH } from './support/sample-pipeline.ts';
import { expect, test } from './support/watched-page.ts';

const steps = ['part', 'pack', 'seal', 'send'].map((name, at) => ({ name, condition: `amount = ${at + 1}`, follows: 'next' }));
const schema = [
  { name: 'card', type: 'STRING' },
  { name: 'amount', type: 'INT' },
  { name: 'at', type: 'TIMESTAMP(3)' },
];
const nodes = [
  { id: 'read', type: 'file-source', config: { path: 'in/*.ndjson', schema } },
  { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: '1 s' } } },
  { id: 'find', type: 'pattern', config: { keys: ['card'], steps, measures: [{ name: 'n', expression: 'COUNT(part.at)' }] } },
  { id: 'watch', type: 'preview-sink', config: {} },
];
const edges = nodes
  .slice(1)
  .map((node, at) => ({ id: `e${at}`, from: { node: nodes[at].id, port: 'out' }, to: { node: node.id, port: 'in' } }));
const positions = Object.fromEntries(nodes.map(({ id }, at) => [id, { x: 60 + at * 290, y: 120 }]));
const pipeline = { format: 'millrace-pipeline', version: 1, id: 'orders', name: 'orders', job: {}, nodes, edges, drawing: { positions } };

let served: ServedPage;

test.beforeAll(async () => {
  served = await serveMemoryPage();
});

test.afterAll(() => served.close());

async function open(page: Page): Promise<Person> {
  const person = new Person(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.addInitScript(
    ({ text, file }) => {
      if (sessionStorage.getItem('files') !== null) return;
      sessionStorage.setItem('files', JSON.stringify({ [file]: { text, modifiedMs: 1, hash: 'a' } }));
      const tabs = [{ kind: 'pipeline', path: file, documentId: '', name: '' }];
      sessionStorage.setItem('preferences', JSON.stringify({ theme: 'dark', language: 'en', tabs, activeTab: 0 }));
    },
    { text: JSON.stringify(pipeline), file: SAMPLE_PATH },
  );
  await page.goto(served.url);
  await person.node('find').click();
  return person;
}

const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' });
const advanced = (page: Page): Locator =>
  inspector(page)
    .locator('summary, button')
    .filter({ hasText: /^Advanced/ });
const strip = (page: Page): Locator => inspector(page).getByRole('toolbar', { name: 'Steps' });
const groups = (page: Page): Locator => inspector(page).locator('[data-field="groups"]');
const group = (page: Page, number: number): Locator => groups(page).getByRole('group', { name: `group ${number}`, exact: true });

async function pick(page: Page, number: number, label: string, step: string): Promise<void> {
  await group(page, number).getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: step, exact: true }).click();
}

/** What stands in the strip, brackets and marks included, links left out. */
async function drawn(page: Page): Promise<string> {
  const parts = await strip(page)
    .locator(':scope > span')
    .evaluateAll((elements) =>
      elements.map((element) =>
        [...element.children].map((child) => (child.getAttribute('aria-hidden') === 'true' ? '' : child.textContent)).join(''),
      ),
    );
  return parts.join(' ');
}

async function savedGroups(page: Page): Promise<unknown> {
  await page.keyboard.press('Control+s');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  const text = await page.evaluate((file) => JSON.parse(sessionStorage.getItem('files') ?? '{}')[file].text as string, SAMPLE_PATH);
  const saved = JSON.parse(text) as { readonly nodes: readonly { readonly id: string; readonly config: Record<string, unknown> }[] };
  return saved.nodes.find(({ id }) => id === 'find')?.config['groups'];
}

test('by mouse: a group of two steps, another within it, brackets and quantifiers in the strip', async ({ page }) => {
  const person = await open(page);
  await expect.poll(() => drawn(page)).toBe('part pack seal send');
  await advanced(page).click();
  await groups(page).getByRole('button', { name: 'Add' }).click();
  await pick(page, 1, 'From step', 'part');
  await pick(page, 1, 'To step', 'seal');
  await expect.poll(() => drawn(page)).toBe('(part pack seal)+ send');
  await groups(page).getByRole('button', { name: 'Add' }).click();
  await pick(page, 2, 'From step', 'pack');
  await pick(page, 2, 'To step', 'seal');
  await group(page, 2).getByRole('combobox', { name: 'How often' }).click();
  await page.getByRole('option', { name: 'once or not at all' }).click();
  await expect.poll(() => drawn(page)).toBe('(part (pack seal)?)+ send');
  // A step is opened in the strip; its brackets stay where they are.
  await strip(page).getByRole('button', { name: 'seal' }).click();
  await expect(inspector(page).getByRole('group', { name: 'step 3' })).toBeVisible();
  expect(await savedGroups(page)).toMatchObject([
    { first: 'part', last: 'seal' },
    { first: 'pack', last: 'seal', times: 'optional' },
  ]);
  await groups(page).getByRole('button', { name: 'Remove group 1' }).click();
  await expect.poll(() => drawn(page)).toBe('part (pack seal)? send');
  expect(person.complaints).toEqual([]);
});

test('by keyboard: drawn, a step moved out of its group is named', async ({ page }) => {
  const person = await open(page);
  await advanced(page).focus();
  await page.keyboard.press('Enter');
  await groups(page).getByRole('button', { name: 'Add' }).press('Enter');
  await group(page, 1).getByLabel('From step').focus();
  // What is typed picks the step of that name.
  await page.keyboard.type('pack');
  await page.keyboard.press('Tab');
  await page.keyboard.type('seal');
  await page.keyboard.press('Tab');
  await expect.poll(() => drawn(page)).toBe('part (pack seal)+ send');
  // The arrows go from step to step, Alt with them takes the step along.
  await strip(page).getByRole('button', { name: 'part' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(strip(page).getByRole('button', { name: 'pack' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => drawn(page)).toBe('(pack part seal)+ send');
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => drawn(page)).toBe('part (pack seal)+ send');
  await strip(page).getByRole('button', { name: 'seal' }).click();
  await inspector(page).getByRole('group', { name: 'step 3' }).getByLabel('Name').fill('sealed');
  await expect(groups(page).locator('[data-problem]').first()).toContainText('seal');
  await expect.poll(() => drawn(page)).toBe('part pack sealed send');
  expect(person.complaints).toEqual([]);
});
