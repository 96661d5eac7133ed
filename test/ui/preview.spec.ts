/** Rows over a sample while editing, on the real engine: in and out side by side, failures, freshness, copying, stale marks, problems and their fixes. */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

const ROWS = Array.from({ length: 40 }, (_row, n) => ({
  id: n,
  kind: n % 4 === 3 ? 'refund' : 'purchase',
  amount: n % 10,
  note: n % 2 === 0 ? '' : ' late ',
}));

const DOCUMENT = {
  format: 'millrace-pipeline',
  version: 1,
  id: 'cards',
  name: 'Cards',
  job: {},
  nodes: [
    {
      id: 'cards',
      type: 'collection-source',
      label: 'Cards',
      config: {
        schema: ['id BIGINT', 'kind STRING', 'amount BIGINT', 'note STRING'].map((column) => ({
          name: column.split(' ')[0],
          type: column.split(' ')[1],
        })),
        rows: ROWS,
        rowsPerSecond: 1,
      },
    },
    { id: 'purchases', type: 'filter', label: 'Purchases', config: { condition: "kind = 'purchase'" } },
    { id: 'share', type: 'select', label: 'Share', config: { keep: 'all', columns: [{ name: 'share', expression: '100 / amount' }] } },
    { id: 'files', type: 'file-sink', label: 'Files', config: { path: 'out', format: 'ndjson' } },
  ],
  edges: [
    ['cards', 'purchases'],
    ['purchases', 'share'],
    ['share', 'files'],
  ].map(([from, to], index) => ({ id: `e${index}`, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } })),
  drawing: { positions: { cards: { x: 0, y: 0 }, purchases: { x: 290, y: 0 }, share: { x: 0, y: 120 }, files: { x: 290, y: 120 } } },
};

let host: RunningHost;

test.beforeEach(async () => {
  host = await startHost();
});
test.afterEach(({ context }) => leave(context, host));

async function open(page: Page, document: object = DOCUMENT): Promise<Person> {
  writeFileSync(path.join(host.workspace, 'cards.json'), JSON.stringify(document));
  const person = new Person(page);
  await page.goto(host.link);
  await expect(person.canvas).toBeVisible();
  await page.keyboard.press('Control+o');
  await page.getByRole('dialog').getByText('cards.json').dblclick();
  await expect(person.node('purchases')).toBeVisible();
  return person;
}

function grid(page: Page, name: string | RegExp): Locator {
  return page.getByRole('grid', { name });
}

test('rows in and out of a node, what it left behind, and nothing written', async ({ page }) => {
  const person = await open(page);
  await person.node('purchases').click();
  await page.keyboard.press('p');
  await expect(grid(page, 'Rows into Purchases')).toHaveAttribute('aria-rowcount', '41');
  await expect(grid(page, 'Out of Purchases')).toHaveAttribute('aria-rowcount', '31');
  await expect(page.getByText('30 kept, 10 left behind')).toBeVisible();
  await expect(grid(page, 'Rows into Purchases').locator('[data-look="faint"]').first()).toContainText('refund');
  await person.node('files').click();
  await expect(page.getByText(/not written in a preview/)).toBeVisible();
  expect(readdirSync(host.workspace)).toEqual(['cards.json']);
  expect(person.complaints).toEqual([]);
});

test('a row that fails is shown where it went in, with the message, and new columns are marked', async ({ page }) => {
  const person = await open(page);
  await person.node('share').click();
  await page.keyboard.press('p');
  await expect(page.getByText('26 kept, 4 fail')).toBeVisible();
  await expect(grid(page, 'Out of Share').locator('[data-mark="new"]')).toContainText('share');
  await page.getByRole('button', { name: 'show row 1' }).click();
  const record = page.getByRole('region', { name: 'Whole record' });
  await expect(record).toContainText(/division by zero/i);
  await expect(record).toContainText('empty');
  await page.keyboard.press('Escape');
  expect(person.complaints).toEqual([]);
});

test('an edit brings other rows; arrow keys, Enter and copying work', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const person = await open(page);
  await person.node('purchases').click();
  await page.keyboard.press('p');
  await expect(grid(page, 'Out of Purchases')).toHaveAttribute('aria-rowcount', '31');
  await page.keyboard.press('d');
  await expect(grid(page, 'Out of Purchases')).toHaveAttribute('aria-rowcount', '41');
  await page.keyboard.press('Control+z');
  await expect(grid(page, 'Out of Purchases')).toHaveAttribute('aria-rowcount', '31');
  const out = grid(page, 'Out of Purchases');
  await out.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('38');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Whole record' })).toContainText('Row 30');
  await page.getByRole('button', { name: 'Copy JSON' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('{"id":38,"kind":"purchase","amount":8,"note":""}');
  expect(person.complaints).toEqual([]);
});

test('cards downstream of an edit during a run are stale, and there is a way back', async ({ page }) => {
  const person = await open(page);
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
  await expect(page.locator('[data-stale]')).toHaveCount(0);
  await person.node('purchases').click();
  await page.keyboard.press('d');
  await expect(page.locator('[data-stale]')).toHaveCount(3);
  await page.getByRole('button', { name: '3 nodes stale' }).click();
  await page.getByRole('menuitem', { name: /Take the edits back/ }).click();
  await expect(page.locator('[data-stale]')).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

test('from a problem to fixed in one click, and by keys from one to the next', async ({ page }) => {
  const nodes = DOCUMENT.nodes.map((node) => (node.id === 'purchases' ? { ...node, config: { condition: "kid = 'purchase'" } } : node));
  const person = await open(page, { ...DOCUMENT, nodes });
  await page.keyboard.press('F8');
  await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem').first()).toContainText('MR3012');
  await page.getByRole('button', { name: 'Use kind' }).first().click();
  await expect(page.getByText('This pipeline can run.')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  expect(person.complaints).toEqual([]);
});
