/** What hands expect of any canvas, by mouse and keyboard: history, adding, choosing, looking round, copying, arranging, groups; read from the saved file. */
import type { Page } from '@playwright/test';
import type { PipelineDocument, Point } from '../../engine/spec/document.ts';
import { cardPipeline } from './support/card-pipeline.ts';
import { beginEmpty, beginWith, savedFile } from './support/memory-designer.ts';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/watched-page.ts';

let served: ServedPage;

test.beforeAll(async () => {
  served = await serveMemoryPage();
});
test.afterAll(() => served.close());

const open = (page: Page): Promise<Person> => beginWith(page, served.url, { 'cards.json': cardPipeline });
const saved = (page: Page): Promise<PipelineDocument> => savedFile(page, 'cards');

function place(document: PipelineDocument, id: string): Point {
  const point = document.drawing.positions[id];
  if (point === undefined) throw new Error(`${id} has no place`);
  return point;
}

async function dragBy(person: Person, from: Point, dx: number, dy: number, button: 'left' | 'middle' = 'left'): Promise<void> {
  const { mouse } = person.page;
  await mouse.move(from.x, from.y);
  await mouse.down({ button });
  await mouse.move(from.x + dx / 2, from.y + dy / 2, { steps: 4 });
  await mouse.move(from.x + dx, from.y + dy, { steps: 4 });
  await mouse.up({ button });
}

async function onCanvas(person: Person, x: number, y: number): Promise<Point> {
  const box = await person.canvas.boundingBox();
  return { x: (box?.x ?? 0) + x, y: (box?.y ?? 0) + y };
}

test('history: one action is one step, whatever it was; selecting is none; both keys do again; buttons rest when there is nothing', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const person = await open(page);
  const before = await saved(page);
  const undo = page.getByRole('button', { name: 'Undo', exact: true }).first();
  const redo = page.getByRole('button', { name: 'Redo', exact: true }).first();
  await person.node('large').click();
  await expect(undo).toBeDisabled();
  await expect(redo).toBeDisabled();
  const name = person.field('Name');
  await name.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Not small', { delay: 15 });
  await page.keyboard.press('Enter');
  await expect(person.node('large')).toBeFocused();
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Shift+L');
  await expect(page.locator('[data-live-region]')).toContainText('Arranged');
  await page.keyboard.press('Control+g');
  await expect(page.locator('button[data-group]')).toHaveCount(1);
  const after = await saved(page);
  for (const step of ['group', 'arrange', 'paste', 'move', 'rename']) {
    await page.keyboard.press('Control+z');
    await expect(page.locator('[data-live-region]')).toContainText(`Undone: ${step}`);
  }
  await expect(undo).toBeDisabled();
  expect(await saved(page)).toEqual(before);
  for (let step = 0; step < 5; step++) await page.keyboard.press(step % 2 === 0 ? 'Control+y' : 'Control+Shift+z');
  await expect(redo).toBeDisabled();
  expect(await saved(page)).toEqual(after);
  expect(person.complaints).toEqual([]);
});

test('inside a field undo is the field’s own and leaves the drawing alone', async ({ page }) => {
  const person = await open(page);
  await person.node('print').click();
  await page.keyboard.press('ArrowDown');
  const moved = place(await saved(page), 'print');
  const prefix = person.field('Begin each line with');
  await prefix.click();
  await page.keyboard.type('row ');
  await page.keyboard.press('Control+z');
  await expect(prefix).not.toHaveValue('row ');
  expect(place(await saved(page), 'print')).toEqual(moved);
  expect(person.complaints).toEqual([]);
});

test('words of other tools find a node, in quick-add and in the palette', async ({ page }) => {
  const person = await beginEmpty(page, served.url);
  const at = await onCanvas(person, 400, 200);
  for (const [typed, found] of [
    ['keyBy', /Partition/],
    ['group by', /[Aa]ggregate|window/],
    ['where', /Filter/],
  ] as const) {
    await page.mouse.dblclick(at.x, at.y);
    await page.keyboard.type(typed);
    await expect(page.getByRole('dialog', { name: 'Add a node' }).getByRole('option').first()).toContainText(found);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('/');
  await page.keyboard.type('gdpr');
  await expect(page.getByRole('complementary', { name: 'Nodes' }).getByRole('treeitem', { name: /^Mask/ })).toBeVisible();
  expect(person.complaints).toEqual([]);
});

test('a palette item dropped on an edge is put into it, as one step', async ({ page }) => {
  const person = await open(page);
  const from = await person.centre(page.locator('[data-port="window/out"][data-side="out"]'));
  const to = await person.centre(page.locator('[data-port="print/in"][data-side="in"]'));
  const box = await person.canvas.boundingBox();
  await page
    .getByRole('complementary', { name: 'Nodes' })
    .getByRole('treeitem', { name: 'Filter', exact: true })
    .dragTo(person.canvas, { targetPosition: { x: (from.x + to.x) / 2 - (box?.x ?? 0), y: from.y - (box?.y ?? 0) } });
  await person.edgeCount(5);
  const drawn = await saved(page);
  const filter = drawn.nodes.at(-1)?.id ?? '';
  expect(drawn.edges.filter((edge) => edge.to.node === 'print').map((edge) => edge.from.node)).toEqual([filter]);
  expect(drawn.edges.filter((edge) => edge.from.node === 'window').map((edge) => edge.to.node)).toEqual([filter]);
  await page.keyboard.press('Control+z');
  await person.edgeCount(4);
  expect(person.complaints).toEqual([]);
});

test('everything is selected by key and let go by Esc; Space and the middle button pan, and select nothing', async ({ page }) => {
  const person = await open(page);
  const pressed = page.locator('[data-node][aria-pressed="true"]');
  await person.node('large').click();
  await page.keyboard.press('Control+a');
  await expect(pressed).toHaveCount(5);
  await page.keyboard.press('Escape');
  await expect(pressed).toHaveCount(0);
  const start = await person.centre(person.node('large'));
  const empty = await onCanvas(person, 60, 60);
  await page.keyboard.down('Space');
  await dragBy(person, empty, 70, 40);
  await page.keyboard.up('Space');
  await expect.poll(async () => Math.round((await person.centre(person.node('large'))).x - start.x)).toBe(70);
  await dragBy(person, empty, -30, -40, 'middle');
  await expect.poll(async () => Math.round((await person.centre(person.node('large'))).x - start.x)).toBe(40);
  await expect(pressed).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

test('the wheel pans, with Ctrl it zooms to the pointer; 0, 1 and 2 are 100 %, all and the selection; a reload looks at the same place', async ({
  page,
}) => {
  const person = await open(page);
  const zoom = page.getByRole('button', { name: 'Zoom to 100%' }).first();
  await person.node('large').click();
  await page.keyboard.press('0');
  await expect(zoom).toHaveText('100%');
  const before = await person.centre(person.node('large'));
  await page.mouse.move(before.x, before.y);
  await page.mouse.wheel(0, 60);
  await expect.poll(async () => Math.round(before.y - (await person.centre(person.node('large'))).y)).toBeGreaterThan(20);
  const held = await person.centre(person.node('large'));
  await page.mouse.move(held.x, held.y);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 120);
  await page.keyboard.up('Control');
  await expect(zoom).not.toHaveText('100%');
  const zoomed = await person.centre(person.node('large'));
  expect(Math.hypot(zoomed.x - held.x, zoomed.y - held.y)).toBeLessThan(4);
  await page.keyboard.press('2');
  const centre = await person.centre(person.canvas);
  await expect.poll(async () => Math.abs((await person.centre(person.node('large'))).x - centre.x)).toBeLessThan(30);
  await page.keyboard.press('1');
  for (const id of ['source', 'print']) await expect(person.node(id)).toBeInViewport({ ratio: 0.99 });
  await page.keyboard.press('0');
  await expect(zoom).toHaveText('100%');
  await page.keyboard.press('-');
  await expect(zoom).toHaveText('83%');
  const spot = await person.centre(person.node('large'));
  await page.reload();
  await expect(zoom).toHaveText('83%');
  const again = await person.centre(person.node('large'));
  expect(Math.hypot(again.x - spot.x, again.y - spot.y)).toBeLessThan(2);
  expect(person.complaints).toEqual([]);
});

test('the overview map takes one there by click and drag, shows what is wrong, and goes away by key', async ({ page }) => {
  const nodes = cardPipeline.nodes.map((node) =>
    node.id === 'print' ? { ...node, type: 'filter', config: { condition: 'none > 1' } } : node,
  );
  const person = await beginWith(page, served.url, { 'cards.json': { ...cardPipeline, nodes } });
  const map = page.getByRole('img', { name: 'Overview map' });
  await expect(map).toBeVisible();
  const redPixels = () =>
    map.evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      let count = 0;
      for (let at = 0; at < data.length; at += 4)
        if (data[at] > 150 && data[at + 1] < 110 && data[at + 2] < 110 && data[at + 3] > 200) count++;
      return count;
    });
  await expect.poll(redPixels).toBeGreaterThan(10);
  const box = await map.boundingBox();
  if (box === null) throw new Error('no map');
  const x = async () => (await person.centre(person.node('large'))).x;
  const before = await x();
  await page.mouse.click(box.x + 20, box.y + 50);
  await expect.poll(x).toBeGreaterThan(before + 20);
  await page.mouse.move(box.x + 84, box.y + 50);
  await page.mouse.down();
  await page.waitForTimeout(150);
  const jumped = await x();
  await page.mouse.move(box.x + 100, box.y + 50, { steps: 5 });
  await expect.poll(x).toBeLessThan(jumped - 20);
  await page.mouse.up();
  await person.node('large').focus();
  await page.keyboard.press('m');
  await expect(map).toBeHidden();
  await page.keyboard.press('m');
  await expect(map).toBeVisible();
  expect(person.complaints).toEqual([]);
});

test('the menu of a node hangs on a visible button too, with the same entries as a right click', async ({ page }) => {
  const person = await open(page);
  const entries = () => page.getByRole('menu').getByRole('menuitem').allTextContents();
  await person.node('large').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  const byRightClick = await entries();
  await page.keyboard.press('Escape');
  await page.mouse.move(300, 500);
  await person.node('large').hover();
  await page.getByRole('toolbar', { name: 'Actions on this node' }).getByRole('button', { name: 'Open the context menu' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await entries()).toEqual(byRightClick);
  expect(byRightClick.length).toBeGreaterThan(6);
  expect(person.complaints).toEqual([]);
});

test('a copy is readable text without secrets; text from anywhere is pasted at the pointer with new ids, as one step', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const nodes = cardPipeline.nodes.map((node) => (node.id === 'large' ? { ...node, config: { ...node.config, password: 'hush' } } : node));
  const person = await beginWith(page, served.url, { 'cards.json': { ...cardPipeline, nodes } });
  await person.node('large').click();
  await person.node('window').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+x');
  await expect(page.locator('[data-node]')).toHaveCount(3);
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-node]')).toHaveCount(5);
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).not.toContain('hush');
  expect((JSON.parse(text) as { nodes: { id: string }[] }).nodes.map((node) => node.id)).toEqual(['large', 'window']);
  const at = await onCanvas(person, 420, 330);
  for (const [index, pasted] of [`Try this:\n\`\`\`json\n${text}\`\`\`\n`, JSON.stringify(cardPipeline)].entries()) {
    await page.evaluate((words) => navigator.clipboard.writeText(words), pasted);
    await page.mouse.move(at.x, at.y);
    await page.keyboard.press('Control+v');
    await expect(page.locator('[data-node]')).toHaveCount(index === 0 ? 7 : 10);
    const file = await saved(page);
    expect(new Set(file.nodes.map((node) => node.id)).size).toBe(file.nodes.length);
    expect(file.edges).toHaveLength(index === 0 ? 5 : 8);
    const first = await person.node(file.nodes[5].id).boundingBox();
    expect(Math.abs((first?.x ?? 0) - at.x)).toBeLessThan(620);
    await page.keyboard.press('Control+z');
    await expect(page.locator('[data-node]')).toHaveCount(5);
  }
  expect(person.complaints).toEqual([]);
});

test('Ctrl D doubles what is selected with the edges inside', async ({ page }) => {
  const person = await open(page);
  await person.node('large').click();
  await person.node('window').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+d');
  await person.edgeCount(5);
  const file = await saved(page);
  const copies = file.nodes.slice(5);
  expect(copies.map(({ type, label }) => [type, label])).toEqual([
    ['filter', 'Large'],
    ['window-aggregate', 'Per card'],
  ]);
  expect(file.edges.at(-1)).toMatchObject({ from: { node: copies[0].id }, to: { node: copies[1].id } });
  await page.keyboard.press('Control+z');
  await person.edgeCount(4);
  expect(person.complaints).toEqual([]);
});

test('a laid out selection leaves the rest where it is; a tied note travels with its node', async ({ page }) => {
  const person = await open(page);
  const notes = [{ id: 'n1', text: 'why', x: 270, y: 400, width: 180, height: 90, node: 'window' }];
  const drawing = { positions: { ...cardPipeline.drawing.positions, window: { x: 90, y: 400 }, print: { x: 0, y: 520 } }, notes };
  await page.evaluate(
    (text) => sessionStorage.setItem('files', JSON.stringify({ '/home/millrace/cards.json': { text, modifiedMs: 2, hash: 'b' } })),
    JSON.stringify({ ...cardPipeline, drawing }),
  );
  await page.reload();
  await expect(page.locator('[data-note]')).toBeVisible();
  // The view is where it was left, and the cards are further apart now.
  await person.node('large').click();
  await page.keyboard.press('1');
  await expect(person.node('print')).toBeInViewport({ ratio: 0.99 });
  const before = drawing;
  await person.node('window').click({ modifiers: ['Shift'] });
  await person.node('print').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Shift+L');
  await expect(page.locator('[data-live-region]')).toContainText('Arranged');
  const file = await saved(page);
  for (const id of ['source', 'time'] as const) expect(place(file, id)).toEqual(before.positions[id]);
  expect(place(file, 'print').x).toBeGreaterThan(place(file, 'window').x);
  expect(place(file, 'window').x).toBeGreaterThan(place(file, 'large').x);
  const note = file.drawing.notes?.[0];
  const moved = { x: place(file, 'window').x - before.positions.window.x, y: place(file, 'window').y - before.positions.window.y };
  expect({ x: (note?.x ?? 0) - notes[0].x, y: (note?.y ?? 0) - notes[0].y }).toEqual(moved);
  await page.keyboard.press('Control+z');
  expect((await saved(page)).drawing).toEqual(before);
  expect(person.complaints).toEqual([]);
});

test('six ways to align and two to distribute stand on one bar; what is dragged snaps to the grid', async ({ page }) => {
  const person = await open(page);
  const ids = ['source', 'large', 'print'] as const;
  const bar = page.getByRole('toolbar', { name: 'Arrange the selected nodes' });
  const choose = async () => {
    await person.node('source').click();
    for (const id of ['large', 'print']) await person.node(id).click({ modifiers: ['Shift'] });
  };
  await dragBy(person, await person.centre(person.node('large')), 61, 47);
  const snapped = place(await saved(page), 'large');
  expect([snapped.x % 9, snapped.y % 9]).toEqual([0, 0]);
  await choose();
  for (const [name, axis] of [
    ['Align left', 'x'],
    ['Align centres', 'x'],
    ['Align right', 'x'],
    ['Align tops', 'y'],
    ['Align middles', 'y'],
    ['Align bottoms', 'y'],
  ] as const) {
    await bar.getByRole('button', { name, exact: true }).click();
    const file = await saved(page);
    expect(new Set(ids.map((id) => place(file, id)[axis])).size, name).toBe(1);
    await person.node('source').focus();
    await page.keyboard.press('Control+z');
  }
  for (const [name, axis] of [
    ['Distribute horizontally', 'x'],
    ['Distribute vertically', 'y'],
  ] as const) {
    await bar.getByRole('button', { name, exact: true }).click();
    const file = await saved(page);
    const at = ids.map((id) => place(file, id)[axis]).sort((a, b) => a - b);
    expect(Math.abs(at[2] - 2 * at[1] + at[0]), name).toBeLessThanOrEqual(9);
    await person.node('source').focus();
    await page.keyboard.press('Control+z');
  }
  expect(person.complaints).toEqual([]);
});

test('a group is dragged as one, coloured, and switched off with all its nodes', async ({ page }) => {
  const person = await open(page);
  await person.node('large').click();
  await person.node('window').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  const group = page.locator('button[data-group]');
  const id = (await group.getAttribute('data-group')) ?? '';
  const before = await saved(page);
  await dragBy(person, await person.centre(group), 90, 90);
  const moved = await saved(page);
  expect(place(moved, id).y - place(before, id).y).toBeGreaterThan(60);
  expect(moved.nodes).toEqual(before.nodes);
  await page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Violet').click();
  expect((await saved(page)).drawing.groups?.[0].colour).toBe('violet');
  await group.focus();
  await page.keyboard.press('d');
  await expect(page.locator('[data-live-region]')).toContainText('2 nodes switched off');
  const off = await saved(page);
  expect(off.nodes.filter((node) => node.disabled === true).map((node) => node.id)).toEqual(['large', 'window']);
  await expect(group).toHaveAccessibleName(/switched off/);
  expect(person.complaints).toEqual([]);
});
