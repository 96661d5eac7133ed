/** After a crash with a run going: one question, and its first button opens the draft and goes on from the last checkpoint, no row twice and none missing. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

let host: RunningHost;

test.afterEach(({ context }) => leave(context, host));

const NODES = [
  {
    id: 'source',
    type: 'generator-source',
    label: 'Numbers',
    config: { schema: [{ name: 'id', type: 'BIGINT' }], rules: [{ column: 'id', rule: 'sequence' }], timeColumn: null, rowsPerSecond: 200 },
  },
  { id: 'kept', type: 'file-sink', label: 'Kept', config: { path: 'out' } },
];

/** Numbers of committed rows: files in progress have names with a dot. */
function numbersOut(): readonly number[] {
  const folder = path.join(host.workspace, 'out');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ndjson') && !name.split(path.sep).some((part) => part.startsWith('.')))
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => (JSON.parse(line) as { readonly id: number }).id)
    .sort((a, b) => a - b);
}

test('the draft opens and the run goes on from its last checkpoint', async ({ page, context, watch }) => {
  watch.expectError(/WebSocket connection to/);
  test.setTimeout(120_000);
  host = await startHost({ tabs: ['going.json'] });
  writeFileSync(
    path.join(host.workspace, 'going.json'),
    JSON.stringify({
      format: 'millrace-pipeline',
      version: 1,
      id: 'going',
      name: 'going',
      job: { checkpointInterval: '1 s' },
      nodes: NODES,
      edges: [{ id: 'e', from: { node: 'source', port: 'out' }, to: { node: 'kept', port: 'in' } }],
      drawing: { positions: { source: { x: 90, y: 90 }, kept: { x: 450, y: 90 } } },
    }),
  );
  await page.goto(host.link);
  const first = new Person(page);
  await expect(first.node('source')).toBeVisible();
  await page.keyboard.press('F5');
  await expect(page.locator('[data-mark][data-kind="checkpoint"][data-status="complete"]').first()).toBeVisible({ timeout: 30_000 });
  await first.node('kept').click();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-save-state="kept"]')).toBeVisible();
  await host.kill();
  await page.close();

  host = await startHost({ directory: host.directory });
  const before = numbersOut().length;
  const next = await context.newPage();
  await next.goto(host.link);
  const dialog = next.getByRole('dialog', { name: 'Millrace closed unexpectedly' });
  await expect(dialog.getByText(/The run can resume from checkpoint #\d+/)).toBeVisible();
  await expect(dialog.getByText('1 edit newer than the saved file')).toBeVisible();
  await dialog.getByRole('button', { name: 'Open draft and resume' }).click();
  await expect(next.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 30_000 });
  await expect(next.locator('[data-tab-state="unsaved"], [data-save-state="kept"]').first()).toBeVisible();
  await expect.poll(() => numbersOut().length, { timeout: 30_000 }).toBeGreaterThan(before);
  await next.keyboard.press('Shift+F5');
  await expect(next.locator('[data-run-phase="stopped"]')).toBeVisible({ timeout: 30_000 });
  const numbers = numbersOut();
  expect(numbers.findIndex((id, index) => id !== numbers[0] + index)).toBe(-1);
});
