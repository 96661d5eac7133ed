/** What watching a run costs: the same job with everything a designer asks for, and without, in turns. */
import path from 'node:path';
import { filterJob } from './jobs.ts';
import { median, percentile, type Usage } from './measured-run.ts';
import { bidsFile } from './nexmark-bids.ts';
import { type WarmEngine, withWarmEngine } from './warm-engine.ts';

/** The designer asks for the watched edge's rows this often, this many. */
const TAIL_PERIOD_MS = 500;
const TAIL_ROWS = 200;

export interface OverlayFigures {
  /** Watched over unwatched, one per pair. */
  readonly cpuRatios: readonly number[];
  readonly wallRatios: readonly number[];
}

export async function measureOverlay(options: { readonly pairs: number; readonly events: number }): Promise<OverlayFigures> {
  const input = await bidsFile(options.events);
  return withWarmEngine(async (engine) => {
    await runOnce(engine, input, true);
    await runOnce(engine, input, false);
    const pairs: (readonly [Usage, Usage])[] = [];
    for (let pair = 0; pair < options.pairs; pair++) {
      // The order alternates, so that what grows with time does not count against one side.
      const first = await runOnce(engine, input, pair % 2 === 0);
      const second = await runOnce(engine, input, pair % 2 !== 0);
      pairs.push(pair % 2 === 0 ? [first, second] : [second, first]);
    }
    return {
      cpuRatios: pairs.map(([watched, alone]) => watched.cpuSeconds / alone.cpuSeconds),
      wallRatios: pairs.map(([watched, alone]) => watched.wallSeconds / alone.wallSeconds),
    };
  });
}

async function runOnce(engine: WarmEngine, input: string, watched: boolean): Promise<Usage> {
  const { jobs } = engine;
  const document = filterJob.document(input, path.join(engine.folder, 'out'));
  // What the engine process does for every page that listens: make the text of the frame.
  const send = (value: unknown): void => void JSON.stringify(value);
  const endListening = watched ? jobs.listen({ metrics: send, state: send, checkpoint: (_run, info) => send(info), log: send }) : () => {};
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const { runId } = await engine.start(document, { checkpointIntervalMs: 1000 });
  const ask = () => send(jobs.tail(runId, 'e1', TAIL_ROWS));
  if (watched) ask();
  const timer = watched ? setInterval(ask, TAIL_PERIOD_MS) : undefined;
  const { phase, error } = await jobs.whenEnded(runId);
  const { user, system } = process.cpuUsage(before);
  const wallSeconds = (performance.now() - startedAt) / 1000;
  clearInterval(timer);
  endListening();
  if (phase !== 'finished') throw new Error(`the run ended as ${phase}: ${error?.message}`);
  return { cpuSeconds: (user + system) / 1e6, wallSeconds };
}

/** The median, and the quartiles: how far single pairs are from each other tells how far to trust it. */
export function overlayPercent(ratios: readonly number[]): string {
  const percent = (ratio: number) => ((ratio - 1) * 100).toFixed(1);
  return `${percent(median(ratios))} % (${percent(percentile(ratios, 0.25))} to ${percent(percentile(ratios, 0.75))})`;
}
