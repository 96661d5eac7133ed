/** The `test` of every browser test: whatever its pages do, console errors, unhandled rejections and layout shift fail it. */
import type { BrowserContext } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import type { RunningHost } from '../../support/running-host.ts';

/** Of one page from its first paint on, without what follows an input within half a second, as browsers count it. */
const SHIFT_MAX = 0.01;

interface Watch {
  /** An error that the test brings about itself. */
  expectError(pattern: RegExp): void;
}

interface Shift {
  /** Of all shifts of the page so far. */
  readonly sum: number;
  readonly value: number;
  readonly moved: readonly string[];
}

export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ context }, use) => {
      const complaints = await watchPages(context);
      const expected: RegExp[] = [];
      await use({ expectError: (pattern) => void expected.push(pattern) });
      expect(complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Closes the pages before their host ends: what they say about that is no complaint. */
export async function leave(context: BrowserContext, host: RunningHost): Promise<void> {
  await Promise.all(context.pages().map((page) => page.close()));
  await host.stop();
}

/** What there is to complain about in the pages of this context from now on. */
export async function watchPages(context: BrowserContext): Promise<readonly string[]> {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`unhandled: ${error.error().stack ?? error.error().message}`));
  // The larger shifts on the way to the limit are named with the one that goes over it.
  const before = new Map<unknown, string[]>();
  await tellShifts(context, (page, { sum, value, moved }) => {
    const told = `layout shift of ${value.toFixed(4)}: ${moved.join(', ')}`;
    const all = [...(before.get(page) ?? []), told];
    before.set(page, all);
    if (sum > SHIFT_MAX) complaints.push(...all.splice(0));
  });
  return complaints;
}

/** Tells of every shift of every page. */
async function tellShifts(context: BrowserContext, tell: (page: unknown, shift: Shift) => void): Promise<void> {
  await context.exposeBinding('tellShift', ({ page }, shift: Shift) => tell(page, shift));
  await context.addInitScript(() => {
    interface ShiftEntry extends PerformanceEntry {
      readonly value: number;
      readonly hadRecentInput: boolean;
      readonly sources: readonly { readonly node?: Node; readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
    }
    const nameOf = (node: Node | undefined) =>
      node instanceof Element ? `${node.tagName.toLowerCase()}.${node.getAttribute('class')}` : String(node?.textContent?.slice(0, 30));
    const placeOf = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(' ');
    let sum = 0;
    // Browsers know of keys and buttons only: text that is pasted, composed or filled in by a test is an input too.
    const writtenAtMs: number[] = [];
    const noteText = () => {
      writtenAtMs.push(performance.now());
      if (writtenAtMs.length > 200) writtenAtMs.shift();
    };
    window.addEventListener('input', noteText, { capture: true });
    const answersText = (atMs: number) => writtenAtMs.some((written) => atMs >= written && atMs - written < 500);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as ShiftEntry[]) {
        if (entry.hadRecentInput || answersText(entry.startTime)) continue;
        sum += entry.value;
        const moved = entry.sources.map(
          (source) => `${nameOf(source.node)} ${placeOf(source.previousRect)} to ${placeOf(source.currentRect)}`,
        );
        (window as unknown as { tellShift(shift: Shift): void }).tellShift({ sum, value: entry.value, moved });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}
