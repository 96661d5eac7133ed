/** Counts what a hand did to the page, from the browser's own trusted events: clicks, drags and keys; hovering costs nothing. */
import type { Page } from '@playwright/test';

export interface ActionCounts {
  readonly clicks: number;
  readonly drags: number;
  readonly keys: number;
}

type CountingWindow = Window & { handActions?: { clicks: number; drags: number; keys: number } };

/** Before the page is opened; counts go on through its whole life. */
export async function countActions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const DRAG_FROM_PX = 4;
    const counts = { clicks: 0, drags: 0, keys: 0 };
    (window as CountingWindow).handActions = counts;
    let pressed: { x: number; y: number; moved: boolean } | null = null;
    const release = () => {
      if (pressed !== null) counts[pressed.moved ? 'drags' : 'clicks']++;
      pressed = null;
    };
    const listen = (type: string, act: (event: PointerEvent & KeyboardEvent) => void) => {
      window.addEventListener(type, (event) => event.isTrusted && act(event as PointerEvent & KeyboardEvent), { capture: true });
    };
    listen('pointerdown', ({ clientX: x, clientY: y }) => {
      pressed = { x, y, moved: false };
    });
    listen('pointermove', ({ clientX, clientY }) => {
      if (pressed !== null && Math.hypot(clientX - pressed.x, clientY - pressed.y) >= DRAG_FROM_PX) pressed.moved = true;
    });
    // The browser takes the pointer away when it drags by itself.
    listen('dragstart', () => {
      if (pressed !== null) pressed.moved = true;
    });
    listen('pointerup', release);
    listen('pointercancel', release);
    listen('keydown', ({ key, repeat }) => {
      if (!repeat && !['Control', 'Shift', 'Alt', 'Meta'].includes(key)) counts.keys++;
    });
  });
}

/** What `task` cost. */
export async function costOf(page: Page, task: () => Promise<unknown>): Promise<ActionCounts> {
  const before = await read(page);
  await task();
  const after = await read(page);
  return { clicks: after.clicks - before.clicks, drags: after.drags - before.drags, keys: after.keys - before.keys };
}

function read(page: Page): Promise<ActionCounts> {
  return page.evaluate(() => ({ ...((window as CountingWindow).handActions ?? { clicks: 0, drags: 0, keys: 0 }) }));
}
