/** Every gesture on the canvas with a real mouse and keyboard; what came of it is read from the saved file. */
import type { Page } from '@playwright/test';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { expect, test } from './support/watched-page.ts';

interface Saved {
  readonly nodes: readonly { readonly id: string; readonly type: string; readonly disabled?: boolean }[];
  readonly edges: readonly {
    readonly id: string;
    readonly from: { node: string; port: string };
    readonly to: { node: string; port: string };
  }[];
  readonly drawing: { readonly positions: { readonly [id: string]: { readonly x: number; readonly y: number } } };
}

let served: ServedPage;

test.beforeAll(async () => {
  served = await serveMemoryPage();
});

test.afterAll(() => served.close());

async function begin(page: Page): Promise<Person> {
  const person = new Person(page);
  await page.goto(served.url);
  await expect(page.getByText('Nothing flows yet')).toBeVisible();
  return person;
}

/** Saves under a name and reads the file back. */
async function saved(page: Page): Promise<Saved> {
  await page.keyboard.press('Control+s');
  const name = page.getByLabel('File name');
  const done = page.locator('[data-save-state="saved"]');
  await expect(name.or(done)).toBeVisible();
  if (await name.isVisible()) {
    await name.fill('drawn');
    await page.keyboard.press('Enter');
  }
  await expect(done).toBeVisible();
  return page.evaluate(() => {
    const files = JSON.parse(sessionStorage.getItem('files') ?? '{}') as Record<string, { text: string }>;
    const path = Object.keys(files).find((candidate) => candidate.endsWith('/drawn.json')) ?? '';
    return JSON.parse(files[path].text) as Saved;
  });
}

/** Source, filter and sink in a row, wired. */
async function drawLine(person: Person): Promise<{ source: string; filter: string; sink: string }> {
  const source = await person.drag('Generator', 150, 150);
  const filter = await person.drag('Filter', 460, 150);
  const sink = await person.drag('Print', 770, 150);
  await person.wire(`${source}/out`, `${filter}/in`);
  await person.wire(`${filter}/out`, `${sink}/in`);
  await person.edgeCount(2);
  return { source, filter, sink };
}

async function dragFromTo(page: Page, from: { x: number; y: number }, to: { x: number; y: number }, hold = false): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  if (!hold) await page.mouse.up();
}

async function port(person: Person, key: string, side: 'in' | 'out') {
  return person.centre(person.page.locator(`[data-port="${key}"][data-side="${side}"]`));
}

async function emptyPlace(person: Person, x: number, y: number) {
  const box = await person.canvas.boundingBox();
  return { x: (box?.x ?? 0) + x, y: (box?.y ?? 0) + y };
}

test('dropping a wire on a node takes its first fitting port; fitting ports grow while others fade', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 150, 150);
  const filter = await person.drag('Filter', 520, 150);
  const card = await person.centre(person.node(filter));
  await dragFromTo(page, await port(person, `${source}/out`, 'out'), card, true);
  await expect(page.locator(`[data-port="${filter}/in"]`)).toHaveAttribute('data-fit', 'fits');
  await expect(page.locator(`[data-port="${filter}/out"]`)).toHaveAttribute('data-fit', 'refused');
  await page.mouse.up();
  await person.edgeCount(1);
  expect((await saved(page)).edges).toMatchObject([{ from: { node: source }, to: { node: filter, port: 'in' } }]);
  expect(person.complaints).toEqual([]);
});

test('adding and connecting the next node costs one drag and one key; Esc takes both back', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 150, 150);
  await saved(page);
  const start = await port(person, `${source}/out`, 'out');
  await dragFromTo(page, start, { x: start.x + 190, y: start.y + 90 });
  await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
  await page.keyboard.press('Escape');
  await person.edgeCount(0);
  await dragFromTo(page, start, { x: start.x + 190, y: start.y + 90 });
  await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
  await page.keyboard.press('1');
  await person.edgeCount(1);
  const file = await saved(page);
  expect([file.nodes.length, file.edges.length]).toEqual([2, 1]);
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-node]')).toHaveCount(1);
  expect(person.complaints).toEqual([]);
});

test('what needs event time is offered with the reason, and brings it along', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 150, 150);
  const start = await port(person, `${source}/out`, 'out');
  await dragFromTo(page, start, { x: start.x + 190, y: start.y + 60 });
  await page.keyboard.type('tumbling');
  const option = page.getByRole('option', { name: /Tumbling window/ });
  await expect(option).toContainText('needs event time');
  await option.click();
  await person.edgeCount(2);
  expect((await saved(page)).nodes.map((node) => node.type)).toEqual(['generator-source', 'watermark', 'window-aggregate']);
});

test('an end of an edge is rewired by dragging it, both ways; Shift-drag moves all edges of a port', async ({ page }) => {
  const person = await begin(page);
  const { source, filter, sink } = await drawLine(person);
  const other = await person.drag('Print', 770, 300);
  await saved(page);
  const end = await port(person, `${sink}/in`, 'in');
  await dragFromTo(page, { x: end.x - 24, y: end.y }, await port(person, `${other}/in`, 'in'));
  expect((await saved(page)).edges.map((edge) => edge.to.node)).toEqual([filter, other]);
  const start = await port(person, `${filter}/out`, 'out');
  await page.keyboard.down('Shift');
  await dragFromTo(page, start, await port(person, `${source}/out`, 'out'));
  await page.keyboard.up('Shift');
  expect((await saved(page)).edges.map((edge) => edge.from.node)).toEqual([source, source]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect((await saved(page)).edges.map((edge) => edge.to.node)).toEqual([filter, sink]);
  expect(person.complaints).toEqual([]);
});

test('a node dragged over an edge is put into it; Ctrl Delete joins the edge again', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 150, 150);
  const sink = await person.drag('Print', 770, 150);
  await person.wire(`${source}/out`, `${sink}/in`);
  const filter = await person.drag('Filter', 460, 330);
  const from = await person.centre(person.node(filter));
  const wire = await port(person, `${source}/out`, 'out');
  await dragFromTo(page, from, { x: from.x, y: wire.y });
  await person.edgeCount(2);
  expect((await saved(page)).edges.map((edge) => [edge.from.node, edge.to.node])).toEqual([
    [source, filter],
    [filter, sink],
  ]);
  await person.node(filter).click();
  await page.keyboard.press('Control+Delete');
  await person.edgeCount(1);
  expect((await saved(page)).edges).toMatchObject([{ from: { node: source }, to: { node: sink } }]);
});

test('the lasso selects, Shift adds and Ctrl takes away; the bar aligns in one step', async ({ page }) => {
  const person = await begin(page);
  const a = await person.drag('Generator', 160, 140);
  const b = await person.drag('Filter', 200, 260);
  const c = await person.drag('Print', 560, 400);
  const pressed = async () =>
    page.locator('[data-node][aria-pressed="true"]').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node')));
  await dragFromTo(page, await emptyPlace(person, 40, 80), await emptyPlace(person, 340, 320));
  await expect.poll(async () => (await pressed()).sort()).toEqual([a, b].sort());
  await page.keyboard.down('Shift');
  await dragFromTo(page, await emptyPlace(person, 430, 350), await emptyPlace(person, 700, 460));
  await page.keyboard.up('Shift');
  await expect.poll(async () => (await pressed()).length).toBe(3);
  await page.keyboard.down('Control');
  await dragFromTo(page, await emptyPlace(person, 430, 350), await emptyPlace(person, 700, 460));
  await page.keyboard.up('Control');
  await expect.poll(async () => (await pressed()).includes(c)).toBe(false);
  await page.getByRole('toolbar', { name: 'Arrange the selected nodes' }).getByRole('button', { name: 'Align left' }).click();
  const { positions } = (await saved(page)).drawing;
  expect(positions[a].x).toBe(positions[b].x);
  expect(person.complaints).toEqual([]);
});

test('dragging straightens a wire, Alt leaves it alone, and Alt-drag copies as one step', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 150, 150);
  const sink = await person.drag('Print', 560, 260);
  await person.wire(`${source}/out`, `${sink}/in`);
  await saved(page);
  const from = await person.centre(person.node(sink));
  const height = (await person.centre(person.node(source))).y;
  await dragFromTo(page, from, { x: from.x + 20, y: height + 4 });
  const straight = (await saved(page)).drawing.positions;
  expect(straight[sink].y).toBe(straight[source].y);
  const again = await person.centre(person.node(sink));
  await page.mouse.move(again.x, again.y);
  await page.keyboard.down('Alt');
  await page.mouse.down();
  await page.mouse.move(again.x + 30, again.y + 90, { steps: 6 });
  await expect(page.locator('[data-ghost]')).toBeVisible();
  await page.mouse.move(again.x + 60, again.y + 150, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await expect(page.locator('[data-node]')).toHaveCount(3);
  expect((await saved(page)).drawing.positions[sink]).toEqual(straight[sink]);
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-node]')).toHaveCount(2);
});

test('the columns of an edge: hovering its chip shows them, one click pins', async ({ page }) => {
  const person = await begin(page);
  const { source, filter } = await drawLine(person);
  const start = await port(person, `${source}/out`, 'out');
  const end = await port(person, `${filter}/in`, 'in');
  await page.mouse.move((start.x + end.x) / 2, start.y, { steps: 3 });
  const columns = page.getByRole('dialog', { name: 'Columns on this edge' });
  await expect(columns).toBeVisible();
  await expect(columns).toContainText('BIGINT');
  await expect(columns).toContainText('append only');
  await page.mouse.move(start.x, start.y + 260, { steps: 4 });
  await expect(columns).toBeHidden();
  await page.mouse.click((start.x + end.x) / 2, start.y);
  await page.mouse.move(start.x, start.y + 260, { steps: 4 });
  await expect(columns).toHaveAttribute('data-pinned', 'true');
  await page.keyboard.press('Escape');
  await expect(columns).toBeHidden();
  expect(person.complaints).toEqual([]);
});

test('actions above a hovered node, a plus beside its free port, a plus on an edge', async ({ page }) => {
  const person = await begin(page);
  const { source, sink } = await drawLine(person);
  await person.node(sink).hover();
  await page.getByRole('toolbar', { name: 'Actions on this node' }).getByRole('button', { name: 'Switch off or on' }).click();
  expect((await saved(page)).nodes.find((node) => node.id === sink)?.disabled).toBe(true);
  const spare = await person.drag('Generator', 150, 330);
  await person.node(spare).hover();
  await page.locator(`[data-plus="${spare}/out"]`).click();
  await page.keyboard.type('print');
  await page.keyboard.press('Enter');
  await person.edgeCount(3);
  const start = await port(person, `${source}/out`, 'out');
  await page.mouse.move(start.x + 53, start.y, { steps: 3 });
  await page.locator('[data-plus-edge]').click();
  await page.keyboard.type('mask');
  await page.keyboard.press('Enter');
  await person.edgeCount(4);
  expect((await saved(page)).edges.filter((edge) => edge.from.node === source)).toHaveLength(1);
  expect(person.complaints).toEqual([]);
});

test('the keyboard connects: C, arrows, Tab for the port, Enter', async ({ page }) => {
  const person = await begin(page);
  const source = await person.drag('Generator', 150, 150);
  const sink = await person.drag('Print', 560, 150);
  await person.node(source).click();
  await page.keyboard.press('c');
  await expect(page.locator('[data-connect-hint]')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await expect(person.node(sink)).toBeFocused();
  await page.keyboard.press('Enter');
  await person.edgeCount(1);
  expect((await saved(page)).edges).toMatchObject([{ from: { node: source }, to: { node: sink } }]);
});

test('laying out twice changes no byte of the file', async ({ page }) => {
  const person = await begin(page);
  await drawLine(person);
  await person.drag('Generator', 300, 330);
  await page.mouse.click((await emptyPlace(person, 40, 420)).x, (await emptyPlace(person, 40, 420)).y);
  await page.keyboard.press('Shift+L');
  await expect.poll(async () => page.getByRole('status').allTextContents()).toContain('Arranged');
  const once = await saved(page);
  await page.keyboard.press('Shift+L');
  await page.waitForTimeout(600);
  expect(await saved(page)).toEqual(once);
});

test('what is no piece of a pipeline is refused kindly; Ctrl Shift V keeps incoming wires', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const person = await begin(page);
  const { source, filter } = await drawLine(person);
  await person.node(filter).click();
  await page.keyboard.press('Control+c');
  const at = await emptyPlace(person, 460, 380);
  await page.mouse.move(at.x, at.y);
  await page.keyboard.press('Control+Shift+v');
  await person.edgeCount(3);
  expect((await saved(page)).edges.filter((edge) => edge.from.node === source)).toHaveLength(2);
  await page.evaluate(() => navigator.clipboard.writeText('buy milk'));
  await page.keyboard.press('Control+v');
  await expect(page.getByText('That is not a piece of a pipeline')).toBeVisible();
  await expect(page.locator('[data-node]')).toHaveCount(4);
});

test('a dropped file becomes a source with its columns, after asking', async ({ page }) => {
  const person = await begin(page);
  await person.drag('Print', 560, 300);
  await saved(page);
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['card_id,amount\n1,2\n'], 'cards.csv', { type: 'text/csv' }));
    return transfer;
  });
  const at = await emptyPlace(person, 200, 200);
  await page.locator('[data-canvas] [role="group"]').first().dispatchEvent('drop', { dataTransfer: data, clientX: at.x, clientY: at.y });
  await page.getByRole('button', { name: 'Copy and add' }).click();
  await expect(page.locator('[data-node]')).toHaveCount(2);
  const source = (await saved(page)).nodes[1] as unknown as { config: { path: string; format: string; schema: unknown[] } };
  expect(source.config).toMatchObject({ path: 'data/cards.csv', format: 'csv' });
  expect(source.config.schema).toHaveLength(4);
  expect(person.complaints).toEqual([]);
});
