/** How many actions a task may cost a hand, counted from the page's own trusted events: editing, fixing, running, exporting, looks. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { costOf, countActions } from './support/action-counter.ts';
import { CARD_ROWS, cardPipeline, writeCardPipeline } from './support/card-pipeline.ts';
import { beginEmpty, beginWith, savedFile } from './support/memory-designer.ts';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

const NOTHING = { clicks: 0, drags: 0, keys: 0 };

test.beforeEach(({ page }) => countActions(page));

test.describe('with the engine', () => {
  let host: RunningHost;

  test.afterEach(({ context }) => leave(context, host));

  test('from Start to a template that runs with live edges: 1 click', async ({ page }) => {
    host = await startHost({ firstLaunch: true });
    const person = new Person(page);
    await page.goto(host.link);
    const run = page.getByRole('button', { name: 'Run Flight delays' });
    await expect(run).toBeVisible();
    const cost = await costOf(page, async () => {
      await run.click();
      await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
      await expect(page.locator('[data-run-rates]')).toHaveText(/in [1-9]/, { timeout: 20_000 });
    });
    expect(cost).toEqual({ ...NOTHING, clicks: 1 });
    expect(person.complaints).toEqual([]);
  });

  test('value and type of an expression while typing it: 0; run, stop with state: 1 each', async ({ page }) => {
    host = await startHost({ tabs: ['cards.json'] });
    const file = writeCardPipeline(host.workspace);
    const pipeline = JSON.parse(readFileSync(file, 'utf8')) as typeof cardPipeline;
    const slow = pipeline.nodes.map((node) =>
      node.type === 'file-source' ? { ...node, config: { ...node.config, rowsPerSecond: 2 } } : node,
    );
    writeFileSync(file, JSON.stringify({ ...pipeline, nodes: slow }, null, 2));
    const person = new Person(page);
    await page.goto(host.link);
    await person.node('large').click();
    const answer = page.getByRole('complementary', { name: 'Inspector' }).locator('[data-sample-answer]').first();
    await expect(answer).toHaveText(`true on ${CARD_ROWS} of ${CARD_ROWS} rows`);
    await person.field('Keep rows where').click();
    await page.keyboard.press('End');
    const typed = ' AND amount > 89';
    const typing = await costOf(page, async () => {
      await page.keyboard.type(typed, { delay: 30 });
      await expect(page.locator('[data-expression-type]').first()).toContainText('BOOLEAN');
      await expect(answer).toHaveText(`true on 10 of ${CARD_ROWS} rows`);
    });
    expect(typing).toEqual({ ...NOTHING, keys: typed.length });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+s');
    await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
    const phase = (name: string) => expect(page.locator(`[data-run-phase="${name}"]`)).toBeVisible({ timeout: 20_000 });
    const start = await costOf(page, async () => {
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await phase('running');
    });
    expect(start).toEqual({ ...NOTHING, clicks: 1 });
    const stop = await costOf(page, async () => {
      await page.keyboard.press('Shift+F5');
      await phase('stopped');
    });
    expect(stop).toEqual({ ...NOTHING, keys: 1 });
    const startByKey = await costOf(page, async () => {
      await page.keyboard.press('F5');
      await phase('running');
    });
    expect(startByKey).toEqual({ ...NOTHING, keys: 1 });
    const stopByClick = await costOf(page, async () => {
      await page.getByRole('button', { name: 'Stop and keep state' }).click();
      await phase('stopped');
    });
    expect(stopByClick).toEqual({ ...NOTHING, clicks: 1 });
    expect(person.complaints).toEqual([]);
  });

  test('export to Flink SQL with the report read, one node left out: 3', async ({ page }) => {
    host = await startHost({ tabs: ['cards.json'] });
    const sink = { id: 'line', type: 'socket-sink', config: { address: '127.0.0.1:9' } };
    const edge = { id: 'e9', from: { node: 'large', port: 'out' }, to: { node: 'line', port: 'in' } };
    const file = writeCardPipeline(host.workspace);
    const pipeline = { ...cardPipeline, nodes: [...cardPipeline.nodes, sink], edges: [...cardPipeline.edges, edge] };
    writeFileSync(file, JSON.stringify(pipeline));
    const person = new Person(page);
    await page.goto(host.link);
    await expect(person.node('line')).toBeVisible();
    const dialog = page.getByRole('dialog');
    const cost = await costOf(page, async () => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await expect(dialog.locator('[data-report-node="line"] [data-fate="unsupported"]')).toBeVisible();
      await dialog.getByRole('button', { name: 'Leave out and continue' }).click();
      await dialog.getByRole('button', { name: 'Write cards.sql' }).click();
      await expect(dialog).toHaveCount(0);
    });
    expect(cost).toEqual({ ...NOTHING, clicks: 3 });
    expect(readFileSync(path.join(host.workspace, 'cards.sql'), 'utf8')).toContain('INSERT INTO');
    expect(person.complaints).toEqual([]);
  });
});

test.describe('on a page of its own', () => {
  let served: ServedPage;

  test.beforeAll(async () => {
    served = await serveMemoryPage();
  });
  test.afterAll(() => served.close());

  test('add and connect the next node: 1 drag and 1 key, or Tab, two letters and Enter', async ({ page }) => {
    const person = await beginEmpty(page, served.url);
    const source = await person.drag('Generator', 150, 150);
    const start = await person.centre(page.locator(`[data-port="${source}/out"][data-side="out"]`));
    const byMouse = await costOf(page, async () => {
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move(start.x + 190, start.y + 90, { steps: 6 });
      await page.mouse.up();
      await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
      await page.keyboard.press('1');
      await person.edgeCount(1);
    });
    expect(byMouse).toEqual({ ...NOTHING, drags: 1, keys: 1 });
    await person.node(source).click();
    const byKeys = await costOf(page, async () => {
      await page.keyboard.press('Tab');
      await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
      await page.keyboard.type('fi');
      await page.keyboard.press('Enter');
      await person.edgeCount(2);
    });
    expect(byKeys).toEqual({ ...NOTHING, keys: 4 });
    const saved = await savedFile(page, 'added');
    expect(saved.nodes.at(-1)?.type).toBe('filter');
    expect(saved.edges.at(-1)?.from.node).toBe(source);
    expect(person.complaints).toEqual([]);
  });

  test('the columns on any edge: hover shows them, 1 click pins', async ({ page }) => {
    const person = await beginWith(page, served.url, { 'cards.json': cardPipeline });
    const columns = page.getByRole('dialog', { name: 'Columns on this edge' });
    for (const [from, to] of [
      ['source/out', 'time/in'],
      ['large/out', 'window/in'],
      ['window/out', 'print/in'],
    ]) {
      const start = await person.centre(page.locator(`[data-port="${from}"][data-side="out"]`));
      const end = await person.centre(page.locator(`[data-port="${to}"][data-side="in"]`));
      const hovering = await costOf(page, async () => {
        await page.mouse.move((start.x + end.x) / 2, start.y, { steps: 3 });
        await expect(columns).toContainText(/STRING/);
      });
      expect(hovering).toEqual(NOTHING);
      const pinning = await costOf(page, () => page.mouse.click((start.x + end.x) / 2, start.y));
      expect(pinning).toEqual({ ...NOTHING, clicks: 1 });
      await page.mouse.move(start.x, start.y + 300, { steps: 4 });
      await expect(columns).toHaveAttribute('data-pinned', 'true');
      await page.keyboard.press('Escape');
      await expect(columns).toBeHidden();
    }
    expect(person.complaints).toEqual([]);
  });

  test('from a problem to fixed: 1 click when there is a fix, else 1 to the field', async ({ page }) => {
    const nodes = cardPipeline.nodes.map((node) =>
      node.id === 'large'
        ? { ...node, config: { condition: 'amont >= 0' } }
        : node.id === 'window'
          ? { ...node, config: { ...node.config, size: '10 mins' } }
          : node,
    );
    const person = await beginWith(page, served.url, { 'cards.json': { ...cardPipeline, nodes } });
    const problems = page.getByRole('list', { name: 'Problems' });
    const fixing = await costOf(page, async () => {
      await problems.getByRole('button', { name: 'Use amount' }).click();
      await expect(problems).not.toContainText('amont');
    });
    expect(fixing).toEqual({ ...NOTHING, clicks: 1 });
    const going = await costOf(page, async () => {
      await problems.getByRole('listitem').filter({ hasText: 'MR' }).first().getByRole('button').first().click();
      await expect(person.field('Window size')).toBeFocused();
    });
    expect(going).toEqual({ ...NOTHING, clicks: 1 });
    await page.keyboard.press('Control+a');
    await page.keyboard.type('5 min');
    const saved = await savedFile(page, 'cards');
    expect(saved.nodes.find((node) => node.id === 'large')?.config).toEqual({ condition: 'amount >= 0' });
    expect(saved.nodes.find((node) => node.id === 'window')?.config).toMatchObject({ size: '5 min' });
    expect(person.complaints).toEqual([]);
  });

  test('theme or language: at most 2 from the status bar, without a restart', async ({ page }) => {
    const person = await beginWith(page, served.url, { 'cards.json': cardPipeline });
    await markPage(page);
    const theme = await costOf(page, async () => {
      await page.getByRole('contentinfo').getByRole('button', { name: 'Switch to dark' }).click();
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    });
    expect(theme).toEqual({ ...NOTHING, clicks: 1 });
    const language = await costOf(page, async () => {
      await page.getByRole('contentinfo').getByRole('button', { name: 'Language' }).click();
      await page.getByRole('menuitemcheckbox', { name: '中文' }).click();
      await expect(page.getByRole('complementary', { name: '检查器' })).toBeVisible();
    });
    expect(language).toEqual({ ...NOTHING, clicks: 2 });
    expect(await page.evaluate(() => 'samePage' in window)).toBe(true);
    expect(person.complaints).toEqual([]);
  });
});

/** A reload would take the mark away. */
async function markPage(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { samePage: true }));
}
