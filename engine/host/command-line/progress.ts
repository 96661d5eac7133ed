/** The live line of `millrace run`: rows and their rate, event time, checkpoints. */
import type { RunMetrics } from '../contract.ts';

/** Between two lines when the output is not a terminal. */
const QUIET_INTERVAL_MS = 5_000;
const LINE_WIDTH_MAX = 100;

export interface ProgressOutput {
  readonly isTerminal: boolean;
  write(text: string): void;
}

export interface SourceAndSinkIds {
  readonly sources: ReadonlySet<string>;
  readonly sinks: ReadonlySet<string>;
}

export class Progress {
  private readonly output: ProgressOutput;
  private readonly ids: SourceAndSinkIds;
  private before: RunMetrics | null = null;
  private writtenAtMs = Number.NEGATIVE_INFINITY;
  private open = false;

  constructor(output: ProgressOutput, ids: SourceAndSinkIds) {
    this.output = output;
    this.ids = ids;
  }

  update(metrics: RunMetrics): void {
    const { before } = this;
    this.before = metrics;
    if (!this.output.isTerminal && metrics.atMs - this.writtenAtMs < QUIET_INTERVAL_MS) return;
    this.writtenAtMs = metrics.atMs;
    const line = formatProgress(metrics, before, this.ids);
    if (this.output.isTerminal) {
      this.output.write(`\r${line.slice(0, LINE_WIDTH_MAX).padEnd(LINE_WIDTH_MAX)}`);
      this.open = true;
    } else this.output.write(`${line}\n`);
  }

  /** The last figures are always shown, with the rate of the whole run. */
  finish(metrics: RunMetrics): void {
    this.before = null;
    this.writtenAtMs = Number.NEGATIVE_INFINITY;
    this.update(metrics);
    this.breakLine();
  }

  /** Ends the line, so that whatever comes next starts on its own. */
  breakLine(): void {
    if (this.open) this.output.write('\n');
    this.open = false;
  }
}

export function formatProgress(metrics: RunMetrics, before: RunMetrics | null, ids: SourceAndSinkIds): string {
  const read = sumRows(metrics, ids.sources, 'rowsOut');
  const written = sumRows(metrics, ids.sinks, 'rowsIn');
  const seconds = before === null ? metrics.uptimeMs / 1000 : (metrics.atMs - before.atMs) / 1000;
  const rate = seconds <= 0 ? 0 : (read - (before === null ? 0 : sumRows(before, ids.sources, 'rowsOut'))) / seconds;
  const failed = metrics.checkpointsFailed > 0 ? ` (${metrics.checkpointsFailed} failed)` : '';
  return [
    `${(metrics.uptimeMs / 1000).toFixed(1)} s`,
    `${formatCount(read)} rows in`,
    `${formatCount(Math.max(0, rate))}/s`,
    `${formatCount(written)} out`,
    `watermark ${formatWatermark(metrics, ids)}`,
    `checkpoints ${metrics.checkpointsComplete}${failed}`,
  ].join(' · ');
}

/** The lowest over the sinks, which every row has still to pass. */
function formatWatermark(metrics: RunMetrics, ids: SourceAndSinkIds): string {
  const marks = metrics.nodes.filter((node) => ids.sinks.has(node.nodeId)).map((node) => node.watermark ?? Number.NEGATIVE_INFINITY);
  const lowest = marks.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...marks);
  if (lowest === Number.POSITIVE_INFINITY) return 'end';
  return Number.isFinite(lowest) && Math.abs(lowest) <= 8.64e15 ? new Date(lowest).toISOString() : '–';
}

function sumRows(metrics: RunMetrics, ids: ReadonlySet<string>, counter: 'rowsIn' | 'rowsOut'): number {
  return metrics.nodes.reduce((sum, node) => (ids.has(node.nodeId) ? sum + node[counter] : sum), 0);
}

function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
