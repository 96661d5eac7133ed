/**
 * The DataStream API's `assignTimestampsAndWatermarks`: each record gets its time as record timestamp, a generator makes the watermarks. Watermarks
 * and statuses from before are ignored, except the last watermark. After IDLE the stream is active again only with the next watermark.
 */
import type { Batch } from '../../columnar/batch.ts';
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

export class TimestampsAndWatermarksOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: TimestampsAndWatermarksConfig;
  private readonly context: OperatorContext;
  private current = LONG_MIN;
  private idle = false;
  private readonly sink: WatermarkSink;

  constructor(config: TimestampsAndWatermarksConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    this.sink = { emitWatermark: (watermark) => this.emitWatermark(watermark), markIdle: () => this.markIdle() };
  }

  open(): void {
    this.requestTick(this.context.clock.now());
  }

  processBatch(_input: number, batch: Batch): Progress {
    const { arena, output } = this.context;
    const timestamps = arena.allocate(Math.max(batch.rowCount, 1) * 8);
    const marks = new BatchMarks(arena, batch.selectedCount);
    for (let at = 0; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : batch.memory.i32[(batch.selection >>> 2) + at];
      const timestamp = this.config.timestampOf(batch, row);
      batch.memory.i64[(timestamps >>> 3) + row] = timestamp;
      this.config.generator.onEvent(timestamp, this.sink);
      const watermark = this.config.punctuation?.(batch, row) ?? null;
      if (watermark === null || watermark <= this.current) continue;
      this.current = watermark;
      this.markActive();
      marks.add(row, watermark);
    }
    output.emit(0, marks.attach(batch, timestamps));
    return 'done';
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

  drain(): Progress {
    return 'done';
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(): void {}

  notifyCheckpointComplete(): void {}

  close(): void {}

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
