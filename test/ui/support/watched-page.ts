/** The `test` of every browser test: whatever its pages do, console errors, unhandled rejections and layout shift fail it. */
import { cpus, loadavg } from 'node:os';
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
  readonly sum: number;
  readonly moved: readonly string[];
}

export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      const expected: RegExp[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
      });
      context.on('weberror', (error) => complaints.push(`unhandled: ${error.error().stack ?? error.error().message}`));
      await tellShifts(context, ({ sum, moved }) => {
        // On a crowded machine answers come so late that the browser no longer takes them for answers.
        const load = loadavg()[0];
        const told = `layout shift of ${sum.toFixed(4)}: ${moved.join(', ')}`;
        if (load > cpus().length) console.log(`not judged, the machine has a load of ${load.toFixed(1)}: ${told}`);
        else complaints.push(told);
      });
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

/** Tells of every shift after which a page is over the limit. */
async function tellShifts(context: BrowserContext, tell: (shift: Shift) => void): Promise<void> {
  await context.exposeBinding('tellShift', (_source, shift: Shift) => tell(shift));
  await context.addInitScript((limit) => {
    interface ShiftEntry extends PerformanceEntry {
      readonly value: number;
      readonly hadRecentInput: boolean;
      readonly sources: readonly { readonly node?: Node; readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
    }
    const nameOf = (node: Node | undefined) =>
      node instanceof Element ? `${node.tagName.toLowerCase()}.${node.getAttribute('class')}` : String(node?.textContent?.slice(0, 30));
    const placeOf = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(' ');
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as ShiftEntry[]) {
        if (entry.hadRecentInput) continue;
        sum += entry.value;
        if (sum <= limit) continue;
        const moved = entry.sources.map(
          (source) => `${nameOf(source.node)} ${placeOf(source.previousRect)} to ${placeOf(source.currentRect)}`,
        );
        (window as unknown as { tellShift(shift: Shift): void }).tellShift({ sum, moved });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  }, SHIFT_MAX);
}
