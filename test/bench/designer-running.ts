/** The gestures of the designer's benchmark while the drawing runs on the engine: page, host and workers share the machine. */
import type { FrameRow, GestureOptions } from './designer-frames.ts';
import { measureGestures } from './designer-frames.ts';
import { launchBrowser } from './designer-page.ts';
import type { DrawingSize } from './designer-pipeline.ts';
import { cpuOf, readHostUsage } from './process-usage.ts';
import { openRunningDesigner } from './running-designer.ts';

/** Of each source: a thousand rows a second come in, about as many pass each node. */
const ROWS_PER_SECOND = 40;

export interface DesignerRunningOptions extends GestureOptions {
  readonly size: DrawingSize;
  readonly parallelism: number;
}

export interface DesignerRunningFigures {
  readonly frames: readonly FrameRow[];
  readonly nodes: number;
  readonly rowsPerSecond: number;
  /** Processor time of engine and host over the time on the clock. */
  readonly jobCores: number;
}

export async function measureDesignerRunning(options: DesignerRunningOptions): Promise<DesignerRunningFigures> {
  const { size, parallelism } = options;
  const browser = await launchBrowser();
  try {
    const pace = { parallelism, rowsPerSecond: ROWS_PER_SECOND, checkpointInterval: '10 s' };
    const running = await openRunningDesigner(browser, size, pace);
    try {
      const cpuNow = () => {
        const usage = readHostUsage(running.host.pid);
        return usage === null ? Number.NaN : cpuOf(usage);
      };
      const cpuBefore = cpuNow();
      const startedAt = performance.now();
      const frames = await measureGestures(async () => running.measured, options);
      const jobCores = (cpuNow() - cpuBefore) / ((performance.now() - startedAt) / 1000);
      return { frames, nodes: running.nodes, rowsPerSecond: ROWS_PER_SECOND * size.rows, jobCores };
    } finally {
      await running.close();
    }
  } finally {
    await browser.close();
  }
}
