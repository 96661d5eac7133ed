/**
 * `WATERMARK FOR t AS …` as Flink's runtime does it: starts at 0, forwards each row, then emits at once when the watermark has moved by more than
 * the interval, and the rest on a tick. Watermarks from before are ignored except the last one; a status from before passes through.
 */
import { EngineError } from '../../base/errors.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import type { Operator, OperatorContext, Progress } from '../operator.ts';
import { WATERMARK_MAX } from '../operator.ts';
import { BatchMarks } from './batch-marks.ts';

export interface SqlWatermarkConfig {
  readonly rowtime: ColumnPath;
  /** The watermark a row stands for; null = none. */
  readonly watermarkOf: (batch: Batch, row: number) => bigint | null;
  /** Milliseconds; 0 = no ticks, every advance is emitted at once. */
  readonly autoWatermarkIntervalMs: number;
  /** Milliseconds without rows until the stream is idle; 0 or less = never. */
  readonly idleTimeoutMs: number;
}

/** How often the operator looks at the clock. */
export function tickIntervalMs(watermarkIntervalMs: number, idleTimeoutMs: number): number {
  if (watermarkIntervalMs <= 0 || idleTimeoutMs <= 0) return Math.max(watermarkIntervalMs, idleTimeoutMs, 0);
  const [smaller, larger] = [Math.min(watermarkIntervalMs, idleTimeoutMs), Math.max(watermarkIntervalMs, idleTimeoutMs)];
  return smaller * 5 < larger ? smaller : Math.max(Math.floor(smaller / 5), 1);
}

export class SqlWatermarkOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: SqlWatermarkConfig;
  private readonly context: OperatorContext;
  private readonly tickMs: number;
  private current = 0n;
  private emitted = 0n;
  private emittedAtMs = 0;
  private idle = false;
  private rows = 0;
  private rowsAtLastTick = -1;
  private quietSinceMs = 0;

  constructor(config: SqlWatermarkConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    this.tickMs = tickIntervalMs(config.autoWatermarkIntervalMs, config.idleTimeoutMs);
  }

  open(): void {
    this.requestTick(this.context.clock.now());
  }

  processBatch(_input: number, batch: Batch): Progress {
    const { output, arena } = this.context;
    this.rows += batch.selectedCount;
    if (batch.selectedCount > 0 && this.idle && this.config.idleTimeoutMs > 0) {
      this.idle = false;
      output.emitStatus(false);
    }
    const marks = new BatchMarks(arena, batch.selectedCount);
    const interval = BigInt(this.config.autoWatermarkIntervalMs);
    for (let at = 0; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : batch.memory.i32[(batch.selection >>> 2) + at];
      this.checkRowtime(batch, row);
      const watermark = this.config.watermarkOf(batch, row);
      if (watermark !== null && watermark > this.current) this.current = watermark;
      if (this.current - this.emitted <= interval) continue;
      this.emitted = this.current;
      marks.add(row, this.current);
    }
    output.emit(0, marks.attach(batch, batch.timestamps));
    return 'done';
  }

  processWatermark(_input: number, watermark: bigint): Progress {
    if (watermark === WATERMARK_MAX && this.current !== WATERMARK_MAX) {
      if (this.idle && this.config.idleTimeoutMs > 0) this.setIdle(false);
      this.current = WATERMARK_MAX;
      this.emitted = WATERMARK_MAX;
      this.context.output.emitWatermark(watermark);
    }
    return 'done';
  }

  processStatus(_input: number, idle: boolean): Progress {
    this.setIdle(idle);
    return 'done';
  }

  onProcessingTime(nowMs: number): Progress {
    const { autoWatermarkIntervalMs, idleTimeoutMs } = this.config;
    if (autoWatermarkIntervalMs > 0 && this.emittedAtMs + autoWatermarkIntervalMs <= nowMs) {
      this.emittedAtMs = nowMs;
      if (this.current > this.emitted) {
        this.emitted = this.current;
        this.context.output.emitWatermark(this.current);
      }
    }
    if (this.rows !== this.rowsAtLastTick) {
      this.quietSinceMs = nowMs;
      this.rowsAtLastTick = this.rows;
    }
    if (idleTimeoutMs > 0 && !this.idle && nowMs - this.quietSinceMs >= idleTimeoutMs) this.setIdle(true);
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

  private setIdle(idle: boolean): void {
    this.idle = idle;
    this.context.output.emitStatus(idle);
  }

  private requestTick(nowMs: number): void {
    if (this.tickMs > 0) this.context.requestProcessingTime(nowMs + this.tickMs);
  }

  private checkRowtime(batch: Batch, row: number): void {
    const column = columnAt(batch, this.config.rowtime);
    if (column.validity === 0 || batch.memory.u8[column.validity + row] !== 0) return;
    const { nodeId } = this.context;
    throw new EngineError('MR5032', `node ${nodeId}: a row has no event time (NULL), a watermark cannot be computed`, {
      domain: 'user',
      nodeId,
      remedy: 'filter rows without a time before the watermark',
    });
  }
}
