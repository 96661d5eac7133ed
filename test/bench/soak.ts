/**
 * A long run that is watched: somebody looks at the drawing, pans, zooms, opens a node, a lens, the rows of an edge, again and
 * again; what page, host and engine hold after each round must not grow.
 */
import { Hand } from './designer-gestures.ts';
import type { MeasuredPage } from './designer-page.ts';
import { readHostUsage } from './process-usage.ts';
import type { RunningDesigner } from './running-designer.ts';
import type { Sample, Trend } from './soak-verdict.ts';
import { trendOf } from './soak-verdict.ts';

export interface SoakOptions {
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** From the beginning of a round to the next. */
  readonly roundMs: number;
  /** Nobody touches the page: all rounds are the same one, so that few samples tell a trend. */
  readonly untouched?: boolean;
  readonly tell?: (line: string) => void;
}

export interface SoakSample {
  readonly atMs: number;
  /** Of the round before it: what it opened is still in the page's memory. */
  readonly kind: number;
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  /** Null where the system does not tell. */
  readonly hostBytes: number | null;
  readonly engineBytes: number | null;
}

export interface Figure {
  readonly name: string;
  /** Share of the middle value by which it may grow in an hour, when it is watched for so many. */
  readonly limitPerHour: (hours: number) => number;
  readonly print: (value: number) => string;
  readonly read: (sample: SoakSample) => number | null;
}

const HOUR_MS = 3_600_000;
const MEGABYTE = 1024 * 1024;
const megabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(2)} MB`;
const count = (value: number) => value.toFixed(0);

/** A slow machine goes on until it has so many: fewer tell no trend. */
const SAMPLES_MIN = 12;

const TENTH = () => 0.1;
/** Within minutes a tenth more says nothing: caches and what is kept of the last minutes fill up, processes take memory in leaps. */
const SETTLING = (hours: number) => Math.max(0.1, 0.1 / hours);

/** Behind a forced collection. */
export const PAGE_FIGURES: readonly Figure[] = [
  { name: 'heap of the page', limitPerHour: SETTLING, print: megabytes, read: (sample) => sample.heapBytes },
  { name: 'DOM nodes', limitPerHour: TENTH, print: count, read: (sample) => sample.nodes },
  { name: 'listeners', limitPerHour: TENTH, print: count, read: (sample) => sample.listeners },
];
export const PROCESS_FIGURES: readonly Figure[] = [
  { name: 'memory of the host', limitPerHour: SETTLING, print: megabytes, read: (sample) => sample.hostBytes },
  { name: 'memory of the engine', limitPerHour: SETTLING, print: megabytes, read: (sample) => sample.engineBytes },
];

export interface FigureTrend extends Trend {
  readonly figure: Figure;
  readonly limitPerHour: number;
}

/** Samples of all rounds behind the warm-up. */
export async function soak(running: RunningDesigner, options: SoakOptions): Promise<readonly SoakSample[]> {
  const startedAt = performance.now();
  const samples: SoakSample[] = [];
  const isOver = () => performance.now() - startedAt >= options.warmUpMs + options.durationMs && samples.length >= SAMPLES_MIN;
  for (let round = 0; !isOver(); round++) {
    const next = performance.now() + options.roundMs;
    const kind = options.untouched === true ? 0 : round % LENSES.length;
    if (options.untouched !== true) await lookAround(running.measured, kind);
    const sample = await takeSample(running, kind, performance.now() - startedAt);
    options.tell?.(printSample(sample));
    if (sample.atMs > options.warmUpMs) samples.push(sample);
    await running.page.waitForTimeout(Math.max(0, next - performance.now()));
  }
  return samples;
}

/** Of the figures that were told; judged as of a watch of `watchedMs`, which is that of the samples unless another is given. */
export function trends(samples: readonly SoakSample[], figures: readonly Figure[], watchedMs?: number): readonly FigureTrend[] {
  return figures.flatMap((figure) => {
    const told = samples.flatMap((sample): readonly Sample[] => {
      const value = figure.read(sample);
      return value === null ? [] : [{ atMs: sample.atMs, kind: sample.kind, value }];
    });
    if (told.length === 0) return [];
    const limitPerHour = figure.limitPerHour((watchedMs ?? told[told.length - 1].atMs - told[0].atMs) / HOUR_MS);
    return [{ figure, limitPerHour, ...trendOf(told, limitPerHour) }];
  });
}

export function printTrend({ figure, limitPerHour, median, growthPerHour, growthPerHourAtLeast, grows }: FigureTrend): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const growth = `${percent(growthPerHour)} an hour, surely ${percent(Math.max(0, growthPerHourAtLeast))} (limit ${percent(limitPerHour)})`;
  return `${figure.name.padEnd(22)} ${figure.print(median).padStart(11)}   ${growth}   ${grows ? 'GROWS' : 'flat'}`;
}

export function printSample(sample: SoakSample): string {
  const figures = [...PAGE_FIGURES, ...PROCESS_FIGURES].flatMap((figure) => {
    const value = figure.read(sample);
    return value === null ? [] : [`${figure.name} ${figure.print(value)}`];
  });
  return `${(sample.atMs / 60_000).toFixed(1).padStart(6)} min   ${figures.join('   ')}`;
}

async function takeSample({ host, measured }: RunningDesigner, kind: number, atMs: number): Promise<SoakSample> {
  const page = await measured.memory();
  const processes = readHostUsage(host.pid);
  return {
    atMs,
    kind,
    ...page,
    hostBytes: processes?.host.residentBytes ?? null,
    engineBytes: processes?.engine.residentBytes ?? null,
  };
}

const LENSES = ['Watermark', 'State', 'Skew', 'Throughput'] as const;

/** One round, which leaves the page as it found it. */
async function lookAround(measured: MeasuredPage, kind: number): Promise<void> {
  const { page } = measured;
  const hand = new Hand(measured, 300);
  await hand.setZoom(kind % 2 === 0 ? 0.8 : 0.5);
  await hand.pan();
  await hand.zoom();
  await page.getByRole('radio', { name: LENSES[kind], exact: true }).click();
  const card = await hand.cardPlace();
  await page.mouse.click(card.x, card.y);
  await page.locator('[data-node-name]').waitFor();
  await page.waitForTimeout(700);
  const followed = await hand.clickEdge();
  await page.waitForTimeout(700);
  if (followed) {
    // Its columns may lie on the lenses; its rows came up in front of the time strip.
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
  }
  await page.getByRole('radio', { name: 'Throughput', exact: true }).click();
  await hand.setZoom('fit');
  await hand.clear();
}
