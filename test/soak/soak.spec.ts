/**
 * Five minutes of a running drawing of five hundred nodes, watched: what the page holds stays the same; and a leak made on purpose
 * is seen. What host and engine hold is told but not judged: V8 takes memory in leaps for longer than this; `npm run bench -- soak`
 * judges an hour of it.
 */
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { FULL_SIZE } from '../bench/designer-pipeline.ts';
import { openRunningDesigner } from '../bench/running-designer.ts';
import { PAGE_FIGURES, PROCESS_FIGURES, printTrend, soak, trends } from '../bench/soak.ts';

const MINUTE_MS = 60_000;
const WATCHED_MS = 5 * MINUTE_MS;
const ROUND_MS = 6000;
const LEAKING_ROUND_MS = 2000;
/**
 * Few enough rows that a slow machine keeps up; nothing that fills up in the course of five minutes and is kept for as long:
 * marks on the time strip, rings between workers.
 */
const JOB = { parallelism: 1, rowsPerSecond: 20, checkpointInterval: '1 h' };

test('five minutes of watching leave the page as large as it was, and a leak would show', async ({ browser }) => {
  test.setTimeout(15 * MINUTE_MS);
  const running = await openRunningDesigner(browser, FULL_SIZE, JOB);
  try {
    const samples = await soak(running, { warmUpMs: MINUTE_MS / 2, durationMs: WATCHED_MS, roundMs: ROUND_MS });
    const found = trends(samples, [...PAGE_FIGURES, ...PROCESS_FIGURES]);
    for (const trend of found) console.log(printTrend(trend));
    const ofPage = found.filter(({ figure }) => PAGE_FIGURES.includes(figure));
    expect(ofPage.filter(({ grows }) => grows).map(printTrend)).toEqual([]);
    await leak(running.page);
    const leaking = trends(
      await soak(running, { warmUpMs: 0, durationMs: MINUTE_MS / 2, roundMs: LEAKING_ROUND_MS, untouched: true }),
      PAGE_FIGURES,
      WATCHED_MS,
    );
    for (const trend of leaking) console.log(`with a leak: ${printTrend(trend)}`);
    expect(leaking.filter(({ grows }) => grows).map(({ figure }) => figure.name)).toEqual(PAGE_FIGURES.map(({ name }) => name));
  } finally {
    await running.close();
  }
});

/** As if the figures of half of all frames were kept: a hundred kilobytes a second; with them nodes that are in no document, and listeners. */
function leak(page: Page): Promise<void> {
  return page.evaluate(() => {
    const kept: unknown[] = [];
    setInterval(() => {
      kept.push(Array.from({ length: 2500 }, (_number, index) => index + 0.5));
      for (let count = 0; count < 2; count++) kept.push(document.createElement('div'));
      addEventListener('resize', () => kept.length);
    }, 200);
  });
}
