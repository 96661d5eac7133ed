/**
 * The DataStream API's `assignTimestampsAndWatermarks`: each record gets its time as record timestamp, a generator makes the watermarks. Watermarks
 * and statuses from before are ignored, except the last watermark. After IDLE the stream is active again only with the next watermark.
 */
import type { Batch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { Operator, OperatorContext, Progress } from '../operator.ts';
import { WATERMARK_MAX } from '../operator.ts';
import { BatchMarks } from './batch-marks.ts';
import { LONG_MIN } from './long.ts';
import type { WatermarkGenerator, WatermarkSink } from './watermark-generators.ts';

export interface TimestampsAndWatermarksConfig {
  readonly timestampOf: (batch: Batch, row: number) => bigint;
  readonly generator: WatermarkGenerator;
  /** A watermark that a record carries itself; null = none. Emitted right behind the record. */
  readonly punctuation: ((batch: Batch, row: number) => bigint | null) | null;
  /** Milliseconds between ticks; 0 = none. */
  readonly autoWatermarkIntervalMs: number;
}

/** Rows of a batch that have not left yet, from a selected one on. */
interface Rest {
  readonly batch: Batch;
  /** Of the whole batch, by physical row. */
  readonly timestamps: Address;
  readonly begin: number;
}

export class TimestampsAndWatermarksOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: TimestampsAndWatermarksConfig;
  private readonly context: OperatorContext;
  private current = LONG_MIN;
  private idle = false;
  private readonly sink: WatermarkSink;
  private rest: Rest | null = null;

  constructor(config: TimestampsAndWatermarksConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    this.sink = { emitWatermark: (watermark) => this.emitWatermark(watermark), markIdle: () => this.markIdle() };
  }

  open(): void {
    this.requestTick(this.context.clock.now());
  }

  processBatch(_input: number, batch: Batch): Progress {
    return this.forward({ batch, timestamps: this.context.arena.allocate(Math.max(batch.rowCount, 1) * 8), begin: 0 });
  }

  processWatermark(_input: number, watermark: bigint): Progress {
    if (watermark === WATERMARK_MAX) this.emitWatermark(watermark);
    return 'done';
  }

  processStatus(): Progress {
    return 'done';
  }

  onProcessingTime(nowMs: number): Progress {
    this.config.generator.onPeriodic(nowMs, this.sink);
    this.requestTick(nowMs);
    return 'done';
  }

  /** A row has ended idleness: that and its watermark leave behind the row, then the rows behind it. */
  drain(): Progress {
    const { rest } = this;
    if (rest === null) return 'done';
    if (this.idle) {
      this.markActive();
      this.context.output.emitWatermark(this.current);
      if (rest.begin < rest.batch.selectedCount) return 'more';
    }
    this.rest = null;
    return rest.begin < rest.batch.selectedCount ? this.forward(rest) : 'done';
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(): void {}

  notifyCheckpointComplete(): void {}

  close(): void {}

  private forward({ batch, timestamps, begin }: Rest): Progress {
    const { arena, output } = this.context;
    const marks = new BatchMarks(arena, batch.selectedCount);
    for (let at = begin; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : batch.memory.i32[(batch.selection >>> 2) + at];
      const timestamp = this.config.timestampOf(batch, row);
      batch.memory.i64[(timestamps >>> 3) + row] = timestamp;
      this.config.generator.onEvent(timestamp, this.sink);
      const watermark = this.config.punctuation?.(batch, row) ?? null;
      if (watermark === null || watermark <= this.current) continue;
      this.current = watermark;
      if (this.idle) {
        output.emit(0, marks.attach(this.part(batch, begin, at + 1), timestamps));
        this.rest = { batch, timestamps, begin: at + 1 };
        return 'more';
      }
      marks.add(row, watermark);
    }
    output.emit(0, marks.attach(begin === 0 ? batch : this.part(batch, begin, batch.selectedCount), timestamps));
    return 'done';
  }

  /** The selected rows `begin` to `end` of a batch, as a batch. */
  private part(batch: Batch, begin: number, end: number): Batch {
    const { arena } = this.context;
    const rows = arena.allocate((end - begin) * 4);
    for (let at = begin; at < end; at++) {
      arena.memory.i32[(rows >>> 2) + at - begin] = batch.selection === 0 ? at : batch.memory.i32[(batch.selection >>> 2) + at];
    }
    return { ...batch, selection: rows, selectedCount: end - begin };
  }

  private emitWatermark(watermark: bigint): void {
    if (watermark <= this.current) return;
    this.current = watermark;
    this.markActive();
    this.context.output.emitWatermark(watermark);
  }

  private markActive(): void {
    if (!this.idle) return;
    this.idle = false;
    this.context.output.emitStatus(false);
  }

  private markIdle(): void {
    if (this.idle) return;
    this.idle = true;
    this.context.output.emitStatus(true);
  }

  private requestTick(nowMs: number): void {
    if (this.config.autoWatermarkIntervalMs > 0) this.context.requestProcessingTime(nowMs + this.config.autoWatermarkIntervalMs);
  }
}
