/** Configuring a node with real typing: the editor of expressions over sample rows, every widget, a rename that is followed, fixes, many nodes at once. */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import type { Locator, Page } from '@playwright/test';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { CARD_ROWS, cardPipeline, writeCardPipeline } from './support/card-pipeline.ts';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

interface SavedPipeline {
  readonly nodes: readonly { readonly id: string; readonly label?: string; readonly config: Record<string, unknown> }[];
}

/** A sample of the corpus: each text is typed into three fields. */

const inspector = (page: Page): Locator => page.getByRole('complementary', { name: /^(Inspector|检查器)$/ });
const answer = (page: Page): Locator => inspector(page).locator('[data-sample-answer]').first();
const live = (page: Page): Locator => inspector(page).locator('[data-code-live]');

function configOf(saved: SavedPipeline, id: string): Record<string, unknown> {
  return saved.nodes.find((node) => node.id === id)?.config ?? {};
}

test.describe('on the engine', () => {
  let host: RunningHost;
  let file: string;

  test.beforeEach(async () => {
    host = await startHost();
    file = writeCardPipeline(host.workspace);
  });
  test.afterEach(({ context }) => leave(context, host));

  async function open(page: Page): Promise<Person> {
    const person = new Person(page);
    await page.goto(host.link);
    await expect(
      page
        .getByText('Nothing flows yet')
        .or(page.getByRole('button', { name: /Open/ }))
        .first(),
    ).toBeVisible();
    await page.keyboard.press('Control+o');
    await page.getByRole('dialog').getByText('cards.json').dblclick();
    await expect(person.node('large')).toBeVisible();
    return person;
  }

  const saved = (): SavedPipeline => JSON.parse(readFileSync(file, 'utf8')) as SavedPipeline;

  test('an expression is typed with completion; type and value stand beside it without any action', async ({ page }) => {
    const person = await open(page);
    await person.node('large').click();
    await expect(answer(page)).toHaveText(`true on ${CARD_ROWS} of ${CARD_ROWS} rows`);
    await person.field('Keep rows where').click();
    await expect(live(page)).toHaveCount(1);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('amo', { delay: 30 });
    await expect(page.locator('.suggest-widget.visible')).toContainText('amount');
    await page.keyboard.press('Enter');
    await page.keyboard.type(' >= 90', { delay: 10 });
    await expect(inspector(page).locator('[data-expression-type]')).toContainText('BOOLEAN');
    await expect(answer(page)).toHaveText(`true on 10 of ${CARD_ROWS} rows`);
    await page.keyboard.type(' AND nothing', { delay: 10 });
    await page.keyboard.press('Escape');
    await expect(page.locator('[data-field="condition"] [data-problem="MR3012"]')).toContainText('nothing');
    await expect(inspector(page).locator('.squiggly-error')).toHaveCount(1);
    for (let step = 0; step < ' AND nothing'.length; step++) await page.keyboard.press('Backspace');
    await expect(answer(page)).toHaveText(`true on 10 of ${CARD_ROWS} rows`);
    await page.keyboard.press('Tab');
    await expect(live(page)).toHaveCount(0);
    await page.keyboard.press('Control+s');
    await expect.poll(() => configOf(saved(), 'large')['condition']).toBe('amount >= 90');
    expect(person.complaints).toEqual([]);
  });

  test('a renamed column is followed by its uses as one step, and by nothing else when asked', async ({ page }) => {
    const person = await open(page);
    await person.node('source').click();
    const name = person.field('Column name 2');
    await name.fill('price');
    const note = inspector(page).locator('[data-rename-note]');
    await expect(note).toContainText('2 uses in 2 nodes follow');
    await expect(note.getByRole('list')).toContainText('price >= 0');
    await name.press('Tab');
    await expect(note).toHaveCount(0);
    await page.keyboard.press('Control+s');
    await expect.poll(() => configOf(saved(), 'large')['condition']).toBe('price >= 0');
    expect(configOf(saved(), 'window')['aggregates']).toEqual([{ name: 'total', expression: 'SUM(price)' }]);
    await person.node('source').focus();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+s');
    await expect.poll(() => saved().nodes).toEqual(cardPipeline.nodes);
    await person.node('source').click();
    await person.field('Column name 2').fill('price');
    await note.getByRole('switch').click();
    await page.keyboard.press('Control+s');
    await expect.poll(() => JSON.stringify(configOf(saved(), 'source'))).toContain('price');
    expect(configOf(saved(), 'large')['condition']).toBe('amount >= 0');
    expect(person.complaints).toEqual([]);
  });

  test('aggregates show what the engine computed on the sample; columns and rows are there before any run', async ({ page }) => {
    const person = await open(page);
    await person.node('window').click();
    await expect(inspector(page).locator('[data-sample-answer]')).toHaveText(/^= [\d,]+$/);
    await inspector(page)
      .getByRole('tab', { name: /^Columns/ })
      .click();
    await expect(inspector(page).getByRole('region', { name: /^In / })).toContainText('amount');
    await expect(inspector(page).getByRole('region', { name: /^Out / }).getByRole('listitem').filter({ hasText: 'total' })).toContainText(
      'new',
    );
    await inspector(page).getByRole('tab', { name: 'Data' }).click();
    await expect(inspector(page).getByRole('table')).toContainText('total');
    expect(person.complaints).toEqual([]);
  });
});

test.describe('on a page of its own', () => {
  let served: ServedPage;

  test.beforeAll(async () => {
    served = await serveMemoryPage();
  });
  test.afterAll(() => served.close());

  async function begin(page: Page, pipeline: object = cardPipeline): Promise<Person> {
    const person = new Person(page);
    await page.addInitScript((text) => {
      if (sessionStorage.getItem('files') !== null) return;
      sessionStorage.setItem('files', JSON.stringify({ '/home/millrace/cards.json': { text, modifiedMs: 1, hash: 'a' } }));
      sessionStorage.setItem(
        'preferences',
        JSON.stringify({ tabs: [{ kind: 'pipeline', path: '/home/millrace/cards.json', documentId: '', name: '' }], activeTab: 0 }),
      );
    }, JSON.stringify(pipeline));
    await page.goto(served.url);
    await expect(page.locator('[data-node]').first()).toBeVisible();
    return person;
  }

  async function savedIn(page: Page): Promise<SavedPipeline> {
    await page.keyboard.press('Control+s');
    await page.waitForTimeout(150);
    return page.evaluate(() => {
      const files = JSON.parse(sessionStorage.getItem('files') ?? '{}') as Record<string, { readonly text: string }>;
      return JSON.parse(files['/home/millrace/cards.json'].text) as SavedPipeline;
    });
  }

  test('durations, chips and choices by keyboard', async ({ page }) => {
    const person = await begin(page);
    await person.node('window').click();
    const size = person.field('Window size');
    await size.fill('90s');
    await size.press('Tab');
    expect(configOf(await savedIn(page), 'window')['size']).toBe('1 min 30 s');
    await size.fill('PT10M');
    await size.blur();
    await expect(size).toHaveValue('10');
    await size.press('ArrowUp');
    await size.press('Shift+ArrowUp');
    expect(configOf(await savedIn(page), 'window')['size']).toBe('21 min');
    await size.fill('10 mins');
    await expect(page.locator('[data-field="size"] [data-problem="MR2109"]')).toHaveText('Write 10 min or PT10M');
    await size.fill('10 min');
    const group = inspector(page).getByRole('combobox', { name: 'Group by: add column' });
    await group.fill('am');
    await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/^amount/]);
    await group.press('Enter');
    expect(configOf(await savedIn(page), 'window')['keys']).toEqual(['card', 'amount']);
    await inspector(page)
      .getByRole('button', { name: /^amount:/ })
      .press('Alt+ArrowLeft');
    expect(configOf(await savedIn(page), 'window')['keys']).toEqual(['amount', 'card']);
    await inspector(page)
      .getByRole('button', { name: /^amount:/ })
      .press('Delete');
    expect(configOf(await savedIn(page), 'window')['keys']).toEqual(['card']);
    expect(person.complaints).toEqual([]);
  });

  test('columns are pasted as JSON rows', async ({ page }) => {
    const person = await begin(page);
    await person.node('source').click();
    await inspector(page).getByRole('button', { name: 'Paste JSON' }).click();
    await inspector(page).getByRole('textbox', { name: 'Paste JSON' }).fill('{"id": 1, "at": "2026-01-01 00:00:00", "rate": 0.5}');
    await inspector(page).getByRole('button', { name: 'Take 3 columns' }).click();
    expect(configOf(await savedIn(page), 'source')['schema']).toEqual([
      { name: 'id', type: 'BIGINT' },
      { name: 'at', type: 'TIMESTAMP(3)' },
      { name: 'rate', type: 'DOUBLE' },
    ]);
    expect(person.complaints).toEqual([]);
  });

  const typed = {
    ...cardPipeline,
    nodes: [
      {
        id: 'rows',
        type: 'collection-source',
        config: {
          schema: [
            { name: 'id', type: 'BIGINT' },
            { name: 'name', type: 'STRING' },
            { name: 'at', type: 'ROW<x INT>' },
          ],
          rows: [{ id: 1, name: 'a' }],
        },
      },
      { id: 'made', type: 'nexmark-source', config: {} },
      {
        id: 'sort',
        type: 'sort',
        config: {
          thenBy: [
            { column: 'id', direction: 'ascending' },
            { column: 'name', direction: 'descending' },
          ],
        },
      },
    ],
    edges: [{ id: 'e', from: { node: 'rows', port: 'out' }, to: { node: 'sort', port: 'in' } }],
    drawing: { positions: { rows: { x: 0, y: 0 }, sort: { x: 270, y: 0 }, made: { x: 0, y: 130 } } },
  };

  test('rows are typed cell by cell, pasted from a sheet, and what does not fit is named', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const person = await begin(page, typed);
    await person.node('rows').click();
    const rows = page.locator('[data-field="rows"]');
    const cell = (name: string): Locator => rows.getByRole('textbox', { name, exact: true });
    await cell('id of row 1').fill('9007199254740993');
    await cell('at.x of row 1').fill('5');
    await cell('name of row 1').fill('');
    await cell('name of row 1').press('Delete');
    expect(configOf(await savedIn(page), 'rows')['rows']).toEqual([{ id: '9007199254740993', name: null, at: { x: 5 } }]);
    await rows.getByRole('button', { name: 'Add a row' }).click();
    await expect(cell('id of row 2')).toBeFocused();
    await page.evaluate(() => navigator.clipboard.writeText('2\ttwo\t20\n3\tthree\n'));
    await page.keyboard.press('Control+v');
    await expect(cell('name of row 3')).toHaveValue('three');
    await cell('at.x of row 3').fill('x');
    await expect(rows.locator('[data-problem="MR2343"]')).toContainText('Row 3: x does not fit "at.x", which is INT');
    await cell('at.x of row 3').fill('30');
    await expect(rows.locator('[data-problem]')).toHaveCount(0);
    await cell('at.x of row 3').press('ArrowUp');
    await expect(cell('at.x of row 2')).toBeFocused();
    await rows.getByRole('button', { name: 'Remove row 1' }).click();
    expect(configOf(await savedIn(page), 'rows')['rows']).toEqual([
      { id: 2, name: 'two', at: { x: 20 } },
      { id: 3, name: 'three', at: { x: 30 } },
    ]);
    expect(person.complaints).toEqual([]);
  });

  test('a field with a default can be left empty where that means something; entries of a list change places', async ({ page }) => {
    const person = await begin(page, typed);
    await person.node('made').click();
    const count = person.field('Number of events');
    await count.fill('');
    await count.press('Tab');
    await expect(count).toHaveValue('');
    await expect(count).toHaveAttribute('placeholder', 'without end');
    expect(configOf(await savedIn(page), 'made')).toEqual({ count: null });
    await person.node('sort').click();
    await inspector(page)
      .getByRole('button', { name: /^Move Column 2/ })
      .press('Alt+ArrowUp');
    const names = (listed: unknown) => (listed as readonly { readonly column: string }[]).map(({ column }) => column);
    expect(names(configOf(await savedIn(page), 'sort')['thenBy'])).toEqual(['name', 'id']);
    expect(person.complaints).toEqual([]);
  });

  test('help beside the form, the node as code, both by key or click', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const person = await begin(page);
    await person.node('large').click();
    await page.keyboard.press('F1');
    const help = page.getByRole('complementary', { name: 'Help: Filter' });
    await expect(help).toContainText('Keeps the rows for which a condition is TRUE');
    await person.node('window').click();
    await expect(page.getByRole('complementary', { name: /^Help: / })).toContainText('Window size');
    await page.keyboard.press('F1');
    await expect(page.getByRole('complementary', { name: /^Help: / })).toHaveCount(0);
    await inspector(page).getByRole('button', { name: 'Show as code' }).click();
    await expect(inspector(page)).toContainText('"type": "window-aggregate"');
    await inspector(page).getByRole('button', { name: 'Copy', exact: true }).click();
    expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual(cardPipeline.nodes[3]);
    expect(person.complaints).toEqual([]);
  });

  test('fields of several nodes of one type are set at once, as one step', async ({ page }) => {
    const twice = { ...cardPipeline, nodes: [...cardPipeline.nodes, { ...cardPipeline.nodes[2], id: 'other', label: 'Other' }] };
    const person = await begin(page, { ...twice, drawing: { positions: { ...cardPipeline.drawing.positions, other: { x: 0, y: 260 } } } });
    await person.node('large').click();
    await person.node('other').click({ modifiers: ['Shift'] });
    await expect(inspector(page)).toContainText('A change goes to all 2 nodes');
    await person.field('Keep rows where').fill('amount > 7');
    const saved = await savedIn(page);
    expect([configOf(saved, 'large'), configOf(saved, 'other')]).toEqual([{ condition: 'amount > 7' }, { condition: 'amount > 7' }]);
    await person.node('large').focus();
    await page.keyboard.press('Control+z');
    const undone = await savedIn(page);
    expect([configOf(undone, 'large'), configOf(undone, 'other')]).toEqual([{ condition: 'amount >= 0' }, { condition: 'amount >= 0' }]);
    expect(person.complaints).toEqual([]);
  });

  test('F8 goes to the very entry a problem is about', async ({ page }) => {
    const nodes = cardPipeline.nodes.map((node) =>
      node.id === 'window'
        ? {
            ...node,
            config: {
              ...node.config,
              aggregates: [
                { name: 'a', expression: 'COUNT(*)' },
                { name: 'b', expression: 'SUM(none)' },
              ],
            },
          }
        : node,
    );
    const person = await begin(page, { ...cardPipeline, nodes });
    await page.keyboard.press('F8');
    await expect(person.field('Function 2')).toBeFocused();
    expect(person.complaints).toEqual([]);
  });

  test('typing answers at once and a form opens at once among five hundred nodes', async ({ page }) => {
    const chain = Array.from({ length: 500 }, (_node, index) => ({
      id: `f${index}`,
      type: 'filter',
      config: { condition: `amount >= ${index}` },
    }));
    const edges = chain.map((node, index) => ({
      id: `c${index}`,
      from: { node: index === 0 ? 'source' : `f${index - 1}`, port: 'out' },
      to: { node: node.id, port: 'in' },
    }));
    const positions = Object.fromEntries(
      chain.map((node, index) => [node.id, { x: (index % 25) * 270, y: Math.floor(index / 25) * 130 + 130 }]),
    );
    const person = await begin(page, {
      ...cardPipeline,
      nodes: [cardPipeline.nodes[0], ...chain],
      edges,
      drawing: { positions: { source: { x: 0, y: 0 }, ...positions } },
    });
    const shown = await person.nodeIds();
    const openMs: number[] = [];
    for (const id of shown.filter((node) => node.startsWith('f')).slice(0, 6)) {
      openMs.push(
        await page.evaluate(async (node) => {
          const startedAt = performance.now();
          document.querySelector<HTMLElement>(`[data-node="${node}"]`)?.click();
          while (
            document.querySelector('[data-inspector] [data-field="condition"]') === null ||
            document.querySelector(`[data-inspector]`)?.textContent?.includes(node) !== true
          )
            await new Promise((resolve) => requestAnimationFrame(resolve));
          return performance.now() - startedAt;
        }, id),
      );
    }
    const busy = loadavg()[0] > cpus().length;
    if (busy) console.log(`not judged: the machine has a load of ${loadavg()[0].toFixed(1)}`);
    if (!busy) expect(Math.min(...openMs), `inspector opened in ${openMs.map(Math.round).join(', ')} ms`).toBeLessThan(100);
    await person.field('Keep rows where').click();
    await expect(live(page)).toHaveCount(1);
    await page.evaluate(() => {
      const times: number[] = [];
      Object.assign(window, { keyTimes: times });
      addEventListener(
        'keydown',
        () => {
          const startedAt = performance.now();
          requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - startedAt)));
        },
        true,
      );
    });
    await page.keyboard.type(' AND amount < 1000', { delay: 60 });
    const times = await page.evaluate(() => (window as unknown as { readonly keyTimes: number[] }).keyTimes);
    const median = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
    if (!busy) expect(median, `keys answered in ${times.map(Math.round).join(', ')} ms`).toBeLessThan(50);
    expect(person.complaints).toEqual([]);
  });
});
