/**
 * What holds a run back, produced on purpose on the real engine: an idle partition, slow nodes alone, in one task and in one
 * loop, a hot key, late rows. The page names the cause, the node and the partition, and offers only what can help.
 */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { ownerOf } from '../../engine/connectors/files/followed-file.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { Person } from './support/person.ts';

interface NodeJson {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly config: object;
}

const SEEN = { timeout: 30_000 };
const START_MS = Date.UTC(2026, 0, 1, 12);
const PREVIEW: NodeJson = { id: 'watch', type: 'preview-sink', label: 'Watch', config: {} };

let host: RunningHost | null = null;
let server: Server | null = null;
let feed: ReturnType<typeof setInterval> | null = null;

test.setTimeout(120_000);

test.afterEach(async () => {
  if (feed !== null) clearInterval(feed);
  server?.close();
  await host?.stop();
  host = null;
  server = null;
  feed = null;
});

/** A line of nodes, saved in the workspace, opened and run. */
async function run(page: Page, nodes: readonly NodeJson[], job: object = {}): Promise<{ person: Person; file: string }> {
  host ??= await startHost({ tabs: ['work.json'] });
  const file = path.join(host.workspace, 'work.json');
  const edges = nodes.slice(1).map((node, index) => ({
    id: `e${index}`,
    from: { node: nodes[index].id, port: 'out' },
    to: { node: node.id, port: 'in' },
  }));
  const positions = Object.fromEntries(nodes.map((node, index) => [node.id, { x: 60 + index * 290, y: 120 }]));
  writeFileSync(
    file,
    JSON.stringify({ format: 'millrace-pipeline', version: 1, id: 'work', name: 'work', job, nodes, edges, drawing: { positions } }),
  );
  const person = new Person(page);
  await page.goto(host.link);
  await expect(person.node(nodes[0].id)).toBeVisible();
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible(SEEN);
  return { person, file };
}

const badge = (person: Person, id: string): Locator => person.card(/bottleneck/).and(person.node(id));

/** Two files that are followed, one of each subtask at parallelism 2. */
function ownedFiles(folder: string): readonly [string, string] {
  mkdirSync(folder);
  const found: (string | undefined)[] = [undefined, undefined];
  for (let tries = 0; found.includes(undefined); tries++) {
    const file = path.join(folder, `try-${tries}`);
    writeFileSync(file, '');
    const owner = ownerOf(String(statSync(file).ino), 2);
    const name = path.join(folder, `part-${owner}.ndjson`);
    if (found[owner] === undefined) renameSync(file, name);
    found[owner] ??= name;
  }
  for (const name of readdirSync(folder)) if (name.startsWith('try-')) rmSync(path.join(folder, name));
  return [path.join(folder, 'part-0.ndjson'), path.join(folder, 'part-1.ndjson')];
}

const payment = (second: number): string =>
  `${JSON.stringify({ card: `card-${second % 3}`, amount: second, ts: new Date(START_MS + second * 1000).toISOString().slice(0, 23).replace('T', ' ') })}\n`;

/** Files that are followed → event time → windows of 10 s. */
function followed(pattern: string): readonly NodeJson[] {
  const schema = [
    { name: 'card', type: 'STRING' },
    { name: 'amount', type: 'BIGINT' },
    { name: 'ts', type: 'TIMESTAMP(3)' },
  ];
  return [
    { id: 'source', type: 'file-source', label: 'Payments', config: { path: pattern, schema, follow: true } },
    { id: 'time', type: 'watermark', label: 'Event time', config: { time: { column: 'ts', delay: '2 s' } } },
    {
      id: 'window',
      type: 'window-aggregate',
      label: 'Per card',
      config: { window: 'tumbling', size: '10 s', keys: ['card'], aggregates: [{ name: 'total', expression: 'SUM(amount)' }] },
    },
    PREVIEW,
  ];
}

test('an idle partition: its source, subtask and file are named, and once it counts as idle the windows fire', async ({ page }) => {
  host = await startHost({ tabs: ['work.json'] });
  const [busy, quiet] = ownedFiles(path.join(host.workspace, 'logs'));
  let second = 0;
  writeFileSync(quiet, payment(0));
  feed = setInterval(() => appendFileSync(busy, payment(second++)), 100);
  const { person, file } = await run(page, followed('logs/*.ndjson'), { parallelism: 2, checkpointInterval: '1 s' });
  await person.node('window').focus();
  await page.keyboard.press('w');
  const lens = page.getByRole('region', { name: 'Why not fired' });
  await expect(page.locator('[data-cause="quiet"]')).toBeVisible(SEEN);
  await expect(lens.getByRole('heading', { level: 2 })).toHaveText(
    /^Payments · subtask 2 has been quiet for \d+ s and holds the watermark at 11:59:58\.$/,
  );
  await expect(lens).toContainText('It reads part-1.ndjson.');
  await expect(lens).toContainText('The other sender has already passed it.');
  await expect(lens.locator('[data-holds]')).toHaveAttribute('data-sender', 'time 1');
  await expect(lens.locator('[data-holds]')).toHaveAttribute('data-state', 'quiet');
  await expect(page.locator('[data-held-by="time 1"]')).toContainText('subtask 2');
  await expect(lens.locator('li[data-window][data-state="fired"]')).toHaveCount(0);

  await lens.getByRole('button', { name: /^Treat as idle after \d+ s$/ }).click();
  await expect(lens.locator('li[data-window][data-state="fired"]').first()).toBeVisible({ timeout: 45_000 });
  await expect(lens.locator('[data-state="idle"]')).toHaveAttribute('data-sender', 'time 1');
  await page.keyboard.press('Control+s');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  const saved = JSON.parse(readFileSync(file, 'utf8')) as { nodes: readonly NodeJson[] };
  expect(saved.nodes[1].config).toMatchObject({ idleAfter: expect.stringMatching(/^\d+ s$/) });
  expect(person.complaints).toEqual([]);
});

test('late rows: what became of them, the partition and the file they come from', async ({ page }) => {
  host = await startHost({ tabs: ['work.json'] });
  const [even, late] = ownedFiles(path.join(host.workspace, 'logs'));
  let second = 0;
  feed = setInterval(() => {
    for (let count = 0; count < 5; count++, second++) {
      appendFileSync(even, payment(second));
      appendFileSync(late, payment(second) + (second % 4 === 3 && second > 60 ? payment(second - 45) : ''));
    }
  }, 250);
  const { person } = await run(page, followed('logs/*.ndjson'), { parallelism: 2 });
  await person.node('window').focus();
  await page.keyboard.press('w');
  const panel = page.getByRole('region', { name: 'Late rows' });
  await expect(panel.locator('[role="row"][data-outcome="late"]').nth(2)).toBeVisible(SEEN);
  const origins = panel.getByRole('region', { name: 'Where they come from' });
  await expect(origins.locator('li')).toHaveText([/^Payments · subtask 2 · part-1\.ndjson100%$/]);
  await expect(origins.locator('li')).toHaveAttribute('data-origin', 'time 1');
  await expect(panel.locator('dd[data-outcome="late"]')).not.toHaveAttribute('data-value', '0');
  expect(person.complaints).toEqual([]);
});

/** Takes a little of what it is sent, ten times a second. */
async function startSlowReader(): Promise<number> {
  const opened = createServer((socket) => {
    socket.pause();
    const timer = setInterval(() => socket.read(2000), 100);
    socket.on('close', () => clearInterval(timer));
    socket.on('error', () => undefined);
  });
  server = opened;
  return new Promise((resolve) => {
    opened.listen(0, '127.0.0.1', () => {
      const address = opened.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function numbers(rowsPerSecond: number | null, more: object = {}): NodeJson {
  const schema = [
    { name: 'id', type: 'BIGINT' },
    { name: 'card', type: 'STRING' },
  ];
  return {
    id: 'source',
    type: 'generator-source',
    label: 'Numbers',
    config: { schema, rules: [], timeColumn: null, rowsPerSecond, ...more },
  };
}

test('a slow sink in the task of its source: the sink is named, not the source; no parallelism is offered; a pause has no bottleneck', async ({
  page,
}) => {
  const config = { host: '127.0.0.1', port: await startSlowReader() };
  const { person } = await run(page, [
    numbers(null),
    { id: 'some', type: 'filter', label: 'Some', config: { condition: 'id >= 0 OR id < 0' } },
    { id: 'slow', type: 'socket-sink', label: 'Slow reader', config },
  ]);
  await expect(badge(person, 'slow')).toBeVisible(SEEN);
  await expect(page.getByRole('contentinfo')).toContainText('1 bottleneck');
  await person.node('slow').click();
  await expect(page.locator('[data-cause="slow-sink"]')).toContainText('what it writes to takes rows more slowly');
  await expect(page.locator('[data-fix="rows"]')).toBeVisible();
  await expect(page.locator('[data-fix="parallelism"]')).toHaveCount(0);
  for (const waiting of ['source', 'some']) {
    await person.node(waiting).click();
    await expect(page.locator('[data-waits-for="slow"]')).toContainText('Slow reader');
    await expect(badge(person, waiting)).toHaveCount(0);
  }
  await page.keyboard.press('F6');
  await expect(page.locator('[data-run-phase][data-paused]')).toBeVisible();
  await expect(badge(person, 'slow')).toHaveCount(0);
  await expect(page.locator('[data-waits-for]')).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

/** A few microseconds of work a row. */
const HARD = Array.from({ length: 6 }).reduce<string>((inner) => `SHA512(${inner})`, 'card');

test('a slow stage is told from the stages that share its loop, and more parallelism is offered where there are cores', async ({
  page,
}) => {
  const { person } = await run(page, [
    numbers(null, { rules: [{ column: 'card', rule: 'values', values: 'a,b,c' }] }),
    { id: 'first', type: 'filter', label: 'First', config: { condition: 'id >= 0 OR id < 0' } },
    { id: 'hard', type: 'filter', label: 'Hard', config: { condition: `CHAR_LENGTH(${HARD}) > 0` } },
    { id: 'last', type: 'filter', label: 'Last', config: { condition: "card <> ''" } },
    PREVIEW,
  ]);
  await expect(badge(person, 'hard')).toBeVisible(SEEN);
  await person.node('hard').click();
  await expect(page.locator('[data-cause="slow"]')).toBeVisible();
  await person.node('source').click();
  await expect(page.locator('[data-waits-for="hard"]')).toContainText('Hard');
  for (const other of ['source', 'first', 'last', 'watch']) await expect(badge(person, other)).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

test('a paced source that its pipeline keeps up with is no bottleneck, and neither is anything else', async ({ page }) => {
  const { person } = await run(page, [
    numbers(200),
    { id: 'some', type: 'filter', label: 'Some', config: { condition: 'id >= 0 OR id < 0' } },
    PREVIEW,
  ]);
  await person.node('watch').click();
  await expect.poll(() => page.locator('[data-figures] [title]').first().getAttribute('title'), SEEN).not.toBe('0');
  for (let look = 0; look < 6; look++) {
    await expect(person.card(/bottleneck/)).toHaveCount(0);
    await page.waitForTimeout(400);
  }
  expect(person.complaints).toEqual([]);
});

test('a hot key: node, subtask and key are named; a key can be changed, parallelism is not offered', async ({ page }) => {
  const values = `${'hot,'.repeat(12)}a,b,c`;
  const schema = [
    { name: 'card', type: 'STRING' },
    { name: 'amount', type: 'BIGINT' },
    { name: 'ts', type: 'TIMESTAMP(3)' },
  ];
  // Every row counts in twenty windows: the window is slower than what makes the rows.
  const window = { window: 'sliding', size: '10 min', slide: '30 s', allowedLateness: '1 min' };
  const aggregates = [{ name: 'different', expression: 'COUNT(DISTINCT amount)' }];
  const { person } = await run(
    page,
    [
      {
        id: 'source',
        type: 'generator-source',
        label: 'Payments',
        config: { schema, rules: [{ column: 'card', rule: 'values', values }], timeColumn: 'ts', rowsPerSecond: null },
      },
      { id: 'time', type: 'watermark', label: 'Event time', config: { time: { column: 'ts', delay: '0 s' } } },
      {
        id: 'window',
        type: 'window-aggregate',
        label: 'Per card',
        config: { ...window, keys: ['card'], aggregates },
      },
      PREVIEW,
    ],
    { parallelism: 2 },
  );
  await expect(badge(person, 'window')).toBeVisible(SEEN);
  await person.node('window').click();
  const cause = page.locator('[data-cause="hot-subtask"]');
  await expect(cause.locator('[data-hot-key]')).toHaveText('hot', SEEN);
  const named = Number(/subtask (\d) gets (\d+)%/.exec((await cause.textContent()) ?? '')?.[1]);
  expect(named).toBeGreaterThan(0);
  await expect(page.getByRole('region', { name: 'Subtasks' }).locator('[data-hot]')).toContainText(new RegExp(`^${named}`));
  await expect(page.locator('[data-fix="parallelism"]')).toHaveCount(0);
  await page.locator('[data-fix="skew"]').click();
  await expect(page.getByRole('radio', { name: 'Skew' })).toBeChecked();
  await page.locator('[data-fix="keys"]').click();
  await expect(person.field('Group by')).toBeVisible();
  expect(person.complaints).toEqual([]);
});
