/** Code of a person's own: TypeScript knows its rows and state while one types, and nothing of it runs before it is trusted. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { printVariable } from '../../engine/spec/variables.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { auditPage } from './support/audit-page.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

const CODE = `function processElement(row: Row, ctx: Context, out: Output) {
  const seen = (ctx.state.seen.get() ?? 0n) + 1n;
  ctx.state.seen.set(seen);
  out.emit({ card: row.card, seen });
}
`;
const ROWS = 20;

function writePipeline(workspace: string): void {
  const rows = Array.from({ length: ROWS }, (_, at) => JSON.stringify({ card: `c${at % 2}`, amount: at }));
  writeFileSync(path.join(workspace, 'rows.ndjson'), `${rows.join('\n')}\n`);
  const schema = [
    { name: 'card', type: 'STRING' },
    { name: 'amount', type: 'BIGINT' },
  ];
  const process = {
    keys: ['card'],
    code: CODE,
    columns: [schema[0], { name: 'seen', type: 'BIGINT' }],
    states: [{ name: 'seen', kind: 'value', type: 'BIGINT' }],
  };
  const nodes = [
    { id: 'read', type: 'file-source', config: { path: 'rows.ndjson', schema } },
    { id: 'count', type: 'process', config: process },
    { id: 'write', type: 'file-sink', config: { path: 'out' } },
  ];
  const edges = nodes
    .slice(1)
    .map(({ id }, at) => ({ id: `e${at}`, from: { node: nodes[at].id, port: 'out' }, to: { node: id, port: 'in' } }));
  const positions = { read: { x: 0, y: 0 }, count: { x: 280, y: 0 }, write: { x: 560, y: 0 } };
  const document = { format: 'millrace-pipeline', version: 1, id: 'coded', name: 'coded', job: {}, nodes, edges, drawing: { positions } };
  writeFileSync(path.join(workspace, 'coded.json'), JSON.stringify(document, null, 2));
}

let host: RunningHost;

test.beforeEach(async () => {
  host = await startHost({ tabs: ['coded.json'] });
  writePipeline(host.workspace);
});

test.afterEach(({ context }) => leave(context, host));

test('a mistake in code is underlined as it is typed, by the schema of the moment', async ({ page }) => {
  const person = new Person(page);
  await page.goto(host.link);
  await person.node('count').click();
  const field = page.locator('[data-field="code"]');
  const mistake = field.locator('[data-problem="MR2324"]');
  await person.field('Code').click();
  await expect(field.locator('[data-code-live]')).toBeVisible();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('const wrong: number = "x";');
  // TypeScript is read with the first code that is looked at; half a line may have two mistakes.
  await expect(mistake).toHaveText(["Line 6: Type 'string' is not assignable to type 'number'."], { timeout: 30_000 });
  await expect(field.locator('.squiggly-warning')).toHaveCount(1);
  await expect(page.getByRole('button', { name: /^1 warning/ }).first()).toBeVisible();
  for (const _ of 'const wrong: number = "x";') await page.keyboard.press('Backspace');
  await expect(mistake).toHaveCount(0);

  await page.getByRole('button', { name: 'Remove State 1' }).click();
  await expect(mistake).toHaveText([
    "Line 2: Property 'state' does not exist on type 'Context'.",
    "Line 3: Property 'state' does not exist on type 'Context'.",
  ]);
  await page.keyboard.press('Control+z');
  await expect(mistake).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

test('code is edited large: problems lead to their line, and undo and caret go there and come back', async ({ page }) => {
  const person = new Person(page);
  await page.goto(host.link);
  await person.node('count').click();
  const form = page.locator('[data-field="code"]');
  const dialog = page.getByRole('dialog', { name: 'Process function' });
  const line = (place: Locator) => place.locator('.active-line-number');
  await person.field('Code').click();
  await expect(form.locator('[data-code-live]')).toBeVisible();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('// here');
  await form.getByRole('button', { name: 'Edit the code large' }).click();
  await expect(line(dialog)).toHaveText('6');
  await expect(dialog.getByRole('region', { name: 'What the code may name' })).toContainText('readonly seen: ValueState<bigint>;');

  await page.keyboard.type('\nconst wrong: number = "x";');
  const problem = dialog.getByRole('list', { name: 'Problems' }).getByRole('button');
  await expect(problem).toHaveText(["Line 7: Type 'string' is not assignable to type 'number'."], { timeout: 30_000 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await auditPage(page, `large code, ${colorScheme}`);
  }
  await page.keyboard.press('Control+Home');
  await expect(line(dialog)).toHaveText('1');
  await problem.click();
  await expect(line(dialog)).toHaveText('7');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await expect(line(dialog)).toHaveText('7');

  await page.keyboard.press('Control+m');
  await page.keyboard.press('Tab');
  await expect(problem).toBeFocused();
  for (let stop = 0; stop < 4; stop++) {
    await page.keyboard.press('Tab');
    await expect(dialog.locator(':focus')).toHaveCount(1);
  }
  await problem.click();
  await page.keyboard.press('Control+m');
  await page.keyboard.press('End');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ctx');
  await expect(dialog.locator('.view-line', { hasText: 'wrong' })).toHaveText(/"x";\s+ctx$/);

  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(form.locator('[data-code-live]')).toBeVisible();
  await page.keyboard.type('!');
  await expect(form.locator('.view-line', { hasText: 'ctx!' })).toHaveCount(1);
  const seventh = form.locator('.line-numbers', { hasText: /^7$/ });
  for (let step = 0; step < 40 && (await seventh.count()) > 0; step++) await page.keyboard.press('Control+z');
  await expect(form.locator('.view-line', { hasText: '// here' })).toHaveCount(1);

  await page.keyboard.press('Shift+F2');
  await expect(line(dialog)).toHaveText('6');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Math.');
  await expect(dialog.locator('.suggest-widget.visible')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.locator('.suggest-widget.visible')).toHaveCount(0);
  await page.keyboard.type('PI;');
  await page.keyboard.press('Control+End');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('Control+s');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  const file = JSON.parse(readFileSync(path.join(host.workspace, 'coded.json'), 'utf8')) as PipelineDocument;
  expect(file.nodes[1].config['code']).toBe(`${CODE}// here\nMath.PI;`);
  expect(person.complaints).toEqual([]);
});

test('variables of this computer are sent once the pipeline is trusted, and named when they are not there', async ({ page }) => {
  const headers = [{ name: 'Authorization', value: `Bearer ${printVariable('NOT_ON_THIS_COMPUTER')}` }];
  const lookup = { url: 'http://127.0.0.1:9/{card}', results: [{ name: 'city', path: '$.city' }], headers };
  const document: PipelineDocument = JSON.parse(readFileSync(path.join(host.workspace, 'coded.json'), 'utf8'));
  const nodes = document.nodes.map((node) => (node.id === 'count' ? { ...node, type: 'lookup', config: lookup } : node));
  writeFileSync(path.join(host.workspace, 'coded.json'), JSON.stringify({ ...document, nodes }, null, 2));
  const person = new Person(page);
  await page.goto(host.link);
  await expect(person.node('count')).toBeVisible();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Trust where coded.json sends variables?' });
  await dialog.getByRole('button', { name: 'Trust and run' }).click();
  await expect(page.getByText(/variable NOT_ON_THIS_COMPUTER, which headers\[0\]\.value of 'count' asks for, is not set/)).toBeVisible();
  await expect(page.locator('[data-run-phase]')).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

test('code runs once the pipeline is trusted', async ({ page }) => {
  const person = new Person(page);
  await page.goto(host.link);
  await expect(person.node('count')).toBeVisible();
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.click();
  const dialog = page.getByRole('dialog', { name: 'Trust the code in coded.json?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('[data-run-phase]')).toHaveCount(0);
  expect(readdirSync(host.workspace)).not.toContain('out');
  await run.click();
  await dialog.getByRole('button', { name: 'Trust and run' }).click();
  await expect(page.locator('[data-run-phase="finished"]')).toBeVisible({ timeout: 20_000 });
  const folder = path.join(host.workspace, 'out');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
  const lines = files.flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trim().split('\n'));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual({ card: 'c1', seen: ROWS / 2 });
  expect(person.complaints).toEqual([]);
});
