/** Time from `run.start` in a warm engine to the first row at the sink. */
import { previewJob } from './jobs.ts';
import { bidsFile } from './nexmark-bids.ts';
import { withWarmEngine } from './warm-engine.ts';

export interface StartTimes {
  /** Milliseconds of each start, in order; the run before the first is not counted. */
  readonly ms: readonly number[];
}

export async function measureStart(options: { readonly starts: number; readonly events: number }): Promise<StartTimes> {
  const input = await bidsFile(options.events);
  return withWarmEngine(async ({ jobs, start }) => {
    const firstRow = async (): Promise<number> => {
      const startedAt = performance.now();
      const arrival = new Promise<number>((resolve) => {
        const end = jobs.listen({
          rows: () => {
            end();
            resolve(performance.now() - startedAt);
          },
        });
      });
      const { runId } = await start(previewJob.document(input, ''));
      const ms = await arrival;
      await jobs.stop(runId, 'discard').catch(() => undefined);
      await jobs.whenEnded(runId);
      return ms;
    };
    await firstRow();
    const ms: number[] = [];
    while (ms.length < options.starts) ms.push(await firstRow());
    return { ms };
  });
}
