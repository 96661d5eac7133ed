/** The first minutes: Start, the gallery, recent files, the tour, exports and comparing, on the real host and engine. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { Person } from './support/person.ts';
import { auditText } from './support/text-audit.ts';
import { expect, leave, test } from './support/watched-page.ts';

let host: RunningHost;

test.beforeEach(async () => {
  host = await startHost({ firstLaunch: true });
});

test.afterEach(({ context }) => leave(context, host));

const node = (id: string, type: string, config: object) => ({ id, type, label: id, config });
const edge = (id: string, from: string, to: string) => ({ id, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } });

const PIPELINE = {
  format: 'millrace-pipeline',
  version: 1,
  id: 'pipeline-start',
  name: 'numbers',
  job: {},
  nodes: [
    node('rows', 'collection-source', { schema: [{ name: 'n', type: 'BIGINT' }], rows: [{ n: 1 }, { n: 2 }] }),
    node('large', 'filter', { condition: 'n > 1' }),
    node('print', 'print-sink', {}),
    node('line', 'socket-sink', { address: '127.0.0.1:9' }),
  ],
  edges: [edge('e1', 'rows', 'large'), edge('e2', 'large', 'print'), edge('e3', 'large', 'line')],
  drawing: { positions: { rows: { x: 0, y: 0 }, large: { x: 297, y: 0 }, print: { x: 594, y: 0 }, line: { x: 594, y: 126 } } },
};

function put(name: string, document: object): string {
  const file = path.join(host.workspace, name);
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  return file;
}

async function openFile(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('button', { name: /^Open spec/ })).toBeVisible();
  await page.keyboard.press('Control+o');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).dblclick();
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible();
}

test('one click from Start to a template that runs with live edges', async ({ page }) => {
  const person = new Person(page);
  await page.goto(host.link);
  await expect(page.getByRole('heading', { name: 'Start from something that already runs' })).toBeVisible();
  expect(await auditText(page)).toEqual([]);
  const found = await new AxeBuilder({ page })
    .include('main')
    .include('aside')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(found.violations.map((violation) => violation.id)).toEqual([]);
  await page.getByRole('button', { name: 'Run Flight delays' }).click();
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('[data-run-rates]')).toHaveText(/in [1-9]/, { timeout: 20_000 });
  await page.getByRole('tab', { name: /^Start/ }).click();
  await expect(page.locator('[data-recent-state="running"]')).toHaveText(/running/);
  await page.locator('[data-recent]').getByRole('button').first().click();
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
  expect(person.complaints).toEqual([]);
});

test('the search is one key away, finds by any word and says when nothing matches', async ({ page }) => {
  await page.goto(host.link);
  const cards = page.locator('[data-template]');
  await expect(cards.first()).toBeVisible();
  const all = await cards.count();
  await page.keyboard.press('/');
  await page.keyboard.type('flight');
  await expect(cards).toHaveCount(1);
  await expect(page.locator('[data-template-group]')).toHaveCount(1);
  await page.getByLabel('Search templates').fill('merge sort');
  await expect(page.getByText('No template called “merge sort”')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(cards).toHaveCount(all);
});

test('recent files say how they stand and are taken off the list', async ({ page }) => {
  put('numbers.json', { ...PIPELINE, nodes: [...PIPELINE.nodes, node('open', 'filter', {})] });
  await page.goto(host.link);
  await openFile(page, 'numbers.json');
  await page.getByRole('tab', { name: /^Start/ }).click();
  const row = page.locator('[data-recent]');
  await expect(row.locator('[data-recent-state="problems"]')).toHaveText(/problem/);
  await row.hover();
  await row.getByRole('button', { name: /^Take numbers off/ }).click();
  await expect(row).toHaveCount(0);
});

test('the tour is walked and left by keyboard, is not offered twice and can be taken again', async ({ page }) => {
  await page.goto(host.link);
  await page.getByRole('button', { name: 'Take the tour' }).click();
  for (const stop of ['templates', 'nodes', 'canvas', 'inspector', 'run', 'details', 'find']) {
    await expect(page.locator('[data-tour]')).toHaveAttribute('data-tour', stop);
    await expect(page.locator('[data-tour]').getByRole('button').last()).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(page.locator('[data-tour]')).toHaveCount(0);
  await page.getByRole('tab', { name: /^Start/ }).click();
  await expect(page.getByRole('button', { name: 'Take the tour' })).toHaveCount(0);
  await page.waitForTimeout(1000);
  await page.reload();
  // Which tab was shown last may not have been kept yet.
  await page.getByRole('tab', { name: /^Start/ }).click();
  await expect(page.getByRole('button', { name: 'Short tour' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take the tour' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Short tour' }).click();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-tour]')).toHaveAttribute('data-tour', 'nodes');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-tour]')).toHaveCount(0);
});

test('an export says what is not possible, waits for a choice, and writes only then', async ({ page }) => {
  put('numbers.json', PIPELINE);
  await page.goto(host.link);
  await openFile(page, 'numbers.json');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-report-node="line"] [data-fate="unsupported"]')).toBeVisible();
  const write = dialog.getByRole('button', { name: 'Write numbers.sql' });
  await expect(write).toBeDisabled();
  await dialog.getByRole('button', { name: 'Leave out and continue' }).click();
  await expect(dialog.locator('[data-report-node="line"] [data-fate="left-out"]')).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'Preview of numbers.sql' })).toContainText('CREATE TEMPORARY');
  await write.click();
  await expect(dialog).toHaveCount(0);
  expect(readFileSync(path.join(host.workspace, 'numbers.sql'), 'utf8')).toContain('INSERT INTO');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog.getByText('Image', { exact: true }).click();
  await dialog.getByRole('radio', { name: 'PNG' }).click();
  await dialog.getByRole('button', { name: 'Write numbers.png' }).click();
  await expect(dialog).toHaveCount(0);
  expect([...readFileSync(path.join(host.workspace, 'numbers.png')).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog.getByText('Spec JSON', { exact: true }).first().click();
  await dialog.getByRole('button', { name: 'Write numbers.spec.json' }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog.getByText('Spec JSON', { exact: true }).first().click();
  await dialog.getByRole('button', { name: 'Write numbers.spec.json' }).click();
  await expect(dialog.getByRole('button', { name: 'Replace numbers.spec.json' })).toBeVisible();
});

test('a file that changed on disk is compared field by field, with the keyboard', async ({ page }) => {
  const file = put('numbers.json', PIPELINE);
  await page.goto(host.link);
  await openFile(page, 'numbers.json');
  const [rows, large, print] = PIPELINE.nodes;
  const changed = { ...large, label: 'Very large', config: { condition: 'n > 10' } };
  const added = node('hide', 'print-sink', {});
  const moved = { ...PIPELINE.drawing.positions, rows: { x: -90, y: 90 }, hide: { x: 594, y: 252 } };
  writeFileSync(
    file,
    JSON.stringify({
      ...PIPELINE,
      nodes: [rows, changed, print, added],
      edges: [...PIPELINE.edges.slice(0, 2), edge('e4', 'large', 'hide')],
      drawing: { positions: moved },
    }),
  );
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const differences = dialog.getByRole('option');
  await expect(differences).toHaveCount(5);
  await expect(differences.first()).toHaveAttribute('aria-selected', 'true');
  await expect(dialog.getByText('n > 10', { exact: true }).last()).toBeVisible();
  await expect(dialog.getByText('Very large', { exact: true }).last()).toBeVisible();
  expect(await differences.evaluateAll((items) => items.map((item) => item.getAttribute('data-change')))).toEqual([
    'changed',
    'added',
    'removed',
    'added',
    'removed',
  ]);
  await page.keyboard.press('ArrowDown');
  await expect(differences.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('F8');
  await expect(differences.nth(2)).toHaveAttribute('aria-selected', 'true');
  await dialog.getByRole('button', { name: 'Load it' }).click();
  await expect(page.locator('[data-node="hide"]')).toBeVisible();
});
