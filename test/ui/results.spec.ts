/**
 * The results page over a real run: sales-by-hour at full speed. Its table is what the template expects and what the command
 * line gives for the same pipeline; figures, lines and board agree with it; how a result is shown is kept in the file.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { expect, leave, test } from './support/watched-page.ts';

const TEMPLATE = path.join(REPOSITORY, 'templates/sales-by-hour');
const COLUMNS = ['region', 'window_start', 'window_end', 'orders', 'sales', 'profit', 'pieces'];

interface HourRow {
  readonly region: string;
  readonly window_end: string;
  readonly orders: number;
}

// Scrolling through every row takes its time on a busy machine.
test.setTimeout(150_000);

let host: RunningHost;
let pipeline: string;

test.beforeEach(async () => {
  host = await startHost({ tabs: ['sales/pipeline.json'] });
  pipeline = path.join(host.workspace, 'sales/pipeline.json');
  cpSync(TEMPLATE, path.dirname(pipeline), { recursive: true });
  const text = readFileSync(pipeline, 'utf8').replace(/,\s*"rowsPerSecond": \d+/, '');
  expect(text).not.toContain('rowsPerSecond');
  writeFileSync(pipeline, text);
});

test.afterEach(({ context }) => leave(context, host));

/** Runs the pipeline to its end and opens what comes out of "Watch hours". */
async function runAndLook(page: Page): Promise<void> {
  await page.goto(host.link);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('radio', { name: 'Results' }).click();
  await page.getByRole('button', { name: /Watch hours/ }).click();
  await expect(page.locator('[data-figure="rows"]')).toContainText('623', { timeout: 30_000 });
}

/** All rows of a table that draws only what is seen: it is scrolled through. */
async function readTable(grid: Locator): Promise<readonly (readonly string[])[]> {
  const count = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const rows = new Map<number, readonly string[]>();
  for (let top = 0; rows.size < count && top < count * 28 + 2000; top += 280) {
    await grid.evaluate((element, to) => element.scrollTo(0, to), top);
    await grid.page().waitForTimeout(30);
    const seen = await grid.getByRole('row').evaluateAll((elements) =>
      elements.map((element) => ({
        at: Number(element.getAttribute('aria-rowindex')),
        cells: [...element.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent ?? ''),
      })),
    );
    for (const { at, cells } of seen) if (at > 1) rows.set(at, cells);
  }
  // 2755.3840 and 2755.384 are one number.
  const plain = (cell: string) => (/^-?\d+\.\d+$/.test(cell) ? String(Number(cell)) : cell);
  return [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells.map(plain));
}

const cellsOf = (line: string): readonly string[] => {
  const row = JSON.parse(line) as Record<string, unknown>;
  return COLUMNS.map((column) => String(row[column]));
};

test('the table of a run at full speed equals the expected rows and those of the command line', async ({ page }) => {
  await runAndLook(page);
  await page.getByRole('radio', { name: 'Table' }).click();
  const shown = await readTable(page.getByRole('grid', { name: /Table/ }));
  const expected = readFileSync(path.join(TEMPLATE, 'expected/hours.ndjson'), 'utf8').trimEnd().split('\n');
  expect([...shown].map((cells) => cells.join(' ')).sort()).toEqual(expected.map((line) => cellsOf(line).join(' ')).sort());

  const printed = execFileSync(
    process.execPath,
    [path.join(REPOSITORY, 'build/engine/cli.cjs'), 'run', pipeline, '--restore', 'none', '--json'],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const lines = printed
    .split('\n')
    .filter((line) => line.startsWith('{"event":"rows"'))
    .map((line) => JSON.parse(line) as { readonly nodeId: string; readonly rows: readonly string[] })
    .filter((event) => event.nodeId === 'watch')
    .flatMap((event) => event.rows);
  const orderOfKey = (rows: readonly (readonly string[])[]) => [...rows].map((cells) => cells.join(' ')).sort();
  expect(orderOfKey(lines.map(cellsOf))).toEqual(orderOfKey(shown));
});

test('figures, lines and board tell what the rows say; columns can be chosen and stay in the file', async ({ page }) => {
  const rows = readFileSync(path.join(TEMPLATE, 'expected/hours.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HourRow);
  await runAndLook(page);
  const most = Math.max(...rows.map((row) => row.orders));
  await expect(page.locator('[data-figure="highest"]')).toContainText(most.toLocaleString('en-US', { maximumFractionDigits: 2 }));
  const lastEnd =
    rows
      .map((row) => row.window_end)
      .sort()
      .at(-1) ?? '';
  const last = rows.filter((row) => row.window_end === lastEnd).sort((a, b) => b.orders - a.orders || a.region.localeCompare(b.region));
  const board = page.locator('[data-chart="top"] tbody tr');
  await expect(board).toHaveCount(last.length);
  expect(await board.evaluateAll((entries) => entries.map((entry) => entry.getAttribute('data-key')))).toEqual(
    last.map((row) => row.region),
  );

  const lines = page.locator('[data-chart="lines"]');
  await expect(lines.getByRole('img')).toHaveAccessibleName(/orders over time: .*East/);
  await lines.getByRole('button', { name: 'Show as a table' }).click();
  await expect(lines.getByRole('columnheader')).toHaveText(['window_end', ...(await lines.getByRole('listitem').allTextContents())]);
  const axe = await new AxeBuilder({ page }).include('main').analyze();
  expect(axe.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);

  await page.getByRole('button', { name: 'Edit charts' }).click();
  await page.getByRole('combobox', { name: 'Value' }).click();
  await page.getByRole('option', { name: /^sales/ }).click();
  await page.getByLabel('Line across at').fill('2000');
  await page.getByRole('radio', { name: 'Board' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('heading', { name: /^Top \d+ by sales$/ })).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect
    .poll(() => (JSON.parse(readFileSync(pipeline, 'utf8')) as { drawing: { results?: unknown } }).drawing.results)
    .toEqual({ watch: { view: 'top', value: 'sales', threshold: 2000 } });
  await page.keyboard.press('Alt+r');
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible();
});
