/** Both themes, both languages, a wide and a narrow window: no text is cut without saying so, none is hard to read. */

import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { SAMPLE_PATH, samplePipeline } from './support/sample-pipeline.ts';
import { auditText } from './support/text-audit.ts';
import { expect, test } from './support/watched-page.ts';

let served: ServedPage;

test.beforeAll(async () => {
  served = await serveMemoryPage();
});

test.afterAll(() => served.close());

const LOOKS = [
  { theme: 'dark', language: 'en', width: 1440, height: 900 },
  { theme: 'light', language: 'zh', width: 1440, height: 900 },
  { theme: 'light', language: 'en', width: 1024, height: 700 },
] as const;

for (const look of LOOKS) {
  test(`editing and running in ${look.theme} ${look.language} at ${look.width}`, async ({ page }) => {
    const person = new Person(page);
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.addInitScript(
      ({ text, path, preferences }) => {
        if (sessionStorage.getItem('files') !== null) return;
        sessionStorage.setItem('files', JSON.stringify({ [path]: { text, modifiedMs: 1, hash: 'a' } }));
        sessionStorage.setItem('preferences', JSON.stringify(preferences));
      },
      {
        text: JSON.stringify(samplePipeline),
        path: SAMPLE_PATH,
        preferences: {
          theme: look.theme,
          language: look.language,
          tabs: [{ kind: 'pipeline', path: SAMPLE_PATH, documentId: '', name: '' }],
          activeTab: 0,
        },
      },
    );
    await page.goto(served.url);
    await expect(page.locator('html')).toHaveAttribute('data-theme', look.theme);
    for (const node of ['source', 'large', 'velocity', 'open']) {
      // By a key, as a person would: what moves because of it is no shift of the layout.
      await person.node(node).focus();
      await page.keyboard.press('Enter');
      expect(await auditText(page), node).toEqual([]);
    }
    await person.node('open').focus();
    await page.keyboard.press('Delete');
    await page.keyboard.press('F5');
    await expect(page.locator('[data-run-phase="running"]')).toBeVisible();
    await expect(page.locator('[data-run-rates]')).toHaveText(/k/);
    expect(await auditText(page), 'running').toEqual([]);
    await page.getByRole('button', { name: /^(Show the dock|显示面板)$/ }).click();
    for (const tab of [1, 2, 3]) {
      await page
        .getByRole('tab')
        .nth(-4 + tab)
        .click();
      expect(await auditText(page), `dock ${tab}`).toEqual([]);
    }
    await page.keyboard.press('?');
    expect(await auditText(page), 'shortcuts').toEqual([]);
    expect(person.complaints).toEqual([]);
  });
}
