/**
 * The five minutes of README.md and README.zh-CN.md, walked word for word: every emphasised word of a step is the name of
 * what is used on the page, and the commands at the end are run as they stand there.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

const READMES = [
  { file: 'README.md', locale: 'en-US', heading: '## Five minutes' },
  { file: 'README.zh-CN.md', locale: 'zh-CN', heading: '## 五分钟' },
] as const;

interface Tour {
  /** The emphasised words of every step, in their order. */
  readonly steps: readonly (readonly string[])[];
  readonly commands: readonly string[];
}

function readTour(file: string, heading: string): Tour {
  const whole = readFileSync(path.join(REPOSITORY, file), 'utf8');
  const tour = whole.slice(whole.indexOf(heading)).split('\n## ')[0];
  const list = tour.split('```')[0];
  const steps = list.split(/^\d+\. /m).slice(1);
  return {
    steps: steps.map((step) =>
      [...step.replace(/\*\*[^*]+\*\*/g, '').matchAll(/\*([^*]+)\*/g)].map((match) => match[1].replace(/\s+/g, ' ')),
    ),
    commands: tour.split('\n').filter((line) => line.startsWith('npm run')),
  };
}

let host: RunningHost;

test.afterEach(({ context }) => leave(context, host));

const phase = (page: Page, name: string): Locator => page.locator(`[data-run-phase="${name}"]`);
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true }).first();
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name: new RegExp(`^${name.replace('?', '\\?')}`) });

for (const { file, locale, heading } of READMES) {
  test.describe(file, () => {
    test.use({ locale });

    test('the five minutes work as they are written', async ({ page, watch }) => {
      test.setTimeout(240_000);
      watch.expectError(/WebSocket connection to/);
      const { steps, commands } = readTour(file, heading);
      expect(steps).toHaveLength(8);
      host = await startHost({ template: 'flights', firstLaunch: true });
      const person = new Person(page);
      await page.goto(host.link);
      await expect(phase(page, 'running')).toBeVisible({ timeout: 30_000 });
      await watchIt(page, steps[0]);
      await lookInside(person, steps[1]);
      await askWhy(person, steps[2]);
      await seeResults(page, steps[3]);
      await breakIt(page, steps[4]);
      await changeIt(person, steps[5]);
      await drawYourOwn(person, steps[6]);
      await takeItAlong(page, steps[7], commands);
      expect(person.complaints.filter((complaint) => !complaint.includes('WebSocket'))).toEqual([]);
    });
  });
}

async function watchIt(page: Page, [pause, resume, fast, normal]: readonly string[]): Promise<void> {
  await expect(page.locator('[data-run-rates]')).toHaveText(/[1-9]\d*\/(s|秒)/);
  await button(page, pause).click();
  await button(page, resume).click();
  await page.getByRole('radio', { name: fast, exact: true }).click();
  await page.waitForTimeout(1000);
  await page.getByRole('radio', { name: normal, exact: true }).click();
  await expect(page.locator('[data-mark][data-status="complete"]').first()).toBeVisible({ timeout: 20_000 });
}

async function lookInside(person: Person, [data]: readonly string[]): Promise<void> {
  const { page } = person;
  const ends = [page.locator('[data-port="event-time/out"]'), page.locator('[data-port="hourly/in"]')] as const;
  const [from, to] = [await person.centre(ends[0]), await person.centre(ends[1])];
  await page.mouse.click((from.x + to.x) / 2, (from.y + to.y) / 2);
  await expect(tab(page, data).and(page.locator('[aria-selected="true"]')).first()).toBeVisible();
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible();
  await person.node('hourly').click();
  await page.keyboard.press('F1');
  const help = page.getByRole('complementary', { name: /^(Help|帮助)/ });
  await expect(help).toBeVisible();
  await page.keyboard.press('F1');
  await expect(help).toHaveCount(0);
}

async function askWhy(person: Person, [node, lens, late]: readonly string[]): Promise<void> {
  const { page } = person;
  await person.card(node).click();
  await page.keyboard.press('w');
  await expect(page.getByRole('region', { name: lens.replace(/[?？]$/, '') })).toBeVisible();
  await expect(page.getByRole('region', { name: late }).locator('[role="row"][data-outcome]').first()).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
}

async function seeResults(page: Page, [results, canvas]: readonly string[]): Promise<void> {
  await page.getByRole('radio', { name: results, exact: true }).click();
  await expect(page.locator('[data-figure="rows"]').first()).toContainText(/[1-9]/, { timeout: 30_000 });
  await page.getByRole('radio', { name: canvas, exact: true }).click();
}

async function breakIt(page: Page, [engine]: readonly string[]): Promise<void> {
  const state = page.getByText(engine).first();
  await state.hover();
  const told = await page
    .getByRole('tooltip')
    .filter({ hasText: /process|进程/ })
    .innerText();
  const processId = Number(/\d+/.exec(told)?.[0]);
  expect(processId).toBeGreaterThan(1);
  process.kill(processId, 'SIGKILL');
  await page.mouse.move(700, 400);
  await expect(page.locator('[data-engine-state="ready"]')).toContainText(/restart|重启/, { timeout: 30_000 });
  await expect(phase(page, 'running')).toBeVisible({ timeout: 30_000 });
}

async function changeIt(person: Person, [stop, data, problems, startFrom]: readonly string[]): Promise<void> {
  const { page } = person;
  await button(page, stop).click();
  await expect(phase(page, 'stopped')).toBeVisible({ timeout: 30_000 });
  await person.node('hourly').click();
  const size = page
    .getByRole('complementary', { name: /^(Inspector|检查器)$/ })
    .locator('[data-field="size"] input')
    .first();
  await expect(size).toBeVisible();
  await size.fill('2');
  await expect(tab(page, data).first()).toBeVisible();
  await tab(page, problems).first().click();
  await page.getByRole('button', { name: new RegExp(`^${startFrom}`) }).click();
  await page.keyboard.press('Escape');
}

async function drawYourOwn(
  person: Person,
  [, keys, files, watermark, filter, window, write, find, tour]: readonly string[],
): Promise<void> {
  const { page } = person;
  await page.keyboard.press(keys.replace('Ctrl', 'Control').replaceAll(' ', '+').replace('+N', '+n'));
  await expect(page.locator('[data-node]')).toHaveCount(0);
  const ids: string[] = [];
  for (const [index, item] of [files, watermark, filter, window, write].entries())
    ids.push(await person.drag(item, 130 + (index % 3) * 290, index < 3 ? 130 : 350));
  for (const [index, id] of ids.slice(1).entries()) await person.wire(`${ids[index]}/out`, `${id}/in`);
  await person.edgeCount(4);
  await page.keyboard.press(find.replace('Ctrl ', 'Control+').toLowerCase().replace('control', 'Control'));
  await page.keyboard.type(tour);
  await expect(page.getByRole('option', { name: tour }).first()).toBeVisible();
  await page.keyboard.press('Escape');
}

async function takeItAlong(page: Page, [name]: readonly string[], commands: readonly string[]): Promise<void> {
  await page.getByRole('tab', { name: /Flight delays/ }).click();
  await button(page, name).click();
  await expect(page.getByRole('dialog').locator('[data-report-node]').first()).toBeVisible();
  await page.keyboard.press('Escape');
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-readme-'));
  try {
    cpSync(path.join(REPOSITORY, 'templates/flights'), path.join(folder, 'templates/flights'), { recursive: true });
    for (const command of commands) {
      const words = command.replace('npm run -s millrace -- ', '').split(' ');
      execFileSync(process.execPath, [path.join(REPOSITORY, 'build/engine/cli.cjs'), ...words], {
        cwd: folder,
        stdio: 'pipe',
        timeout: 60_000,
      });
    }
    expect(readdirSync(path.join(folder, 'templates/flights/out')).sort()).toEqual(['delays', 'late']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
