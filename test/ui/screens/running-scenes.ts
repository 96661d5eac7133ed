/** The pictures of a run: its figures with a bottleneck, the window that has not fired, and results. */
import { appendFileSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { ownerOf } from '../../../engine/connectors/files/followed-file.ts';
import { paymentLine } from './fraud-story.ts';
import { settle } from './scenes.ts';
import type { Stage } from './stage.ts';

const SEEN = { timeout: 60_000 };
const MINUTE_MS = 60_000;
const PARTITIONS = 4;
const QUIET = 2;

async function run(page: Page): Promise<void> {
  await page.keyboard.press('F5');
  await expect(page.locator('[data-run-phase="running"]')).toBeVisible(SEEN);
}

/** The slow window selected, a savepoint among the checkpoints. */
export async function showRunning({ page, person }: Stage): Promise<void> {
  await run(page);
  await page.waitForTimeout(18_000);
  await page.keyboard.press('Control+Shift+S');
  await expect(page.locator('[data-mark][data-kind="savepoint"]')).toBeVisible(SEEN);
  await page.waitForTimeout(22_000);
  await person.node('velocity').click();
  await page.keyboard.press('1');
  await settle(page);
  // No ring of the keyboard.
  await person.node('velocity').blur();
  await expect(page.locator('[data-hot-key]')).toBeVisible(SEEN);
  await page.mouse.move(700, 640);
  await settle(page);
}

/** Files of the four partitions, one for each subtask. */
export function openPartitions(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const files = new Map<number, string>();
  for (let tries = 0; files.size < PARTITIONS; tries++) {
    const draft = path.join(folder, `draft-${tries}`);
    writeFileSync(draft, '');
    const owner = ownerOf(String(statSync(draft).ino), PARTITIONS);
    if (files.has(owner)) continue;
    const file = path.join(folder, `card-tx-${owner}.ndjson`);
    renameSync(draft, file);
    files.set(owner, file);
  }
  return Array.from({ length: PARTITIONS }, (_, owner) => files.get(owner) ?? '');
}

export interface Feed {
  stop(): void;
}

/** Payments of the last minutes at once, then as they come; one partition falls silent a minute before the clock. */
export function feed(files: readonly string[], now: () => number): Feed {
  const beginMs = now();
  let index = 0;
  const write = (fromMs: number, toMs: number, everyMs: number) => {
    const texts = files.map(() => '');
    for (let atMs = fromMs; atMs < toMs; atMs += everyMs, index++) {
      const partition = index % PARTITIONS;
      if (partition === QUIET && atMs > beginMs - MINUTE_MS) continue;
      const late = index % 97 === 5 ? 12 * MINUTE_MS : index % 61 === 7 ? 4 * MINUTE_MS : index % 41 === 3 ? 20_000 : 0;
      texts[partition] += paymentLine(index, atMs - late - ((index * 31) % 4000));
    }
    texts.forEach((text, partition) => {
      if (text !== '') appendFileSync(files[partition], text);
    });
  };
  write(beginMs - 14 * MINUTE_MS, beginMs, 40);
  let writtenMs = beginMs;
  const timer = setInterval(() => {
    const nowMs = now();
    write(writtenMs, nowMs, 2);
    writtenMs = nowMs;
  }, 100);
  return { stop: () => clearInterval(timer) };
}

/** A quiet partition holds the watermark; late rows beside. */
export async function showWhyNotFired({ page }: Stage): Promise<void> {
  await run(page);
  await page.locator('[data-held-by] button').click(SEEN);
  await page.mouse.move(560, 640);
  await expect(page.locator('[data-cause="quiet"]')).toBeVisible(SEEN);
  await expect(page.locator('[role="row"][data-outcome="late"]').first()).toBeVisible(SEEN);
  await page.waitForTimeout(8000);
  await settle(page);
}

/** What comes out of a sink while the run goes on. */
export async function showResults({ page }: Stage, sink: string, waitMs: number): Promise<void> {
  await run(page);
  await page.getByRole('radio', { name: /^(Results|结果)$/ }).click();
  await page.locator(`[data-result="${sink}"]`).click();
  await expect(page.locator('[data-figure="rows"]')).toBeVisible(SEEN);
  await page.waitForTimeout(waitMs);
  await settle(page);
}
