/** Tests of pages that do what no page may do; nothing but the rule of every browser test fails them. */
import { test } from '../support/watched-page.ts';

test('a page that moves', async ({ page }) => {
  const body = '<!doctype html><title>Planted</title><div id="above"></div><div style="height: 500px; background: #ccc">Moves</div>';
  await page.route('http://planted.test/', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('http://planted.test/');
  await page.evaluate(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await painted();
    for (const above of document.querySelectorAll<HTMLElement>('#above')) above.style.height = '100px';
    await painted();
  });
});

test('a page that complains', async ({ page }) => {
  await page.evaluate(() => console.error('planted error'));
});

test('a page that drops a promise', async ({ page }) => {
  await page.evaluate(() => void Promise.reject(new Error('planted rejection')));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
});

test('a page that does nothing', async ({ page }) => {
  await page.setContent('<p>Nothing</p>');
});
