/** One input port of an operator: its channels, their valve, and how far event time has come at it. */
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import { WATERMARK_MIN } from '../../operators/operator.ts';
import { ChannelValve, type ValveOutput } from './channel-valve.ts';

export class InputGate {
  readonly channelCount: number;
  /** Combined over the channels; marks of a batch count when the batch has been dealt with. */
  watermark = WATERMARK_MIN;
  idle: boolean;
  rows = 0;
  /** By channel. */
  readonly channelRows: number[];
  /** When rows were last seen to have come, by channel; looked at twice a second. */
  readonly activeAtMs: number[];
  private readonly seenRows: number[];
  private readonly valve: ChannelValve;
  private readonly ended: boolean[];

  constructor(channelCount: number) {
    this.channelCount = channelCount;
    this.idle = channelCount === 0;
    this.valve = new ChannelValve(channelCount);
    this.ended = Array.from({ length: channelCount }, () => false);
    this.channelRows = Array.from({ length: channelCount }, () => 0);
    this.seenRows = Array.from({ length: channelCount }, () => 0);
    this.activeAtMs = Array.from({ length: channelCount }, () => Number.NaN);
  }

  countRows(channel: number, rows: number): void {
    this.rows += rows;
    this.channelRows[channel] += rows;
  }

  /** Notes which channels have brought rows since the last call. */
  noteActivity(nowMs: number): void {
    for (let channel = 0; channel < this.channelCount; channel++) {
      if (this.channelRows[channel] === this.seenRows[channel] && !Number.isNaN(this.activeAtMs[channel])) continue;
      this.seenRows[channel] = this.channelRows[channel];
      this.activeAtMs[channel] = nowMs;
    }
  }

  channelWatermark(channel: number): bigint {
    return this.valve.watermarkOf(channel);
  }

  channelIdle(channel: number): boolean {
    return this.valve.isIdle(channel);
  }

  channelEnded(channel: number): boolean {
    return this.ended[channel];
  }

  onWatermark(channel: number, watermark: bigint): ValveOutput {
    return this.valve.onWatermark(channel, watermark);
  }

  onStatus(channel: number, idle: boolean): ValveOutput {
    return this.valve.onStatus(channel, idle);
  }

  /** True when this was the last channel that had not ended. */
  onEnd(channel: number): boolean {
    this.ended[channel] = true;
    return this.hasEnded();
  }

  hasEnded(): boolean {
    return this.ended.every((each) => each);
  }

  /**
   * The batch as the operator shall see it: marks are watermarks of one channel, the operator wants those of the input.
   * Rewritten marks stand in the arena.
   */
  combineMarks(channel: number, batch: Batch, arena: Arena): Batch {
    if (batch.markCount === 0) return batch;
    if (this.channelCount === 1) {
      this.valve.onWatermark(channel, lastMark(batch));
      return batch;
    }
    const rows = arena.allocate(4 * batch.markCount);
    const watermarks = arena.allocate(8 * batch.markCount);
    const { i32, i64 } = batch.memory;
    let count = 0;
    for (let mark = 0; mark < batch.markCount; mark++) {
      const combined = this.valve.onWatermark(channel, i64[(batch.markWatermarks >>> 3) + mark]).watermark;
      if (combined === null) continue;
      i32[(rows >>> 2) + count] = i32[(batch.markRows >>> 2) + mark];
      i64[(watermarks >>> 3) + count] = combined;
      count++;
    }
    return { ...batch, markCount: count, markRows: rows, markWatermarks: watermarks };
  }
}

/** The watermark behind the last mark of a batch, or Long.MIN. */
export function lastMark(batch: Batch): bigint {
  return batch.markCount === 0 ? WATERMARK_MIN : batch.memory.i64[(batch.markWatermarks >>> 3) + batch.markCount - 1];
}
