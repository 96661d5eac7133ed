/** Why a window has not fired, with real runs: a subtask without input is named, and late rows are counted as the engine counts them. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { RunMetrics } from '../../engine/host/contract.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { CARD_ROWS, writeCardPipeline } from './support/card-pipeline.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

interface Pipeline {
  job: { parallelism?: number };
  nodes: { id: string; config: Record<string, unknown> }[];
}

let host: RunningHost | null = null;

test.afterEach(async ({ context }) => {
  if (host !== null) await leave(context, host);
  host = null;
});

const lens = (page: Page) => page.getByRole('region', { name: 'Why not fired' });
const late = (page: Page) => page.getByRole('region', { name: 'Late rows' });

function edit(file: string, change: (pipeline: Pipeline) => void): void {
  const pipeline = JSON.parse(readFileSync(file, 'utf8')) as Pipeline;
  change(pipeline);
  writeFileSync(file, JSON.stringify(pipeline));
}

function configOf(pipeline: Pipeline, id: string): Record<string, unknown> {
  const node = pipeline.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) throw new Error(`the pipeline has no node ${id}`);
  return node.config;
}

test('one followed file at parallelism 2: the subtask without input is named, the fix is one click, Esc closes', async ({ page }) => {
  host = await startHost({ tabs: ['cards.json'] });
  const file = writeCardPipeline(host.workspace);
  edit(file, (pipeline) => {
    pipeline.job.parallelism = 2;
    configOf(pipeline, 'source')['follow'] = true;
    configOf(pipeline, 'window')['size'] = '10 s';
  });
  const person = new Person(page);
  await page.goto(host.link);
  await person.node('window').click();
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 30_000 });
  await person.node('window').focus();
  const before = await person.node('window').boundingBox();
  await page.keyboard.press('w');
  await expect(page.locator('[data-cause="too-few-inputs"]')).toBeVisible({ timeout: 20_000 });
  await expect(lens(page).getByRole('heading', { level: 2 })).toHaveText(
    /^Payments · subtask [12] has nothing to read and never moves the watermark\.$/,
  );
  await expect(lens(page)).toContainText('Payments reads one file, cards.ndjson, at parallelism 2.');

  const holder = lens(page).locator('[data-holds]');
  await expect(holder).toHaveCount(1);
  await expect(holder).toHaveAttribute('data-state', 'never');
  const named = Number(/subtask (\d)/.exec((await lens(page).getByRole('heading', { level: 2 }).textContent()) ?? '')?.[1]);
  await expect(holder).toHaveAttribute('data-sender', `large ${named - 1}`);
  await expect(lens(page).locator('[data-state="next"]')).toHaveAttribute('aria-label', /needs a watermark/);

  await lens(page).getByRole('button', { name: 'Show as a table' }).click();
  const senders = lens(page).getByRole('table', { name: /Watermark per sender/ });
  await expect(senders.getByRole('row').filter({ hasText: 'never sent' })).toHaveCount(1);
  await expect(senders.getByRole('row').filter({ hasText: String(CARD_ROWS) })).toHaveCount(1);
  await lens(page).getByRole('button', { name: 'Show as a chart' }).click();

  await lens(page).getByRole('button', { name: 'Set parallelism to 1' }).click();
  await expect(lens(page)).toContainText('it takes effect when the run starts again');
  await page.keyboard.press('Escape');
  await expect(lens(page)).toBeHidden();
  // One looks at the drawing as before.
  await expect.poll(() => person.node('window').boundingBox()).toEqual(before);
  await page.keyboard.press('Control+s');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  expect((JSON.parse(readFileSync(file, 'utf8')) as Pipeline).job.parallelism).toBe(1);
  expect(person.complaints).toEqual([]);
});

test('late rows of the flights at full speed: figures are those of the command line, each listed row is told by the rule', async ({
  page,
}) => {
  host = await startHost({ tabs: ['pipeline.json'] });
  cpSync(path.join(REPOSITORY, 'templates/flights'), host.workspace, { recursive: true });
  const file = path.join(host.workspace, 'pipeline.json');
  edit(file, (pipeline) => {
    configOf(pipeline, 'flights')['rowsPerSecond'] = 400;
  });
  const person = new Person(page);
  await page.goto(host.link);
  await person.node('hourly').click();
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible({ timeout: 30_000 });
  await person.node('hourly').focus();
  await page.keyboard.press('w');
  const rows = late(page).locator('[role="row"][data-outcome]');
  await expect.poll(() => rows.count(), { timeout: 20_000 }).toBeGreaterThan(3);
  for (const label of await rows.evaluateAll((elements) =>
    elements.map((element) => [element.getAttribute('data-outcome'), element.textContent]),
  ))
    expect(label[1]).toContain(label[0] === 'late' ? 'late output' : 'counted');
  await rows.first().click();
  await expect(late(page).getByRole('region', { name: 'Record' })).toContainText('scheduled');
  await page.keyboard.press('Escape');
  await expect(late(page).getByRole('region', { name: 'Record' })).toBeHidden();
  await expect(lens(page)).toBeVisible();

  // The rest at once.
  await page.getByRole('radio', { name: 'max' }).click();
  await expect(page.locator('[data-run-phase="finished"]')).toBeVisible({ timeout: 40_000 });
  await expect(page.locator('[data-cause="over"]')).toBeVisible();
  const parts = ['run', file, '--json', '--restore', 'none', '--set', 'flights.rowsPerSecond=null', '--checkpoints'];
  const cli = [path.join(REPOSITORY, 'build/engine/cli.cjs'), ...parts, path.join(host.workspace, 'chk')];
  const output = execFileSync(process.execPath, cli, { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 28 });
  const frames = output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { metrics?: RunMetrics })
    .filter((line) => line.metrics !== undefined);
  const node = frames.at(-1)?.metrics?.nodes.find((each) => each.nodeId === 'hourly');
  const lost = node?.lateRecords ?? 0;
  const some = node?.partlyLateRecords ?? 0;
  expect(lost).toBeGreaterThan(0);
  const shown = (outcome: string) => late(page).locator(`dd[data-outcome="${outcome}"]`);
  await expect(shown('late')).toHaveAttribute('data-value', String(lost));
  await expect(shown('missed-some')).toHaveAttribute('data-value', String(some));
  await expect(shown('counted')).toHaveAttribute('data-value', String((node?.behindRecords ?? 0) - lost - some));
  expect(person.complaints).toEqual([]);
});
