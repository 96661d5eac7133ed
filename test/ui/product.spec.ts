/**
 * The whole product in a browser: a pipeline drawn on an empty canvas, configured by mouse and keyboard, run on the engine;
 * what it writes equals what the command line writes and what plain arithmetic says. Then a reload in the middle of a run.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

interface Event {
  readonly card: string;
  readonly amount: number;
  readonly ts: string;
}

const START_MS = Date.UTC(2026, 0, 1);
const WINDOW_MS = 10_000;
const DISORDER_MS = 4000;

/** Rows up to four seconds out of order, the same every time. */
function makeEvents(count: number): readonly Event[] {
  let state = 12345;
  const next = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % limit;
  };
  return Array.from({ length: count }, (_event, index) => {
    const atMs = START_MS + index * 100 - next(DISORDER_MS);
    return {
      card: `card-${next(7)}`,
      amount: next(500),
      ts: new Date(Math.max(START_MS, atMs)).toISOString().slice(0, 23).replace('T', ' '),
    };
  });
}

/** Sums and counts per card and ten seconds, of amounts from 100. */
function expectedRows(events: readonly Event[]): readonly string[] {
  const groups = new Map<string, { count: number; sum: number }>();
  for (const event of events) {
    if (event.amount < 100) continue;
    const start = Math.floor(Date.parse(`${event.ts.replace(' ', 'T')}Z`) / WINDOW_MS) * WINDOW_MS;
    const key = `${start} ${event.card}`;
    const group = groups.get(key) ?? { count: 0, sum: 0 };
    groups.set(key, { count: group.count + 1, sum: group.sum + event.amount });
  }
  return [...groups].map(([key, group]) => `${key} ${group.count} ${group.sum}`).sort();
}

function readRows(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ndjson'));
  return files
    .filter((name) => !name.split(path.sep).some((part) => part.startsWith('.')))
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => {
      const row = JSON.parse(line) as { card: string; row_count: number; total: number; window_start: string };
      return `${Date.parse(`${row.window_start.replace(' ', 'T')}Z`)} ${row.card} ${row.row_count} ${row.total}`;
    })
    .sort();
}

let host: RunningHost;

test.beforeEach(async () => {
  host = await startHost();
});

test.afterEach(({ context }) => leave(context, host));

test('from an empty canvas to the right rows in a file', async ({ page }) => {
  const events = makeEvents(3000);
  writeFileSync(path.join(host.workspace, 'events.ndjson'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const person = new Person(page);
  await page.goto(host.link);
  await expect(page.getByText('Nothing flows yet')).toBeVisible();

  const source = await person.drag('Files', 130, 110);
  const watermark = await person.drag('Watermark', 430, 110);
  const filter = await person.drag('Filter', 720, 110);
  const window = await person.drag('Tumbling window', 280, 330);
  const sink = await person.drag('Write files', 640, 330);
  await person.wire(`${source}/out`, `${watermark}/in`);
  await person.wire(`${watermark}/out`, `${filter}/in`);
  await person.wire(`${filter}/out`, `${window}/in`);
  await person.wire(`${window}/out`, `${sink}/in`);
  await person.edgeCount(4);

  await page.keyboard.press('Control+s');
  await page.getByLabel('File name').fill('drawn');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();

  await person.node(source).click();
  await person.field('File').fill('events.ndjson');
  await page.getByRole('button', { name: 'Read from 100 rows' }).click();
  await expect(person.field('Type of ts')).toHaveValue(/TIMESTAMP/);
  await person.node(watermark).click();
  await person.choose('Time column', 'ts');
  await person.field('Rows can be late by').fill('5');
  await person.node(filter).click();
  await person.field('Keep rows where').pressSequentially('amount >= 100');
  await page.keyboard.press('Escape');
  await person.node(window).click();
  await person.field('Window size').fill('10 s');
  await person
    .field(/^Group by/)
    .last()
    .click();
  await page.getByRole('option', { name: /^card/ }).click();
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Add', exact: true }).click();
  await person.field('Name of the output column 2').fill('total');
  await person.field('Function 2').fill('SUM(amount)');
  await page.keyboard.press('Escape');
  await person.node(sink).click();
  await person
    .field(/^(Folder|Path|File)/)
    .first()
    .fill('out');
  await expect(page.getByText('No problems').first()).toBeVisible();

  await page.keyboard.press('Control+s');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="finished"]')).toBeVisible({ timeout: 30_000 });

  const expected = expectedRows(events);
  expect(readRows(path.join(host.workspace, 'out'))).toEqual(expected);
  const arguments_ = [
    'run',
    path.join(host.workspace, 'drawn.json'),
    '--set',
    `${sink}.path="out-again"`,
    '--restore',
    'none',
    '--checkpoints',
    path.join(host.workspace, 'chk'),
  ];
  execFileSync(process.execPath, [path.join(REPOSITORY, 'build/engine/cli.cjs'), ...arguments_], { stdio: 'pipe', timeout: 30_000 });
  expect(readRows(path.join(host.workspace, 'out-again'))).toEqual(expected);
  expect(person.complaints).toEqual([]);
});

test('a template runs, shows live figures and rows, and goes on through a reload', async ({ page }) => {
  const person = new Person(page);
  await page.goto(host.link);
  await page.getByRole('button', { name: 'From a template' }).click();
  await page.getByRole('button', { name: /^Nexmark/ }).click();
  await expect.poll(() => person.nodeIds()).not.toEqual([]);
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 15_000 });
  await expect(page.locator('[data-run-rates]')).toHaveText(/in [\d.]+k?\/s/);
  await page.waitForTimeout(1000);
  await page.reload();
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
  await page.getByRole('button', { name: 'Show the dock' }).click();
  await page.getByRole('tab', { name: 'Checkpoints' }).click();
  await expect(page.locator('[data-checkpoint][data-status="complete"]').first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole('tab', { name: 'Data' }).click();
  await page.getByRole('combobox', { name: 'Edge' }).click();
  await page.getByRole('option').first().click();
  await expect(page.getByRole('grid', { name: 'Newest rows' }).getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('button', { name: 'Stop and keep state' }).click();
  await expect(page.locator('[data-run-phase="stopped"]')).toBeVisible({ timeout: 20_000 });
  expect(person.complaints).toEqual([]);
});
