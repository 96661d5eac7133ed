/**
 * How smooth the designer is with 500 cards, 700 edges and figures on all of them: frames of every gesture, answers to keys
 * and clicks on the in-memory host, and how soon the built product shows the same drawing.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { printDocument } from '../../engine/spec/save-document.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import type { FrameRow } from './designer-frames.ts';
import { measureGestures } from './designer-frames.ts';
import type { Zoom } from './designer-gestures.ts';
import { Hand } from './designer-gestures.ts';
import type { Answers } from './designer-page.ts';
import { launchBrowser, MeasuredPage } from './designer-page.ts';
import type { DrawingSize } from './designer-pipeline.ts';
import { cardId, cardLabel, designerPipeline } from './designer-pipeline.ts';
import { median, percentile } from './measured-run.ts';

export interface DesignerOptions {
  readonly size: DrawingSize;
  readonly repetitions: number;
  readonly gestureMs: number;
  readonly zooms: readonly Zoom[];
  /** Of the page on the in-memory host. */
  readonly url: string;
  /** Only what has one of these words in its name; all when empty. */
  readonly only: readonly string[];
}

export interface AnswerRow {
  readonly name: string;
  readonly ms: number;
  readonly p95Ms: number;
  readonly barMs: number;
  readonly cpuMs: number;
}

export interface DesignerFigures {
  readonly frames: readonly FrameRow[];
  readonly answers: readonly AnswerRow[];
}

const OPEN_MAX_MS = 1500;
const INSPECTOR_MAX_MS = 100;
const KEY_MAX_MS = 50;
const PALETTE_MAX_MS = 30;
const KEY_DELAY_MS = 70;
const PIPELINE_PATH = '/home/millrace/bench.json';
const SHOWN_WITHIN_MS = 60_000;

export async function measureDesigner(options: DesignerOptions): Promise<DesignerFigures> {
  const browser = await launchBrowser();
  try {
    return {
      frames: await measureGestures(() => openRunning(browser, options), options),
      answers: [...(await measureAnswers(browser, options)), ...(await measureOpen(browser, options))],
    };
  } finally {
    await browser.close();
  }
}

async function openInMemory(browser: Browser, { size, url }: DesignerOptions): Promise<MeasuredPage> {
  const measured = await MeasuredPage.create(browser);
  const text = printDocument(designerPipeline(size));
  await measured.page.addInitScript(
    ([file, content]) => {
      if (sessionStorage.getItem('files') !== null) return;
      sessionStorage.setItem('files', JSON.stringify({ [file]: { text: content, modifiedMs: 1, hash: 'bench' } }));
      const tabs = [{ kind: 'pipeline', path: file, documentId: 'pipeline-bench', name: 'bench' }];
      sessionStorage.setItem('preferences', JSON.stringify({ tabs, activeTab: 0, language: 'en', tourDone: true }));
    },
    [PIPELINE_PATH, text],
  );
  await measured.page.goto(url);
  await cardsShown(measured.page);
  await measured.fitCanvas();
  return measured;
}

async function openRunning(browser: Browser, options: DesignerOptions): Promise<MeasuredPage> {
  const measured = await openInMemory(browser, options);
  await startRun(measured.page);
  return measured;
}

export async function cardsShown(page: Page): Promise<void> {
  await page.locator(`[data-node="${cardId(1, 1)}"]`).waitFor({ timeout: SHOWN_WITHIN_MS });
  await page.waitForTimeout(500);
}

async function startRun(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Run\b/ })
    .first()
    .click();
  await page.locator('[data-run-rates]').waitFor();
  await page.waitForTimeout(1500);
}

async function measureAnswers(browser: Browser, options: DesignerOptions): Promise<readonly AnswerRow[]> {
  const rows: AnswerRow[] = [];
  const measured = await openInMemory(browser, options);
  const { page } = measured;
  const hand = new Hand(measured, options.gestureMs);
  const middle = { column: Math.floor(options.size.columns / 4) * 2 - 1, row: Math.floor(options.size.rows / 2) };
  const inspector = page.locator('[data-inspector]');
  const wanted = (name: string) => options.only.length === 0 || options.only.some((word) => name.includes(word));
  const keep = async (name: string, barMs: number, perEvent: (repetition: number) => Promise<Answers>) => {
    if (!wanted(name)) return;
    const found: Answers[] = [];
    for (let repetition = 0; repetition < options.repetitions; repetition++) found.push(await perEvent(repetition));
    rows.push({
      name,
      barMs,
      ms: median(found.map(({ ms }) => median(ms))),
      p95Ms: median(found.map(({ ms }) => percentile(ms, 0.95))),
      cpuMs: median(found.map(({ ms, taskMs }) => taskMs / ms.length)),
    });
  };
  const type = (text: string) => measured.answers('keydown', () => page.keyboard.type(text, { delay: KEY_DELAY_MS }));
  const selectCard = async (column: number, row: number) => {
    await page.locator(`[data-node="${cardId(column, row)}"]`).click({ force: true });
    await page.locator('[data-node-name]').waitFor();
  };
  await hand.setZoom(0.5);
  await keep('inspector opens', INSPECTOR_MAX_MS, async () => {
    await hand.clear();
    const ms: number[] = [];
    let taskMs = 0;
    for (const offset of [-1, 1, -1, 1]) {
      const { column, row } = { column: middle.column + offset * 2 - 1, row: middle.row };
      const found = await measured.answers('pointerup', () => page.locator(`[data-node="${cardId(column, row)}"]`).click({ force: true }));
      const shown = await page.locator('[data-node-name]').inputValue();
      if (shown !== cardLabel(column, row)) throw new Error(`the inspector shows '${shown}'`);
      ms.push(...found.ms);
      taskMs += found.taskMs;
    }
    return { ms, taskMs };
  });
  await selectCard(middle.column, middle.row);
  await keep('typing a name', KEY_MAX_MS, async () => {
    await page.locator('[data-node-name]').fill('');
    return type('Payments over a limit');
  });
  await keep('typing an expression', KEY_MAX_MS, async (repetition) => {
    const field = inspector.locator('[data-field="condition"]');
    if (repetition === 0) {
      await field.getByRole('textbox').first().click();
      await field.locator('[data-code-live]').waitFor();
    }
    await page.keyboard.press('Control+a');
    return type('amount > 1200 AND amo');
  });
  await page.keyboard.press('Escape');
  await hand.setZoom('fit');
  await keep('typing a number', KEY_MAX_MS, async () => {
    await selectCard(0, middle.row);
    const field = inspector.locator('[data-field="rowsPerSecond"]');
    if ((await field.count()) === 0) for (const head of await inspector.locator('[aria-expanded="false"]').all()) await head.click();
    const box = field.getByRole('textbox').or(field.getByRole('spinbutton')).first();
    await box.fill('');
    const found = await type('123456789');
    const typed = await box.inputValue({ timeout: KEY_MAX_MS * 100 });
    if (typed.replace(/\D/g, '') !== '123456789') throw new Error(`the field of a number shows '${typed}'`);
    return found;
  });
  await keep('palette of nodes', PALETTE_MAX_MS, async () => {
    const field = page.getByRole('textbox', { name: 'Search nodes' });
    await field.fill('');
    return type('window');
  });
  await keep('palette of commands', PALETTE_MAX_MS, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    const found = await type('card 7 1');
    await page.keyboard.press('Escape');
    return found;
  });
  await measured.close();
  return rows;
}

/** Navigation to all cards painted, and to a click that selects one. */
async function measureOpen(browser: Browser, options: DesignerOptions): Promise<readonly AnswerRow[]> {
  const name = 'open: cards painted';
  if (options.only.length > 0 && !options.only.some((word) => name.includes(word))) return [];
  const host = await startHost({ tabs: ['bench.json'] });
  try {
    const document = designerPipeline(options.size);
    writeFileSync(path.join(host.workspace, 'bench.json'), printDocument(document));
    const cards = options.size.columns * options.size.rows;
    return await openRows(browser, host, options, cards);
  } finally {
    await host.stop();
  }
}

async function openRows(
  browser: Browser,
  host: RunningHost,
  { repetitions, size }: DesignerOptions,
  cards: number,
): Promise<readonly AnswerRow[]> {
  const measured = await MeasuredPage.create(browser);
  const { page } = measured;
  await page.addInitScript(watchOpening, cards);
  await page.goto(host.link);
  await cardsShown(page);
  await measured.fitCanvas();
  const painted: number[] = [];
  const clicked: number[] = [];
  const cpu: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    await page.reload({ waitUntil: 'commit' });
    painted.push(await page.waitForFunction(() => window.opening.paintedMs).then((handle) => handle.jsonValue()));
    const target = page.locator(`[data-node="${cardId(Math.floor(size.columns / 2), Math.floor(size.rows / 2))}"]`);
    await target.click({ force: true });
    clicked.push(await page.waitForFunction(() => window.opening.selectedMs).then((handle) => handle.jsonValue()));
    // A page that was reloaded counts anew.
    cpu.push((await measured.cost()).taskMs);
    await page.waitForTimeout(500);
  }
  const shift = await page.evaluate(() => window.opening.layoutShift);
  await measured.close();
  const row = (name: string, ms: readonly number[]) => ({
    name,
    ms: median(ms),
    p95Ms: Math.max(...ms),
    barMs: OPEN_MAX_MS,
    cpuMs: median(cpu),
  });
  return [
    row('open: cards painted', painted),
    row('open: a click selects', clicked),
    { name: 'open: layout shift (thousandths)', ms: shift * 1000, p95Ms: shift * 1000, barMs: 10, cpuMs: 0 },
  ];
}

interface Opening {
  paintedMs: number;
  selectedMs: number;
  layoutShift: number;
}

declare global {
  interface Window {
    readonly opening: Opening;
  }
}

/** Runs in the page before anything else. */
function watchOpening(cards: number): void {
  const opening: Opening = { paintedMs: 0, selectedMs: 0, layoutShift: 0 };
  Object.assign(window, { opening });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { readonly value: number; readonly hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) opening.layoutShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  const afterPaint = (done: () => void) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      channel.port2.postMessage(null);
    });
  const look = () => {
    if (opening.paintedMs === 0 && document.querySelectorAll('[data-card]').length >= cards)
      afterPaint(() => {
        opening.paintedMs = performance.now();
      });
    if (document.querySelector('[data-node][aria-pressed="true"]') !== null)
      afterPaint(() => {
        opening.selectedMs = performance.now();
      });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
