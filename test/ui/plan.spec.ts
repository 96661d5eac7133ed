/** The plan of a drawing, and what a person may say about how a node runs: parallelism of its own, chaining. On the engine. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { writeCardPipeline } from './support/card-pipeline.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

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

const tasks = (page: Page) => page.getByRole('list', { name: 'Tasks' }).locator(':scope > li');

test('the plan follows the parallelism and the chaining of a node, says why chains end, and leads to the node', async ({ page }) => {
  const person = await open(page);
  await page.getByRole('tab', { name: 'Plan' }).click();
  await expect(tasks(page).first()).toBeVisible();
  const before = await tasks(page).count();
  await person.node('large').click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('button', { name: /^Running/ }).click();
  await inspector.getByRole('textbox', { name: 'Own parallelism' }).fill('3');
  await page.keyboard.press('Tab');
  await expect(page.locator('[data-because="parallelism"]').first()).toContainText('another parallelism');
  await expect(tasks(page)).not.toHaveCount(before);
  await expect(page.locator('[data-plan]').getByText('3 subtasks').first()).toBeVisible();
  await expect(page.getByRole('table', { name: /^Workers/ }).getByRole('row')).toHaveCount(4);
  await page.keyboard.press('Control+s');
  const own = (): NodeSpec | undefined => (JSON.parse(readFileSync(file, 'utf8')).nodes as NodeSpec[]).find(({ id }) => id === 'large');
  await expect.poll(() => own()?.parallelism).toBe(3);
  await inspector.getByRole('textbox', { name: 'Own parallelism' }).fill('');
  await page.keyboard.press('Tab');
  await expect(tasks(page)).toHaveCount(before);
  await inspector.getByLabel('Chaining').click();
  await page.getByRole('option', { name: 'Never chain this node' }).click();
  await expect(page.locator('[data-because="switched-off"]').first()).toContainText('chaining is switched off');
  await page.locator('[data-plan]').getByRole('button', { name: 'Payments' }).click();
  await expect(inspector.locator('input').first()).toHaveValue('Payments');
});
