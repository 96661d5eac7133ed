/** What each picture shows, brought about in the product as a person would. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Stage } from './stage.ts';

/** Longer than every transition. */
const SETTLED_MS = 500;

export async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(SETTLED_MS);
}

/** One template under the pointer, as in the picture. */
export async function showStart({ page }: Stage): Promise<void> {
  await expect(page.locator('[data-recent-state="problems"]').first()).toBeVisible();
  await page.locator('[data-template]').nth(4).hover();
  await settle(page);
}

/** A window selected with its form, the columns of an edge held open, problems below. */
export async function showEditing({ page, person }: Stage): Promise<void> {
  await person.node('hourly').click();
  await expect(page.getByText(/^= /).first()).toBeVisible();
  const chip = await chipBetween(person.node('report'), page.locator('[data-group="group"]').first());
  await page.mouse.move(chip.x, chip.y);
  await settle(page);
  await expect(page.locator('[data-radix-popper-content-wrapper], [data-edge-columns]').first()).toBeVisible();
}

/** Inside the group: three cards taken by a lasso, the align bar above them, rows below. */
export async function showGroup({ page, person }: Stage): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^(Hide this panel|隐藏面板)$/ }).click();
  await page.locator('button[data-group="group"]').dblclick();
  await expect(page.locator('[data-pill]').first()).toBeVisible();
  await person.node('departed').click();
  await page.keyboard.press('p');
  await expect(page.getByRole('grid')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await settle(page);
  const from = await person.node('departed').boundingBox();
  const to = await person.node('running').boundingBox();
  if (from === null || to === null) throw new Error('cards are not on the page');
  await page.mouse.move(from.x - 22, from.y - 26);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width + 18, to.y + to.height + 26, { steps: 8 });
  await settle(page);
}

/** Half way between two cards, where an edge has its chip. */
export async function chipBetween(right: Locator, left: Locator): Promise<{ x: number; y: number }> {
  const to = await right.boundingBox();
  const from = await left.boundingBox();
  if (to === null || from === null) throw new Error('cards are not on the page');
  return { x: (from.x + from.width + to.x) / 2, y: to.y + to.height / 2 };
}
