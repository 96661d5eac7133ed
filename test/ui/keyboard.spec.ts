/** A whole pipeline with the keyboard alone on the engine, and the same things read as a screen reader does: roles, names, states, what is said. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { KeyboardHand } from './support/keyboard-hand.ts';
import { beginWith } from './support/memory-designer.ts';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { samplePipeline } from './support/sample-pipeline.ts';
import { expect, leave, test } from './support/watched-page.ts';

/** Once round is about fifty; a list, however long, is one of them. */
const STOPS_MAX = 60;
const said = (page: Page) => page.locator('[data-live-region]');

test.describe('on the engine', () => {
  let host: RunningHost;

  test.beforeEach(async () => {
    host = await startHost();
  });
  test.afterEach(({ context }) => leave(context, host));

  interface WindowRow {
    readonly window_start: string;
    readonly row_count: number;
  }

  /** Committed rows only: files in progress have names with a dot. */
  function rowsOut(): readonly WindowRow[] {
    const folder = path.join(host.workspace, 'out');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ndjson') && !name.split(path.sep).some((part) => part.startsWith('.')))
      .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n').filter(Boolean))
      .map((line) => JSON.parse(line) as WindowRow)
      .sort((a, b) => a.window_start.localeCompare(b.window_start));
  }

  test('the keyboard alone builds, configures, runs, keeps a savepoint, stops, restores from it and saves', async ({ page }) => {
    test.setTimeout(180_000);
    const person = new Person(page);
    const hand = new KeyboardHand(page);
    await page.goto(host.link);
    await expect(page.getByText('Nothing flows yet')).toBeVisible();
    await hand.press('Control+s');
    await hand.type('by-hand');
    await hand.press('Enter');
    await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
    await hand.press('Control+Enter');
    const add = async (words: string, name: string) => {
      await hand.press('Insert');
      await hand.type(words);
      await hand.press('Enter');
      await expect(person.card(name)).toBeFocused();
      await expect(said(page)).toContainText(`${name} added`);
    };
    await add('generator', 'Generator');
    await add('watermark', 'Watermark');
    await hand.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Time column' })).toBeFocused();
    await hand.press('Enter');
    await expect(page.getByRole('option', { name: /^ts/ })).toBeVisible();
    await hand.type('ts');
    await hand.press('Enter');
    await expect(page.getByRole('listbox')).toHaveCount(0);
    await hand.press('Control+Enter');
    await expect(person.card('Watermark')).toBeFocused();
    await add('filter', 'Filter');
    await add('tumbling', 'Tumbling window');
    await add('write files', 'Write files');
    await person.edgeCount(4);
    await hand.press('Alt+ArrowLeft', 'Alt+ArrowLeft');
    await expect(person.card('Filter')).toBeFocused();
    await hand.press('Enter');
    await expect(page.locator('[data-code-live]')).toHaveCount(1);
    await hand.type('id >= 0');
    await hand.press('Control+Enter');
    await expect(person.card('Filter')).toBeFocused();

    await hand.press('Alt+ArrowRight', 'Enter');
    await hand.tabTo(person.field('Window size'));
    await hand.press('Control+a');
    await hand.type('10 s');
    await hand.press('Control+Enter');
    await expect(person.card('Tumbling window')).toBeFocused();
    await hand.press('F2');
    await hand.type('Rows per window');
    await hand.press('Enter');
    await expect(person.card('Rows per window')).toBeFocused();

    await hand.press('Alt+ArrowRight', 'Enter');
    await hand.tabTo(person.field(/^(Folder|Path|File)/).first());
    await hand.press('Control+a');
    await hand.type('out');
    await hand.press('Control+Enter');
    await expect(page.getByText('No problems').first()).toBeVisible();
    await hand.press('Control+s');
    await expect(page.locator('[data-save-state="saved"]')).toBeVisible();

    await hand.press('F5');
    await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
    await expect(person.card('Rows per window')).toHaveAccessibleName(/^Rows per window, Tumbling window, running.*, 1 input, 1 output/);
    await page.waitForTimeout(3000);
    await hand.press('Control+Shift+s');
    await expect(page.getByText(/Savepoint .*1/).first()).toBeVisible({ timeout: 20_000 });
    await hand.press('Shift+F5');
    await expect(page.locator('[data-run-phase="stopped"]')).toBeVisible({ timeout: 20_000 });
    const before = rowsOut().length;

    await hand.goTo('tools');
    const startFrom = page.locator('[data-start-from]');
    await hand.tabTo(startFrom);
    await hand.press('Enter');
    const savepoints = page.getByRole('menuitemcheckbox', { name: /^from savepoint/ });
    await expect(savepoints.first()).toBeVisible();
    await page.keyboard.type('from savepoint');
    await expect(savepoints.first()).toBeFocused();
    await hand.press('Enter');
    await expect(startFrom).toHaveAccessibleName(/savepoint/);
    await hand.press('F5');
    await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 20_000 });
    await expect.poll(() => rowsOut().length, { timeout: 30_000 }).toBeGreaterThan(before + 1);
    await hand.press('Shift+F5');
    await expect(page.locator('[data-run-phase="stopped"]')).toBeVisible({ timeout: 20_000 });

    const rows = rowsOut();
    expect(new Set(rows.map((row) => row.window_start)).size, 'no window twice').toBe(rows.length);
    expect(rows.filter((row) => row.row_count !== 100)).toEqual([]);
    await hand.press('Control+s');
    const file = JSON.parse(readFileSync(path.join(host.workspace, 'by-hand.json'), 'utf8')) as PipelineDocument;
    expect(file.nodes.map((node) => node.type)).toEqual(['generator-source', 'watermark', 'filter', 'window-aggregate', 'file-sink']);
    expect(file.nodes[3]).toMatchObject({ label: 'Rows per window', config: { size: '10 s' } });
    expect(person.complaints).toEqual([]);
  });
});

test.describe('as a screen reader has it', () => {
  let served: ServedPage;

  test.beforeAll(async () => {
    served = await serveMemoryPage();
  });
  test.afterAll(() => served.close());

  const open = (page: Page): Promise<Person> => beginWith(page, served.url, { 'cards.json': samplePipeline });

  test('nodes are buttons in a named group; type, state, problems and connections are in the name', async ({ page }) => {
    const person = await open(page);
    await expect(person.canvas.getByRole('group', { name: /card-activity|Cards|canvas/ }).first()).toBeVisible();
    await expect(person.node('velocity')).toHaveRole('button');
    await expect(person.node('velocity')).toHaveAccessibleName(/^Velocity per card, Sliding window, 1 input, 2 outputs, /);
    await expect(person.node('velocity')).toHaveAttribute('aria-pressed', 'false');
    await expect(person.node('open')).toHaveAccessibleName(/^Filter, Filter, \d problems?, no input, no output/);
    await expect(person.node('source')).toHaveAccessibleName(/^Card transactions, Files, 2 outputs/);
    await expect(person.node('activity')).toHaveAccessibleName(/^Card activity, Write files, 1 input/);
    await expect(page.getByRole('group', { name: 'Velocity per card' })).toHaveCount(1);
    await person.node('open').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('d');
    await expect(person.node('open')).toHaveAccessibleName(/^Filter, Filter, (switched off|bypassed), /);
    await page.keyboard.press('F5');
    await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
    await expect(person.node('velocity')).toHaveAccessibleName(
      /^Velocity per card, Sliding window, running, (bottleneck, )?1 input, 2 outputs/,
    );
    const card = page.locator('[data-card="velocity"]');
    await expect(card).toContainText('/s');
    await expect(card).toContainText(/busy \d+%/);
    await expect(card).toContainText(/−[\d.]+ s|\d\d:\d\d/);
    expect(person.complaints).toEqual([]);
  });

  test('the outline is the drawing as a tree, and does the same things with the same keys', async ({ page }) => {
    const person = await open(page);
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Outline' }).click();
    const tree = page.getByRole('tree', { name: 'Outline' });
    for (const node of samplePipeline.nodes.slice(0, 9))
      await expect(tree.getByRole('treeitem', { name: node.label }).first()).toBeVisible();
    await expect(tree.getByRole('treeitem', { name: /^Filter, \d problem/ })).toHaveCount(1);
    await tree.getByRole('treeitem', { name: 'Hide e-mail' }).focus();
    await page.keyboard.press('Enter');
    await expect(person.node('hide')).toHaveAttribute('aria-pressed', 'true');
    await tree.getByRole('treeitem', { name: 'Hide e-mail' }).focus();
    await page.keyboard.press('d');
    await expect(tree.getByRole('treeitem', { name: /^Hide e-mail, switched off/ })).toHaveCount(1);
    await page.keyboard.press('Delete');
    await expect(person.node('hide')).toHaveCount(0);
    expect(person.complaints).toEqual([]);
  });

  test('additions, moves, connections, undo and the number of problems are said politely; errors at once', async ({ page }) => {
    const person = await open(page);
    await expect(said(page)).toHaveAttribute('aria-live', 'polite');
    await person.node('activity').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await expect(said(page)).toContainText(/^Moved to \d+, \d+/);
    await person.node('hide').focus();
    await page.keyboard.press('Insert');
    await page.keyboard.type('print');
    await page.keyboard.press('Enter');
    await expect(said(page)).toContainText('Print added');
    await page.keyboard.press('Control+z');
    await expect(said(page)).toContainText('Undone: add node');
    await person.node('large').focus();
    await page.keyboard.press('c');
    await expect(said(page)).toContainText('Large amounts');
    await person.node('open').focus();
    await page.keyboard.press('Enter');
    await expect(said(page)).toContainText('Large amounts connected to Filter');
    await expect(page.locator('[data-live-problems]')).toHaveText(/problem/);
    await page.keyboard.press('Control+z');
    await expect(said(page)).toContainText('Undone: connect');
    await page.keyboard.press('F5');
    await expect(page.locator('[data-toast="error"]')).toHaveAttribute('role', 'alert');
    expect(person.complaints).toEqual([]);
  });

  test('the list of nodes is one stop: arrows walk, letters search, Enter adds, and Tab comes back to what was used last', async ({
    page,
  }) => {
    const person = await open(page);
    const search = page.getByRole('textbox', { name: 'Search nodes' });
    const tree = page.getByRole('tree', { name: 'Nodes' });
    const row = (name: string | RegExp) => tree.getByRole('treeitem', { name, exact: true });
    const first = tree.getByRole('treeitem').first();
    await search.focus();
    await page.keyboard.press('Tab');
    await expect(first).toBeFocused();
    await expect(first).toHaveAccessibleName(/^Sources, \d+ nodes$/);
    await page.keyboard.press('Tab');
    await expect(tree.locator(':focus')).toHaveCount(0);
    await page.keyboard.press('Shift+Tab');
    await expect(first).toBeFocused();

    await page.keyboard.press('ArrowLeft');
    await expect(first).toHaveAttribute('aria-expanded', 'false');
    await expect(row('Files')).toHaveCount(0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const entry = tree.getByRole('treeitem').nth(1);
    await expect(entry).toBeFocused();
    await expect(entry).toHaveAttribute('aria-level', '2');
    await expect(entry).toHaveAttribute('aria-posinset', '1');
    await page.keyboard.press('End');
    await expect(tree.getByRole('treeitem').last()).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    await expect(first).toBeFocused();

    await page.keyboard.type('mask');
    await expect(search).toBeFocused();
    await expect(search).toHaveValue('mask');
    await page.keyboard.press('ArrowDown');
    await expect(row('Mask')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    const star = tree.getByRole('button', { name: 'Favourite: Mask' });
    await expect(star).toBeFocused();
    await page.keyboard.press('Space');
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await expect(said(page)).toContainText('Mask added');
    await expect(person.card('Mask')).toBeFocused();
    await search.focus();
    await page.keyboard.press('Escape');
    await expect(row('Files')).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(row('Mask')).toBeFocused();
    await expect(row('Mask')).toBeInViewport();
    expect(person.complaints).toEqual([]);
  });

  test('Tab goes round the page and through the canvas as one stop, forwards and backwards, with the focus always in sight', async ({
    page,
  }) => {
    const person = await open(page);
    const hand = new KeyboardHand(page);
    const regions = async (key: string) => {
      const seen: string[] = [];
      for (let step = 0; step < STOPS_MAX; step++) {
        await hand.pass(key);
        const region = await page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? '');
        if (seen.at(-1) !== region) seen.push(region);
        if (seen.length > 3 && region === 'canvas') break;
      }
      return seen;
    };
    await person.node('velocity').focus();
    const forwards = await regions('Tab');
    for (const region of ['inspector', 'dock', 'status', 'title', 'tools', 'left', 'canvas']) expect(forwards).toContain(region);
    await person.node('velocity').focus();
    const backwards = await regions('Shift+Tab');
    for (const region of ['left', 'tools', 'title', 'status', 'canvas']) expect(backwards).toContain(region);
    expect(person.complaints).toEqual([]);
  });
});
