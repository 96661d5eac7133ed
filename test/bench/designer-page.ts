/** The designer in a browser for measuring: what a page costs its main thread, its frames, and how soon it answers a key or a click. */
import type { Browser, CDPSession, Page } from '@playwright/test';
import { findBrowser } from '../support/browser.ts';

/** The room the drawing has when the designer is 1440 wide; the bars are for this. */
export const CANVAS = { width: 1068, height: 612 };

const MEMORY_LOOKS = 4;
const MEMORY_PAUSE_MS = 170;
const STEP_TIMEOUT_MS = 30_000;

/** Of the page's main thread, in milliseconds of processor time and in counts. */
export interface Cost {
  readonly taskMs: number;
  readonly scriptMs: number;
  readonly layouts: number;
  readonly styles: number;
}

export interface Frames {
  readonly perSecond: number;
  readonly p95Ms: number;
  readonly longFrames: number;
  readonly cost: Cost;
  readonly count: number;
}

/** In milliseconds, one per event; and what all of them cost the main thread. */
export interface Answers {
  readonly ms: readonly number[];
  readonly taskMs: number;
}

/** What a page holds after a forced collection. */
export interface PageMemory {
  readonly heapBytes: number;
  /** Also those that are in no document. */
  readonly nodes: number;
  readonly listeners: number;
}

/** What the page keeps for us. */
interface Recorder {
  frames: number[];
  answers: number[];
  longFrames: number;
  running: boolean;
}

declare global {
  interface Window {
    readonly bench: Recorder;
  }
}

export async function launchBrowser(): Promise<Browser> {
  const { chromium } = await import('@playwright/test');
  const { executablePath, args, environment } = await findBrowser();
  return chromium.launch({ executablePath, args: [...args], env: environment });
}

export class MeasuredPage {
  readonly page: Page;
  private readonly session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
  }

  static async create(browser: Browser): Promise<MeasuredPage> {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark', reducedMotion: 'no-preference' });
    // In a test the runner would wait for ever and not say for what.
    page.setDefaultTimeout(STEP_TIMEOUT_MS);
    await page.addInitScript(record);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new MeasuredPage(page, session);
  }

  close(): Promise<void> {
    return this.page.close();
  }

  /** Gives the canvas the room the bars are for. */
  async fitCanvas(): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      const box = await this.canvasBox();
      const view = this.page.viewportSize() ?? { width: 1440, height: 900 };
      if (box.width === CANVAS.width && box.height === CANVAS.height) return;
      await this.page.setViewportSize({
        width: view.width + CANVAS.width - Math.round(box.width),
        height: view.height + CANVAS.height - Math.round(box.height),
      });
    }
  }

  async canvasBox(): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.page.locator('[data-canvas]').boundingBox();
    if (box === null) throw new Error('the page shows no canvas');
    return box;
  }

  /** Frames and cost while `act` goes on. */
  async frames(act: () => Promise<void>): Promise<Frames> {
    const before = await this.cost();
    await this.page.evaluate(() => {
      Object.assign(window.bench, { frames: [], longFrames: 0, running: true });
      const next = (at: number) => {
        window.bench.frames.push(at);
        if (window.bench.running) requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
    });
    await act();
    const { times, longFrames } = await this.page.evaluate(() => {
      window.bench.running = false;
      return { times: window.bench.frames, longFrames: window.bench.longFrames };
    });
    const cost = difference(await this.cost(), before);
    const gaps = times.slice(1).map((at, index) => at - times[index]);
    if (gaps.length === 0) throw new Error('the page drew no frames');
    const sorted = gaps.sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    return { perSecond: 1000 / at(0.5), p95Ms: at(0.95), longFrames, cost, count: gaps.length };
  }

  /** From each event of `type`, as the browser received it, to the frame behind it being painted. */
  async answers(type: 'keydown' | 'pointerup', act: () => Promise<void>): Promise<Answers> {
    const before = await this.cost();
    await this.page.evaluate((name) => {
      window.bench.answers = [];
      const listener = (event: Event) => {
        requestAnimationFrame(() => {
          // Behind the frame's own work: a message is taken once it has been handed on for painting.
          const channel = new MessageChannel();
          channel.port1.onmessage = () => window.bench.answers.push(performance.now() - event.timeStamp);
          channel.port2.postMessage(null);
        });
      };
      Object.assign(window.bench, { listener });
      addEventListener(name, listener, true);
    }, type);
    await act();
    await this.page.waitForTimeout(100);
    const ms = await this.page.evaluate((name) => {
      removeEventListener(name, (window.bench as Recorder & { listener: () => void }).listener, true);
      return window.bench.answers;
    }, type);
    return { ms, taskMs: (await this.cost()).taskMs - before.taskMs };
  }

  async cost(): Promise<Cost> {
    const value = await this.metrics();
    return {
      taskMs: value('TaskDuration') * 1000,
      scriptMs: value('ScriptDuration') * 1000,
      layouts: value('LayoutCount'),
      styles: value('RecalcStyleCount'),
    };
  }

  /** The least of a few looks: what is under way at one moment, a frame of figures or a picture half made, is not held. */
  async memory(): Promise<PageMemory> {
    const looks: PageMemory[] = [];
    while (looks.length < MEMORY_LOOKS) {
      if (looks.length > 0) await this.page.waitForTimeout(MEMORY_PAUSE_MS);
      looks.push(await this.lookAtMemory());
    }
    const least = (read: (look: PageMemory) => number) => Math.min(...looks.map(read));
    return { heapBytes: least((look) => look.heapBytes), nodes: least((look) => look.nodes), listeners: least((look) => look.listeners) };
  }

  private async lookAtMemory(): Promise<PageMemory> {
    await this.session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.session.send('Runtime.getHeapUsage');
    const value = await this.metrics();
    return { heapBytes: usedSize, nodes: value('Nodes'), listeners: value('JSEventListeners') };
  }

  private async metrics(): Promise<(name: string) => number> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    return (name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  }
}

/** Runs in the page before anything else. */
function record(): void {
  Object.assign(window, { bench: { frames: [], answers: [], longFrames: 0, running: false } satisfies Recorder });
  new PerformanceObserver((list) => {
    window.bench.longFrames += list.getEntries().length;
  }).observe({ type: 'long-animation-frame' });
}

function difference(after: Cost, before: Cost): Cost {
  return {
    taskMs: after.taskMs - before.taskMs,
    scriptMs: after.scriptMs - before.scriptMs,
    layouts: after.layouts - before.layouts,
    styles: after.styles - before.styles,
  };
}
