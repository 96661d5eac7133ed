/** What an operator tells of its event time while somebody watches: channels, windows, the newest rows behind the watermark. */
import type { Batch } from '../../columnar/batch.ts';
import { printRow } from '../../columnar/row-text.ts';
import { WATERMARK_MAX, WATERMARK_MIN } from '../../operators/operator.ts';
import type { LateOutcome, RowBehind, TimeObserver } from '../../operators/time/window-view.ts';
import type { TaskOperator } from './task-operator.ts';

/** Rows behind the watermark printed per report; more would cost what watching must not cost. */
const ROWS_PER_REPORT = 50;
const WINDOWS_SHOWN = 40;

/** Times are epoch milliseconds as doubles; null before the first watermark, Infinity at the end. */
export interface OperatorTime {
  readonly watermark: number | null;
  readonly allowedLatenessMs: number;
  readonly channels: readonly ChannelTime[];
  readonly windows: readonly { start: number; end: number; firesAt: number; keys: number; exactKeys: boolean }[];
  readonly more: number;
  readonly complete: boolean;
  readonly fired: readonly { start: number; end: number; firesAt: number; rows: number }[];
  readonly rows: readonly BehindLine[];
  /** What a source reads now; null for others, and for sources that do not tell. */
  readonly splits: readonly string[] | null;
}

export interface ChannelTime {
  readonly input: number;
  readonly channel: number;
  readonly watermark: number | null;
  readonly idle: boolean;
  readonly ended: boolean;
  readonly rows: number;
  /** When rows last came. */
  readonly activeAtMs: number;
}

export interface BehindLine {
  readonly atMs: number;
  readonly eventTime: number;
  readonly behindMs: number;
  /** Where it came in. */
  readonly input: number;
  readonly channel: number;
  readonly outcome: LateOutcome;
  readonly missed: number;
  readonly windows: number;
  /** The row as JSON. */
  readonly row: string;
}

export class TimeSample implements TimeObserver {
  watching = false;
  /** Of the batch that the operator is given now. */
  input = 0;
  channel = 0;
  private lines: Omit<BehindLine, 'atMs'>[] = [];

  tell(batch: Batch, row: number, behind: RowBehind): void {
    if (this.lines.length >= ROWS_PER_REPORT) return;
    this.lines.push({
      input: this.input,
      channel: this.channel,
      eventTime: Number(behind.eventTime),
      behindMs: Number(behind.watermark - behind.eventTime),
      outcome: behind.outcome,
      missed: behind.missed,
      windows: behind.windows,
      row: printRow(batch, row),
    });
  }

  take(operator: TaskOperator, nowMs: number): OperatorTime {
    const view = operator.operator?.viewWindows?.(WINDOWS_SHOWN) ?? null;
    const rows = this.lines.map((line) => ({ atMs: nowMs, ...line }));
    this.lines = [];
    return {
      watermark: timeOf(view === null ? operator.currentWatermark() : view.watermark),
      allowedLatenessMs: Number(view?.allowedLateness ?? 0n),
      channels: operator.gates.flatMap((gate, input) =>
        Array.from({ length: gate.channelCount }, (_, channel) => ({
          input,
          channel,
          watermark: timeOf(gate.channelWatermark(channel)),
          idle: gate.channelIdle(channel),
          ended: gate.channelEnded(channel),
          rows: gate.channelRows[channel],
          activeAtMs: gate.activeAtMs[channel],
        })),
      ),
      windows: (view?.windows ?? []).map(({ start, end, firesAt, keys, exactKeys }) => ({
        ...bounds(start, end, firesAt),
        keys,
        exactKeys,
      })),
      more: view?.more ?? 0,
      complete: view?.complete ?? true,
      fired: (view?.fired ?? []).map(({ start, end, firesAt, rows: given }) => ({ ...bounds(start, end, firesAt), rows: given })),
      rows,
      splits: operator.source?.viewSplits?.() ?? null,
    };
  }
}

function bounds(start: bigint, end: bigint, firesAt: bigint): { start: number; end: number; firesAt: number } {
  return { start: Number(start), end: Number(end), firesAt: Number(firesAt) };
}

function timeOf(watermark: bigint): number | null {
  if (watermark === WATERMARK_MIN) return null;
  return watermark === WATERMARK_MAX ? Number.POSITIVE_INFINITY : Number(watermark);
}
