/** Nodes that hands set up in their forms, from empty settings to rows: what the sink has is what the command line writes for the saved file. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import type { EdgeSpec, NodeSpec } from '../../engine/spec/document.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

type Drawn = Pick<NodeSpec, 'id' | 'type' | 'config'>;

let host: RunningHost;

test.beforeEach(async () => {
  host = await startHost({ tabs: ['drawing.json'] });
});

test.afterEach(({ context }) => leave(context, host));

/** `links`: "from > node/port", by the port `out`. */
function draw(nodes: readonly Drawn[], links: readonly string[]): void {
  const edges = links.map((link, at): EdgeSpec => {
    const [from, to, port] = link.split(/ > |\//);
    return { id: `e${at}`, from: { node: from, port: 'out' }, to: { node: to, port } };
  });
  const positions = Object.fromEntries(nodes.map(({ id }, at) => [id, { x: (at % 3) * 270, y: Math.floor(at / 3) * 130 }]));
  const document = {
    format: 'millrace-pipeline',
    version: 1,
    id: 'drawing',
    name: 'drawing',
    job: {},
    nodes,
    edges,
    drawing: { positions },
  };
  writeFileSync(path.join(host.workspace, 'drawing.json'), JSON.stringify(document, null, 2));
}

function writeRows(name: string, rows: readonly object[]): void {
  writeFileSync(path.join(host.workspace, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** Lines of the files that are complete, in no order. */
function linesOut(): readonly string[] {
  const folder = path.join(host.workspace, 'out');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /(^|\/)part[^/]*$/.test(name));
  return files.flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trim().split('\n')).sort();
}

/** What the command line writes for the file, with what the page wrote out of the way. */
async function linesOfCommandLine(...flags: readonly string[]): Promise<readonly string[]> {
  renameSync(path.join(host.workspace, 'out'), path.join(host.workspace, 'out-of-the-page'));
  const words = [path.join(REPOSITORY, 'build/engine/cli.cjs'), 'run', 'drawing.json', '--restore', 'none', ...flags];
  await promisify(execFile)(process.execPath, words, { cwd: host.workspace, timeout: 30_000 });
  return linesOut();
}

class Form {
  readonly person: Person;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.person = new Person(page);
  }

  get whole(): Locator {
    return this.page.getByRole('complementary', { name: 'Inspector' });
  }

  async of(node: string): Promise<void> {
    await this.person.node(node).click();
    await expect(this.whole.getByRole('textbox', { name: 'Name', exact: true }).first()).toBeVisible();
  }

  async fill(label: string, text: string): Promise<void> {
    await this.person.field(label).fill(text);
  }

  /** Into a field for code, in place of what is there, without the bracket that the editor closes by itself. */
  async write(field: Locator, text: string): Promise<void> {
    await field.click();
    await expect(this.whole.locator('[data-code-live]')).toHaveCount(1);
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press('Control+Shift+End');
    await this.page.keyboard.press('Delete');
  }

  async unfold(section: string): Promise<void> {
    const head = this.whole.getByRole('button', { name: new RegExp(`^${section}`) });
    if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  }

  async add(field: string): Promise<void> {
    await this.whole.locator(`[data-field="${field}"]`).getByRole('button', { name: /^Add/ }).click();
  }

  async column(place: number, name: string, type: string): Promise<void> {
    await this.add(COLUMNS);
    await this.fill(`Column name ${place}`, name);
    await this.write(this.person.field(`Type of ${name}`), type);
  }

  async pick(label: string, column: string): Promise<void> {
    await this.person.field(`${label}: add column`).fill(column);
    await this.page.keyboard.press('Enter');
    await expect(this.whole.getByRole('button', { name: new RegExp(`\\b${column}\\b`) }).first()).toBeVisible();
  }

  async save(): Promise<void> {
    await expect(this.page.getByText('No problems').first()).toBeVisible();
    await this.page.keyboard.press('Control+s');
    await expect(this.page.locator('[data-save-state="saved"]')).toBeVisible();
  }

  async finish(): Promise<void> {
    await expect(this.page.locator('[data-run-phase="finished"]')).toBeVisible({ timeout: 20_000 });
  }
}

const COLUMNS = 'columns';

test('a text is cut to rows, each is computed round by round, and a server completes it', async ({ page }) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const [, tag] = /^\/tags\/(\w+)$/.exec(request.url ?? '') ?? [];
    if (tag === undefined || tag === 'unknown') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ words: { title: tag.toUpperCase() } }));
  });
  const port = await listen(server);
  writeRows('rows.ndjson', [
    { id: 6, tags: 'red;green' },
    { id: 1, tags: 'red' },
    { id: 3, tags: 'unknown' },
  ]);
  const schema = [
    { name: 'id', type: 'BIGINT' },
    { name: 'tags', type: 'STRING' },
  ];
  draw(
    [
      { id: 'read', type: 'file-source', config: { path: 'rows.ndjson', schema } },
      { id: 'cut', type: 'flatten', config: {} },
      { id: 'round', type: 'iterate', config: {} },
      { id: 'ask', type: 'lookup', config: {} },
      { id: 'write', type: 'file-sink', config: { path: 'out' } },
    ],
    ['read > cut/in', 'cut > round/in', 'round > ask/in', 'ask > write/in'],
  );
  const form = new Form(page);
  await page.goto(host.link);

  await form.of('cut');
  await form.person.choose('Column', 'tags');
  await form.fill('Cut at', ';');
  await form.unfold('Columns of the result');
  await form.fill('Column of the element', 'tag');
  await form.fill('Column of its number', 'place');

  await form.of('round');
  await form.add('assignments');
  await expect(form.person.field('Name of the output column 1')).toHaveValue('id');
  await form.write(form.person.field('expression 1'), 'CASE WHEN MOD(id, 2) = 0 THEN id / 2 ELSE 3 * id + 1 END');
  await form.write(form.person.field('Until'), 'id = 1');
  await form.fill('Column of the round', 'rounds');

  await form.of('ask');
  await form.fill('Address', `http://127.0.0.1:${port}/tags/{tag}`);
  await form.add('results');
  const answer = form.whole.getByRole('group', { name: 'Column 1' });
  await answer.getByLabel('Name').fill('title');
  await answer.getByLabel('Path in the JSON').fill('$.words.title');
  await form.unfold('Cache');
  await form.whole.getByRole('radio', { name: 'are kept for a while' }).click();

  await form.save();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await form.finish();
  const shown = linesOut();
  expect(shown.map((line) => JSON.parse(line) as unknown)).toEqual([
    { id: 1, tags: 'red', tag: 'red', place: 1, rounds: 3, title: 'RED' },
    { id: 1, tags: 'red;green', tag: 'green', place: 2, rounds: 8, title: 'GREEN' },
    { id: 1, tags: 'red;green', tag: 'red', place: 1, rounds: 8, title: 'RED' },
    { id: 1, tags: 'unknown', tag: 'unknown', place: 1, rounds: 7, title: null },
  ]);
  expect([...new Set(asked)].sort()).toEqual(['/tags/green', '/tags/red', '/tags/unknown']);
  expect(await linesOfCommandLine()).toEqual(shown);
  server.close();
  expect(form.person.complaints).toEqual([]);
});

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

const SOURCE = `function read(position: number | null, ctx: Context, out: Output) {
  const from = position ?? 0;
  for (let at = from; at < from + 10; at++) out.emit({ card: 'c' + (at % 3), amount: at });
  return from + 10 < 40 ? from + 10 : null;
}
`;
const CONNECT = `function processElement1(row: Row1, ctx: Context, out: Output) {
  ctx.state.total.set((ctx.state.total.get() ?? 0n) + (row.amount ?? 0n));
  ctx.timers.registerEventTime(1);
}

function processElement2(row: Row2, ctx: Context, out: Output) {
  ctx.state.most.set(row.most ?? 0n);
  ctx.timers.registerEventTime(1);
}

function onTimer(time: number, ctx: Context, out: Output) {
  const total = ctx.state.total.get() ?? 0n;
  out.emit({ card: ctx.key.card, total, over: total > (ctx.state.most.get() ?? 0n) });
}
`;
const SINK = `function write(rows: Row[], ctx: Context) {
  for (const row of rows) ctx.writeLine(row.card + ': ' + row.total + (row.over ? ' over' : ''));
}
`;

test('a source, a node of two inputs and a sink are written as code', async ({ page }) => {
  writeRows(
    'limits.ndjson',
    ['c0', 'c1', 'c2'].map((card, at) => ({ card, most: 200 + at * 60 })),
  );
  const schema = [
    { name: 'card', type: 'STRING' },
    { name: 'most', type: 'BIGINT' },
  ];
  draw(
    [
      { id: 'make', type: 'custom-source', config: {} },
      { id: 'both', type: 'connect', config: {} },
      { id: 'put', type: 'custom-sink', config: {} },
      { id: 'read', type: 'file-source', config: { path: 'limits.ndjson', schema } },
    ],
    ['make > both/first', 'read > both/second', 'both > put/in'],
  );
  const form = new Form(page);
  await page.goto(host.link);

  await form.of('make');
  await form.fill('Column name 1', 'card');
  await form.write(form.person.field('Type of card'), 'STRING');
  await form.fill('Column name 2', 'amount');
  await form.write(form.person.field('Type of amount'), 'BIGINT');
  await form.write(form.person.field('Code'), SOURCE);

  await form.of('both');
  await form.pick('Key of the first input', 'card');
  await form.pick('Key of the second input', 'card');
  await form.column(1, 'card', 'STRING');
  await form.column(2, 'total', 'BIGINT');
  await form.column(3, 'over', 'BOOLEAN');
  for (const [at, name] of ['total', 'most'].entries()) {
    await form.add('states');
    const state = form.whole.getByRole('group', { name: `State ${at + 1}` });
    await state.getByLabel('Name').fill(name);
    await state.getByLabel('Type of what is kept', { exact: true }).fill('BIGINT');
  }
  await form.write(form.person.field('Code'), CONNECT);

  await form.of('put');
  await form.write(form.person.field('Code'), SINK);
  await form.fill('Folder', 'out');

  await form.save();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('dialog', { name: 'Trust the code in drawing.json?' }).getByRole('button', { name: 'Trust and run' }).click();
  await form.finish();
  const shown = linesOut();
  expect(shown).toEqual(['c0: 273 over', 'c1: 247', 'c2: 260']);
  expect(await linesOfCommandLine('--trust')).toEqual(shown);
  expect(form.person.complaints).toEqual([]);
});
