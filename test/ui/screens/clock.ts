/** One fixed beginning of time for the page, the host and the engine, so that captures of another day look the same. */
import type { Page } from '@playwright/test';

const BEGIN_MS = Date.UTC(2026, 10, 18, 14, 31, 40);

/** Runs inside every process: `Date` goes on from the fixed moment. */
function shiftDate(shiftMs: number): void {
  const RealDate = Date;
  class ShiftedDate extends RealDate {
    constructor(...parts: readonly unknown[]) {
      super(...((parts.length === 0 ? [RealDate.now() + shiftMs] : parts) as [number]));
    }

    static override now(): number {
      return RealDate.now() + shiftMs;
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;
}

export interface FixedClock {
  readonly now: () => number;
  /** For NODE_OPTIONS of the host, which hands it on to the engine. */
  readonly nodeOptions: string;
  readonly install: (page: Page) => Promise<void>;
}

export function fixedClock(): FixedClock {
  const shiftMs = BEGIN_MS - Date.now();
  const script = `(${shiftDate.toString()})(${shiftMs})`;
  return {
    now: () => Date.now() + shiftMs,
    nodeOptions: `--import data:text/javascript;base64,${Buffer.from(script).toString('base64')}`,
    install: async (page) => {
      await page.addInitScript(script);
    },
  };
}
