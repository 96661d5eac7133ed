/** What is kept of runs: how they ended, their drawing as it was, their log tied to nodes; over the end of engine and host. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { Person } from './support/person.ts';

const SCHEMA = [
  { name: 'id', type: 'BIGINT' },
  { name: 'kind', type: 'STRING' },
];

let host: RunningHost | null = null;

test.afterEach(async () => {
  await host?.stop();
  host = null;
});

interface NodeJson {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly config: object;
  /** Id of the node before it. */
  readonly after?: string;
}

const GENERATOR: NodeJson = {
  id: 'source',
  type: 'generator-source',
  label: 'Numbers',
  config: { schema: SCHEMA, rules: [], timeColumn: null, rowsPerSecond: 100 },
};
const FILTER: NodeJson = { id: 'even', type: 'filter', label: 'Even ones', config: { condition: 'MOD(id, 2) = 0' }, after: 'source' };
const WATCH: NodeJson = { id: 'watch', type: 'preview-sink', label: 'Watch', config: {}, after: 'even' };

function writePipeline(file: string, nodes: readonly NodeJson[]): void {
  const edges = nodes.flatMap(({ id, after }) =>
    after === undefined ? [] : [{ id: `e-${id}`, from: { node: after, port: 'out' }, to: { node: id, port: 'in' } }],
  );
  const positions = Object.fromEntries(
    nodes.map((node, index) => [node.id, { x: 60 + (index % 3) * 290, y: 40 + Math.floor(index / 3) * 130 }]),
  );
  const document = {
    format: 'millrace-pipeline',
    version: 1,
    id: 'work',
    name: 'work',
    job: { checkpointInterval: '1 s' },
    nodes: nodes.map(({ after: _after, ...node }) => node),
    edges,
    drawing: { positions },
  };
  writeFileSync(file, JSON.stringify(document));
}

async function begin(page: Page, nodes: readonly NodeJson[], files: Readonly<Record<string, string>> = {}): Promise<Person> {
  host = await startHost({ tabs: ['work.json'] });
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(host.workspace, name), content);
  writePipeline(path.join(host.workspace, 'work.json'), nodes);
  return openPage(page, host);
}

async function openPage(page: Page, { link }: RunningHost): Promise<Person> {
  const person = new Person(page);
  await page.goto(link);
  await expect(person.node('source')).toBeVisible();
  return person;
}

async function run(page: Page): Promise<void> {
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
}

async function openRuns(page: Page): Promise<Locator> {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Runs' }).click();
  const table = page.getByRole('table', { name: 'Runs' });
  await expect(table).toBeVisible();
  return table.locator('[data-run]');
}

async function firstCheckpoint(page: Page): Promise<void> {
  const complete = page.locator('[data-mark][data-kind="checkpoint"][data-status="complete"]');
  await expect(complete.first()).toBeVisible({ timeout: 20_000 });
}

test('a run whose engine is killed goes on, is kept with its figures, and its drawing is opened and compared as it was', async ({
  page,
}) => {
  const person = await begin(page, [GENERATOR, FILTER, WATCH]);
  await run(page);
  await firstCheckpoint(page);
  await page.locator('[data-engine-state]').hover();
  const told = await page.getByRole('tooltip').filter({ hasText: 'process' }).innerText();
  process.kill(Number(/\d+/.exec(told)?.[0]), 'SIGKILL');
  await page.mouse.move(700, 400);
  await expect(page.locator('[data-engine-state="ready"]')).toContainText('1 restart', { timeout: 30_000 });
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 30_000 });
  await firstCheckpoint(page);
  await page.keyboard.press('Shift+F5');
  await expect(page.locator('[data-run-phase="stopped"]')).toBeVisible({ timeout: 20_000 });

  const rows = await openRuns(page);
  await expect(rows).toHaveCount(1);
  await expect(rows.locator('[data-outcome="stopped"]')).toBeVisible();
  const detail = page.locator('[data-run-detail]');
  await expect(detail).toContainText('0 after failures, 1 after the engine ended');
  await expect(detail.locator('[data-node-figures="even"]')).toContainText(/Even ones\s*\d/);
  await expect(detail.getByRole('button', { name: /^Run from savepoint #\d+$/ })).toBeVisible();
  await detail.getByRole('button', { name: 'Its log' }).click();
  await expect(page.locator('[data-log-code="engine-died"]')).toBeVisible();
  await expect(page.locator('[data-log-code="run-stopped"]')).toBeVisible();

  await person.node('even').click();
  await page.keyboard.press('Delete');
  await expect(person.node('even')).toHaveCount(0);
  await openRuns(page);
  await page.getByRole('button', { name: 'Compare with now' }).click();
  await expect(page.getByRole('dialog').locator('[data-count="removed"]')).toContainText('3');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open as it was' }).click();
  await expect(page.getByRole('tab', { name: /^work \(/ })).toHaveAttribute('aria-selected', 'true');
  await expect(person.node('even')).toBeVisible();
  await page.reload();
  await expect(person.node('even')).toBeVisible();
  expect(person.complaints.filter((complaint) => !complaint.includes('WebSocket'))).toEqual([]);
});

const SOURCE_CONFIG = { schema: SCHEMA, format: 'ndjson' };
const LOGGED: readonly NodeJson[] = [
  { id: 'source', type: 'file-source', label: 'Orders', config: { ...SOURCE_CONFIG, path: 'orders.ndjson', badLines: 'skip' } },
  { id: 'shown', type: 'preview-sink', label: 'Shown', config: {}, after: 'source' },
  {
    id: 'slow',
    type: 'file-source',
    label: 'Payments',
    config: { ...SOURCE_CONFIG, path: 'payments.ndjson', badLines: 'fail', rowsPerSecond: 20 },
  },
  { id: 'paid', type: 'preview-sink', label: 'Paid', config: {}, after: 'slow' },
];

function lines(count: number, badLine: number): string {
  return Array.from({ length: count }, (_, index) => (index + 1 === badLine ? 'not json' : `{"id":${index},"kind":"k"}`)).join('\n');
}

test('a failure leads from the card to the log, which is filtered by node, level and words; a click shows the node', async ({ page }) => {
  const person = await begin(page, LOGGED, { 'orders.ndjson': lines(50, 7), 'payments.ndjson': lines(200, 30) });
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="failed"]')).toBeVisible({ timeout: 30_000 });
  await page.locator('[data-failed="slow"]').click();
  const entries = page.getByRole('list', { name: 'Logs' }).locator('[data-log-code]');
  const failure = page.locator('[data-log-code="MR4001"]');
  await expect(failure).toHaveAttribute('aria-current', 'true');
  await expect(failure).toContainText('payments.ndjson, line 30');
  await expect(page.getByRole('combobox', { name: 'Node' })).toContainText('Payments');

  await person.node('source').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Logs of this node' }).click();
  await expect(failure).toHaveCount(0);
  await expect(page.locator('[data-log-code="bad-line"]')).toContainText('orders.ndjson, line 7');
  expect(await entries.evaluateAll((found) => [...new Set(found.map((entry) => entry.getAttribute('data-log-node')))])).toEqual(['source']);
  await page.getByRole('combobox', { name: 'Node' }).click();
  await page.getByRole('option', { name: 'All nodes' }).click();
  await page.getByRole('radio', { name: /^Errors/ }).click();
  await expect(entries).toHaveCount(2);
  await page.getByRole('radio', { name: /^Warnings/ }).click();
  await page.getByRole('textbox', { name: 'Search the log' }).fill('LINE 7');
  await expect(entries).toHaveCount(1);
  await page.keyboard.press('Escape');
  await entries.getByRole('button', { name: /orders\.ndjson/ }).click();
  await expect(person.node('source')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-node-log="bad-lines"]')).toContainText('lines that could not be read so far: 1');

  await openRuns(page);
  await expect(page.locator('[data-run-error="MR4001"]')).toContainText('line 30');
  await page.getByRole('button', { name: 'Show Payments' }).click();
  await expect(person.node('slow')).toHaveAttribute('aria-pressed', 'true');
  expect(person.complaints).toEqual([]);
});

test('runs are there after the end of the host: one that was going was interrupted and goes on, a damaged one is told', async ({
  page,
}) => {
  await begin(page, [{ ...GENERATOR, config: { ...GENERATOR.config, count: 100, rowsPerSecond: null } }, FILTER, WATCH]);
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="finished"]')).toBeVisible({ timeout: 30_000 });
  const first = host;
  if (first === null) throw new Error('there is no host');
  writePipeline(path.join(first.workspace, 'work.json'), [GENERATOR, FILTER, WATCH]);
  await page.getByRole('button', { name: 'Load it' }).click();
  await expect(page.getByRole('button', { name: 'Load it' })).toHaveCount(0);
  // Behind its end a pipeline begins anew.
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
  await firstCheckpoint(page);
  await first.kill();
  damageOldest(first.workspace);

  host = await startHost({ directory: first.directory });
  const person = await openPage(page, host);
  const rows = await openRuns(page);
  await expect(rows).toHaveCount(1);
  await expect(rows.locator('[data-outcome="interrupted"]')).toBeVisible();
  await expect(page.locator('[data-damaged]')).toContainText('its checksum does not fit its content');
  await page.getByRole('button', { name: /^Run from checkpoint #\d+$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore from here' }).click();
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 30_000 });
  await openRuns(page);
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(/running.*checkpoint #\d+/);
  expect(person.complaints.filter((complaint) => !complaint.includes('WebSocket'))).toEqual([]);
});

function damageOldest(workspace: string): void {
  const folder = path.join(workspace, '.millrace', 'work', 'runs');
  const [oldest = ''] = readdirSync(folder).sort();
  const file = path.join(folder, oldest, 'run');
  const bytes = readFileSync(file);
  bytes[bytes.length - 20] ^= 1;
  writeFileSync(file, bytes);
}
