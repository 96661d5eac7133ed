/** A pipeline at work: held still and sped up, its past on the strip and the way back into it, the cause of back pressure, and figures that are the engine's own. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { RunMetrics } from '../../engine/host/contract.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

const SCHEMA = [
  { name: 'id', type: 'BIGINT' },
  { name: 'kind', type: 'STRING' },
];

let host: RunningHost | null = null;

test.afterEach(async ({ context }) => {
  if (host !== null) await leave(context, host);
  host = null;
});

interface NodeJson {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly config: object;
}

/** A line of nodes, saved in the workspace and opened. */
async function begin(page: Page, nodes: readonly NodeJson[], job: object = {}): Promise<{ person: Person; file: string }> {
  host = await startHost({ tabs: ['work.json'] });
  const file = path.join(host.workspace, 'work.json');
  const edges = nodes.slice(1).map((node, index) => ({
    id: `e${index}`,
    from: { node: nodes[index].id, port: 'out' },
    to: { node: node.id, port: 'in' },
  }));
  const positions = Object.fromEntries(nodes.map((node, index) => [node.id, { x: 60 + index * 290, y: 120 }]));
  const document = { format: 'millrace-pipeline', version: 1, id: 'work', name: 'work', job, nodes, edges, drawing: { positions } };
  writeFileSync(file, JSON.stringify(document));
  const person = new Person(page);
  await page.goto(host.link);
  await expect(person.node(nodes[0].id)).toBeVisible();
  return { person, file };
}

function generator(count: number | null, rowsPerSecond: number | null): NodeJson {
  return {
    id: 'source',
    type: 'generator-source',
    label: 'Numbers',
    config: { schema: SCHEMA, rules: [], timeColumn: null, ...(count === null ? {} : { count }), rowsPerSecond },
  };
}

const FILTER: NodeJson = { id: 'even', type: 'filter', label: 'Even ones', config: { condition: 'MOD(id, 2) = 0' } };
const PREVIEW: NodeJson = { id: 'watch', type: 'preview-sink', label: 'Watch', config: {} };

async function run(page: Page): Promise<void> {
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
}

test('pausing holds the numbers, resuming goes on, and at full speed the run ends', async ({ page }) => {
  const { person } = await begin(page, [generator(4000, 100), FILTER, PREVIEW]);
  await run(page);
  await person.node('even').click();
  const rows = () => page.locator('[data-figures] [title]').first().getAttribute('title');
  await expect.poll(rows, { timeout: 15_000 }).not.toBe('0');
  await page.keyboard.press('F6');
  await expect(page.locator('[data-run-phase][data-paused]')).toBeVisible();
  await expect(page.getByRole('contentinfo').getByText('Paused')).toBeVisible();
  await page.waitForTimeout(1500);
  const held = await rows();
  await page.waitForTimeout(1500);
  expect(await rows()).toBe(held);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(rows).not.toBe(held);
  await page.getByRole('radio', { name: 'max' }).click();
  await expect(page.locator('[data-run-phase="finished"]')).toBeVisible({ timeout: 20_000 });
  expect(person.complaints).toEqual([]);
});

test('the last minutes of a node: rows, event time and state, moment by moment, by pointer and by arrow keys', async ({ page }) => {
  const { person } = await begin(page, [generator(null, 100), FILTER, PREVIEW]);
  await run(page);
  await person.node('even').click();
  const series = page.getByRole('region', { name: 'Last 5 min' });
  await series.getByRole('radio', { name: 'Rows' }).click();
  const cursor = series.getByRole('slider', { name: 'Moment of the last five minutes' });
  // Half of a hundred rows are even; a rate is of about two seconds.
  await expect(cursor).toHaveAttribute('aria-valuetext', /^now, in (9\d|10\d|110)\S*\/s, out (4\d|5\d|60)\S*\/s$/, { timeout: 15_000 });
  await cursor.focus();
  await page.keyboard.press('Home');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d, in 0\/s, out 0\/s$/);
  await page.keyboard.press('End');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^now, in [1-9]/);
  await page.keyboard.press('ArrowLeft');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^\d\d:/);
  await page.keyboard.press('ArrowRight');
  const box = await cursor.boundingBox();
  if (box === null) throw new Error('no chart');
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
  await expect(cursor).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d, in /);
  await page.mouse.move(box.x, box.y - 300);
  await person.node('watch').click();
  await expect(series.getByRole('radio', { name: 'Rows' })).toBeChecked();
  await expect(cursor).toHaveAttribute('aria-valuetext', /^now, in (4\d|5\d|60)\S*\/s, out 0\/s$/);
  await series.getByRole('radio', { name: 'State' }).click();
  await expect(cursor).toHaveAttribute('aria-valuetext', 'now, state 0 B');
  expect(person.complaints).toEqual([]);
});

test('a savepoint appears on the strip and is a way back', async ({ page }) => {
  const { person } = await begin(page, [generator(null, 100), FILTER, PREVIEW], { checkpointInterval: '1 s' });
  await run(page);
  await expect(page.locator('[data-mark][data-kind="checkpoint"][data-status="complete"]').first()).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Control+Shift+S');
  const savepoint = page.locator('[data-mark][data-kind="savepoint"]');
  await expect(savepoint).toBeVisible({ timeout: 20_000 });
  // The marks that come after it stand to its right.
  await expect(page.locator('li:has([data-kind="savepoint"]) ~ li [data-mark]').first()).toBeVisible({ timeout: 20_000 });
  await savepoint.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-mark]:focus')).toHaveAttribute('data-kind', 'checkpoint');
  await savepoint.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Restore from here' }).click();
  const clock = await page.locator('[data-run-phase]').innerText();
  await page.getByRole('button', { name: 'Stop and restore' }).click();
  await expect.poll(() => page.locator('[data-run-phase="running"]').innerText(), { timeout: 30_000 }).not.toBe(clock);
  await expect(page.locator('[data-run-phase="running"]')).toContainText('00:00:0');
  await page.keyboard.press('j');
  await expect(page.getByRole('tab', { name: 'Checkpoints' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('[data-strip]')).toBeVisible();
  expect(person.complaints).toEqual([]);
});

test('a state that does not fit the drawing any more is refused by its reason before anything runs', async ({ page }) => {
  const once: NodeJson = { id: 'once', type: 'deduplicate', label: 'Once', config: { keys: ['id'] } };
  const { person } = await begin(page, [generator(null, 100), once, PREVIEW], { checkpointInterval: '1 s' });
  await run(page);
  await expect(page.locator('[data-mark][data-kind="checkpoint"][data-status="complete"]').first()).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Shift+F5');
  await expect(page.locator('[data-run-phase="stopped"]')).toBeVisible({ timeout: 20_000 });
  await person.node('once').click();
  const keys = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('combobox', { name: 'Rows are the same with equal: add column' });
  await keys.fill('kind');
  await keys.press('Enter');
  await page.getByRole('tab', { name: 'Checkpoints' }).click();
  const restore = page.locator('tr[data-status="complete"]').getByRole('button', { name: 'Run from here' }).first();
  await restore.click();
  await expect(page.getByText('The pipeline does not fit this state any more')).toBeVisible();
  await expect(page.getByText(/node once: the stored state is that of .*\(MR5033\)/)).toBeVisible();
  await expect(page.locator('[data-run-phase="stopped"]')).toBeVisible();
  await person.canvas.click({ position: { x: 400, y: 400 } });
  await page.keyboard.press('Control+z');
  await restore.press('Enter');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
  expect(person.complaints).toEqual([]);
});

test('a slow sink is named as the cause, by those that wait for it too', async ({ page }) => {
  // Takes a little of what it is sent, ten times a second.
  const server = createServer((socket) => {
    socket.pause();
    const timer = setInterval(() => socket.read(2000), 100);
    socket.on('close', () => clearInterval(timer));
    socket.on('error', () => undefined);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  try {
    const slow: NodeJson = { id: 'slow', type: 'socket-sink', label: 'Slow reader', config: { host: '127.0.0.1', port } };
    // With two subtasks the sink, which has one, is a task of its own: only then can others wait for it.
    const { person } = await begin(page, [generator(null, null), FILTER, slow], { parallelism: 2 });
    await run(page);
    await person.node('slow').click();
    await expect(page.locator('[data-cause="slow-sink"]')).toBeVisible({ timeout: 30_000 });
    await person.node('source').click();
    await expect(page.locator('[data-waits-for="slow"]')).toContainText('Slow reader');
    await page.getByRole('button', { name: 'Show the cause' }).click();
    await expect(page.locator('[data-cause="slow-sink"]')).toBeVisible();
    expect(person.complaints).toEqual([]);
  } finally {
    server.close();
  }
});

test('the figures are those of the command line for the same pipeline', async ({ page }) => {
  const { person, file } = await begin(page, [generator(20_001, null), FILTER, PREVIEW]);
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="finished"]')).toBeVisible({ timeout: 30_000 });
  // With the next thing one does the dock takes the place of the strip, and the cards move once more.
  await person.node('source').click();
  await expect(page.getByRole('tab', { name: 'Problems' })).toBeVisible();
  const shown: Record<string, readonly (string | null)[]> = {};
  for (const id of ['source', 'even', 'watch']) {
    await person.node(id).click();
    const titles = page.locator('[data-figures] [title]');
    await expect(titles.first()).toBeVisible();
    shown[id] = [await titles.nth(0).getAttribute('title'), await titles.nth(1).getAttribute('title')];
  }
  const parts = [path.join(REPOSITORY, 'build/engine/cli.cjs'), 'run', file, '--json', '--restore', 'none'];
  const lines = execFileSync(process.execPath, parts, { encoding: 'utf8', timeout: 60_000 }).split('\n').filter(Boolean);
  const frames = lines
    .map((line) => JSON.parse(line) as { event: string; metrics?: RunMetrics })
    .filter((line) => line.metrics !== undefined);
  const last = frames.at(-1)?.metrics;
  const expected = Object.fromEntries(
    (last?.nodes ?? []).map((node) => [node.nodeId, [node.rowsIn.toLocaleString('en-US'), node.rowsOut.toLocaleString('en-US')]]),
  );
  expect(shown).toEqual(expected);
  expect(person.complaints).toEqual([]);
});
