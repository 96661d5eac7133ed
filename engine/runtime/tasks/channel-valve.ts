/** Combines watermarks and status of the channels of one input, by the rules of Flink's StatusWatermarkValve. */
import { WATERMARK_MIN } from '../../operators/operator.ts';

/** What leaves the valve after one item; `watermark` null and `status` null when nothing changed. */
export interface ValveOutput {
  watermark: bigint | null;
  status: 'idle' | 'active' | null;
}

export class ChannelValve {
  private readonly watermarks: bigint[];
  private readonly idle: boolean[];
  private readonly aligned: boolean[];
  private lastWatermark = WATERMARK_MIN;
  private outputIdle = false;
  private readonly output: ValveOutput = { watermark: null, status: null };

  constructor(channelCount: number) {
    this.watermarks = Array.from({ length: channelCount }, () => WATERMARK_MIN);
    this.idle = Array.from({ length: channelCount }, () => false);
    this.aligned = Array.from({ length: channelCount }, () => true);
  }

  watermarkOf(channel: number): bigint {
    return this.watermarks[channel];
  }

  isIdle(channel: number): boolean {
    return this.idle[channel];
  }

  /** The result is reused by the next call. */
  onWatermark(channel: number, watermark: bigint): ValveOutput {
    this.output.watermark = null;
    this.output.status = null;
    if (this.outputIdle || this.idle[channel] || watermark <= this.watermarks[channel]) return this.output;
    this.watermarks[channel] = watermark;
    if (!this.aligned[channel] && watermark >= this.lastWatermark) this.aligned[channel] = true;
    this.advanceToMinimum();
    return this.output;
  }

  onStatus(channel: number, idle: boolean): ValveOutput {
    this.output.watermark = null;
    this.output.status = null;
    if (this.idle[channel] === idle) return this.output;
    this.idle[channel] = idle;
    if (idle) this.onIdle(channel);
    else this.onActive(channel);
    return this.output;
  }

  private onIdle(channel: number): void {
    this.aligned[channel] = false;
    if (this.idle.every((each) => each)) {
      if (this.watermarks[channel] === this.lastWatermark) this.flushMaximum();
      this.outputIdle = true;
      this.output.status = 'idle';
    } else if (this.watermarks[channel] === this.lastWatermark) {
      this.advanceToMinimum();
    }
  }

  private onActive(channel: number): void {
    this.aligned[channel] = this.watermarks[channel] >= this.lastWatermark;
    if (this.outputIdle) {
      this.outputIdle = false;
      this.output.status = 'active';
    }
  }

  private advanceToMinimum(): void {
    let minimum: bigint | null = null;
    for (let channel = 0; channel < this.watermarks.length; channel++) {
      if (this.aligned[channel] && (minimum === null || this.watermarks[channel] < minimum)) minimum = this.watermarks[channel];
    }
    if (minimum !== null) this.emit(minimum);
  }

  private flushMaximum(): void {
    let maximum = this.watermarks[0];
    for (const watermark of this.watermarks) if (watermark > maximum) maximum = watermark;
    this.emit(maximum);
  }

  private emit(watermark: bigint): void {
    if (watermark <= this.lastWatermark) return;
    this.lastWatermark = watermark;
    this.output.watermark = watermark;
  }
}
