/** Where one looks at a drawing is a place on the screen: panels that come and go between two visits do not move it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { Person } from './support/person.ts';
import { expect, leave, test } from './support/watched-page.ts';

let host: RunningHost;

test.afterEach(({ context }) => leave(context, host));

/** As long as a reload takes is not enough for it to end; as long as a test waits is. */
const SECONDS = 6;

test('a page left while a pipeline runs and opened after it ended shows the drawing where it was', async ({ page }) => {
  host = await startHost({ tabs: ['short.json'] });
  writeFileSync(
    path.join(host.workspace, 'short.json'),
    JSON.stringify({
      format: 'millrace-pipeline',
      version: 1,
      id: 'short',
      name: 'short',
      nodes: [
        {
          id: 'source',
          type: 'generator-source',
          label: 'Numbers',
          config: {
            schema: [{ name: 'id', type: 'BIGINT' }],
            rules: [{ column: 'id', rule: 'sequence' }],
            timeColumn: null,
            count: 200 * SECONDS,
            rowsPerSecond: 200,
          },
        },
        { id: 'shown', type: 'preview-sink', label: 'Shown', config: {} },
      ],
      edges: [{ id: 'e', from: { node: 'source', port: 'out' }, to: { node: 'shown', port: 'in' } }],
      drawing: { positions: { source: { x: 90, y: 90 }, shown: { x: 450, y: 90 } } },
    }),
  );
  await page.goto(host.link);
  const person = new Person(page);
  const address = new URL('/', host.link).href;
  const place = async () => {
    const box = await person.node('source').boundingBox();
    return { x: Math.round(box?.x ?? Number.NaN), y: Math.round(box?.y ?? Number.NaN) };
  };
  await expect(person.node('source')).toBeVisible();
  await page.mouse.move(700, 300);
  await page.mouse.wheel(0, -120);
  await page.waitForTimeout(700);
  const before = await place();
  for (let again = 0; again < 2; again++) {
    await page.keyboard.press('F5');
    await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
    await expect.poll(place).toEqual(before);
    // Longer than until the place is kept.
    await page.waitForTimeout(700);
    await page.goto('about:blank');
    await page.waitForTimeout(SECONDS * 1000);
    await page.goto(address);
    await expect(page.locator('[data-run-phase="finished"]')).toBeVisible({ timeout: 30_000 });
    // What has read all of its input begins anew, and the run bar says so.
    await expect(page.locator('[data-start-from]')).toHaveText('from the beginning');
    await expect.poll(place).toEqual(before);
  }
  expect(person.complaints).toEqual([]);
});
