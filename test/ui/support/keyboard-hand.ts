/** Hands that never leave the keyboard; after every key the focus is somewhere, and in sight. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

const TABS_MAX = 80;

export class KeyboardHand {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.seeFocus(key);
    }
  }

  /** As `press`, but at the end of the page the key leads out of it, to the browser, and once more in again. */
  async pass(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    const left = await this.page.evaluate(() => document.activeElement === document.body);
    if (left) await this.page.keyboard.press(key);
    await this.seeFocus(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 15 });
    await this.seeFocus(text);
  }

  /** Region by region, as the names of the regions in the page say. */
  async goTo(region: string): Promise<void> {
    for (let step = 0; step < 12; step++) {
      await this.press('Control+F6');
      if ((await this.page.locator('[data-reached]').getAttribute('data-region')) === region) return;
    }
    throw new Error(`no region ${region}`);
  }

  /** Goes on with Tab until it has the focus. */
  async tabTo(target: Locator): Promise<void> {
    for (let step = 0; step < TABS_MAX; step++) {
      if (await holdsFocus(target)) return;
      await this.press('Tab');
    }
    throw new Error(`Tab does not reach ${String(target)}`);
  }

  /** Not the page itself, and not something that is covered or out of sight. */
  private async seeFocus(after: string): Promise<void> {
    await expect
      .poll(
        () =>
          this.page.evaluate(() => {
            const element = document.activeElement;
            if (element === null || element === document.body) return 'nothing has the focus';
            const box = element.getBoundingClientRect();
            // An editor puts the caret into a hidden area inside of what is seen.
            const seen = box.width <= 2 ? (element.closest('[data-code-live]') ?? element) : element;
            const shown = seen?.getBoundingClientRect() ?? box;
            const x = Math.min(Math.max(shown.left + shown.width / 2, 0), innerWidth - 1);
            const y = Math.min(Math.max(shown.top + shown.height / 2, 0), innerHeight - 1);
            if (shown.right <= 0 || shown.bottom <= 0 || shown.left >= innerWidth || shown.top >= innerHeight) return 'out of sight';
            const top = document.elementFromPoint(x, y);
            const related =
              top !== null &&
              seen !== null &&
              (seen.contains(top) || top.contains(seen) || top.closest('[data-code-live], label, [role="dialog"]') !== null);
            return related ? 'in sight' : `${element.outerHTML.slice(0, 160)} is covered by ${top?.tagName} ${top?.className}`;
          }),
        { message: `the focus after ${after}`, timeout: 4000 },
      )
      .toBe('in sight');
  }
}

function holdsFocus(target: Locator): Promise<boolean> {
  return target
    .first()
    .evaluate((element) => element.contains(document.activeElement), null, { timeout: 1000 })
    .catch(() => false);
}
