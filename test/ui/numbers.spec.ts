/** The numbers on the page are those of the command line: rows of nodes and edges, late and unreadable rows, the rows that windows gave. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { NodeMetrics, RunMetrics } from '../../engine/host/contract.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { Person } from './support/person.ts';

interface WindowRow {
  readonly window_end: string;
}

const START_MS = Date.UTC(2026, 0, 1, 12);
const ROWS = 600;
const EDGES = [
  ['source', 'out', 'time'],
  ['time', 'out', 'large'],
  ['large', 'out', 'window'],
  ['window', 'out', 'watch'],
  ['window', 'late', 'late'],
] as const;

let host: RunningHost;

test.setTimeout(120_000);

test.beforeEach(async () => {
  host = await startHost({ tabs: ['payments.json'] });
});

test.afterEach(() => host.stop());

/** Five rows a second of event time; some far behind, some that are no rows at all. */
function writePipeline(): string {
  const lines = Array.from({ length: ROWS }, (_, index) => {
    if (index % 83 === 40) return '{"card": "card-1", "amount":';
    const atMs = START_MS + index * 200 - (index % 29 === 17 ? 40_000 : 0);
    return JSON.stringify({ card: `card-${index % 7}`, amount: index, ts: new Date(atMs).toISOString().slice(0, 23).replace('T', ' ') });
  });
  writeFileSync(path.join(host.workspace, 'payments.ndjson'), `${lines.join('\n')}\n`);
  const schema = [
    { name: 'card', type: 'STRING' },
    { name: 'amount', type: 'BIGINT' },
    { name: 'ts', type: 'TIMESTAMP(3)' },
  ];
  const aggregates = [{ name: 'total', expression: 'SUM(amount)' }];
  const window = { window: 'tumbling', size: '10 s', keys: ['card'], aggregates, lateRows: 'late-output' };
  const nodes = [
    {
      id: 'source',
      type: 'file-source',
      label: 'Payments',
      config: { path: 'payments.ndjson', schema, badLines: 'skip', rowsPerSecond: 150 },
    },
    { id: 'time', type: 'watermark', label: 'Event time', config: { time: { column: 'ts', delay: '2 s' } } },
    { id: 'large', type: 'filter', label: 'Large', config: { condition: 'MOD(amount, 5) <> 3' } },
    { id: 'window', type: 'window-aggregate', label: 'Per card', config: window },
    { id: 'watch', type: 'preview-sink', label: 'Watch', config: { rowsMax: 1000 } },
    { id: 'late', type: 'file-sink', label: 'Late payments', config: { path: 'out/late' } },
  ];
  const file = path.join(host.workspace, 'payments.json');
  const edges = EDGES.map(([node, port, to], index) => ({ id: `e${index}`, from: { node, port }, to: { node: to, port: 'in' } }));
  const positions = Object.fromEntries(
    nodes.map((node, index) => [node.id, { x: Math.min(index, 4) * 300, y: index === 5 ? 200 : index * 120 }]),
  );
  writeFileSync(
    file,
    JSON.stringify({
      format: 'millrace-pipeline',
      version: 1,
      id: 'payments',
      name: 'payments',
      job: {},
      nodes,
      edges,
      drawing: { positions },
    }),
  );
  return file;
}

interface CommandLine {
  readonly metrics: RunMetrics;
  readonly rows: readonly WindowRow[];
}

function runByCommandLine(file: string): CommandLine {
  const parts = ['run', file, '--json', '--restore', 'none', '--set', 'source.rowsPerSecond=null', '--checkpoints'];
  const cli = [path.join(REPOSITORY, 'build/engine/cli.cjs'), ...parts, path.join(host.workspace, 'kept')];
  const events = execFileSync(process.execPath, cli, { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 })
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { event: string; metrics?: RunMetrics; nodeId?: string; rows?: readonly string[] });
  const metrics = events.flatMap((event) => event.metrics ?? []).at(-1);
  if (metrics === undefined) throw new Error('the command line told no figures');
  const rows = events.filter((event) => event.event === 'rows' && event.nodeId === 'watch').flatMap((event) => event.rows ?? []);
  return { metrics, rows: rows.map((row) => JSON.parse(row) as WindowRow) };
}

/** Whole numbers stand in the titles of the figures. */
async function titles(page: Page, count: number): Promise<readonly number[]> {
  const figures = page.locator('[data-figures] [title]');
  await expect(figures.first()).toBeVisible();
  const texts = await figures.evaluateAll((elements) => elements.map((element) => element.getAttribute('title') ?? ''));
  return texts.slice(0, count).map((text) => Number(text.replaceAll(',', '')));
}

const firedInTable = (page: Page) =>
  page
    .getByRole('table', { name: /^Windows/ })
    .getByRole('row')
    .filter({ hasText: 'fired' })
    .evaluateAll((rows) =>
      rows.map(
        (row) => [row.querySelector('th')?.textContent ?? '', Number(row.lastElementChild?.textContent?.replaceAll(',', ''))] as const,
      ),
    );

/** Places of an edge on the page, beside its ports, its chip and what shows while the pointer is over it. */
function placesOf(page: Page, edgeId: string): Promise<readonly { x: number; y: number }[]> {
  return page.locator(`path[data-edge="${edgeId}"]`).evaluate((element) => {
    const path = element as SVGPathElement;
    return [0.25, 0.78, 0.32, 0.7].map((part) => {
      const { x, y } = path.getPointAtLength(path.getTotalLength() * part).matrixTransform(path.getScreenCTM() ?? undefined);
      return { x, y };
    });
  });
}

async function chooseEdge(page: Page, edgeId: string): Promise<void> {
  const title = page.locator(`[data-edge-figures="${edgeId}"]`);
  for (const { x, y } of await placesOf(page, edgeId)) {
    await page.mouse.move(20, 500);
    await page.mouse.click(x, y);
    if (await title.isVisible()) return;
    await page.keyboard.press('Escape');
  }
  await expect(title).toBeVisible();
}

/** The drawing may still be on its way to its place. */
async function choose(person: Person, nodeId: string): Promise<void> {
  await expect(async () => {
    await person.node(nodeId).click({ timeout: 2000 });
    await expect(person.node(nodeId)).toHaveAttribute('aria-pressed', 'true', { timeout: 1000 });
  }).toPass({ timeout: 15_000 });
}

test('a run in the page and one of the command line count alike', async ({ page }) => {
  const file = writePipeline();
  const person = new Person(page);
  await page.goto(host.link);
  await person.node('window').click();
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 30_000 });
  await person.node('window').focus();
  await page.keyboard.press('w');
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await expect.poll(async () => (await firedInTable(page)).length, { timeout: 30_000 }).toBeGreaterThan(3);
  const fired = await firedInTable(page);
  await expect(page.locator('[data-run-phase="finished"]')).toBeVisible({ timeout: 30_000 });
  const late = page.getByRole('region', { name: 'Late rows' });
  const behind = async (outcome: string) => Number(await late.locator(`dd[data-outcome="${outcome}"]`).getAttribute('data-value'));

  const told = runByCommandLine(file);
  const of = (id: string): NodeMetrics => {
    const found = told.metrics.nodes.find((node) => node.nodeId === id);
    if (found === undefined) throw new Error(`the command line told nothing of ${id}`);
    return found;
  };
  const { lateRecords, partlyLateRecords, behindRecords } = of('window');
  expect(lateRecords).toBeGreaterThan(5);
  await expect.poll(() => behind('late')).toBe(lateRecords);
  expect(await behind('missed-some')).toBe(partlyLateRecords);
  expect(await behind('counted')).toBe(behindRecords - lateRecords - partlyLateRecords);

  // The seven cards of a window are its rows; times of the page are those of the rows.
  const perWindow = new Map<string, number>();
  for (const { window_end } of told.rows) {
    const end = window_end.slice(11, 19);
    perWindow.set(end, (perWindow.get(end) ?? 0) + 1);
  }
  for (const [bounds, rows] of fired) {
    const end = [...perWindow.keys()].find((time) => bounds.endsWith(time));
    expect(end, `the command line fired ${bounds}`).toBeDefined();
    expect(rows, bounds).toBe(perWindow.get(end ?? ''));
  }

  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: 'Problems' })).toBeVisible();
  await person.canvas.focus();
  await page.keyboard.press('1');
  await expect(person.node('source')).toBeVisible();
  for (const { nodeId, rowsIn, rowsOut } of told.metrics.nodes) {
    await choose(person, nodeId);
    await expect.poll(() => titles(page, 2), { message: nodeId }).toEqual([rowsIn, rowsOut]);
  }
  expect(of('source').badRecords).toBeGreaterThan(3);
  await choose(person, 'source');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(
    new RegExp(`Bad rows ${of('source').badRecords}(?!\\d)`),
  );
  for (const { edgeId, rows } of told.metrics.edges) {
    await chooseEdge(page, edgeId);
    await expect.poll(() => titles(page, 1), { message: edgeId }).toEqual([rows]);
  }
  expect(person.complaints).toEqual([]);
});
