/** Event time of an operator with several inputs: the least watermark of those that are not idle, the greatest once all are. */
import { LONG_MIN } from './long.ts';

export class CombinedEventTime {
  /** Never falls. */
  watermark = LONG_MIN;
  /** All inputs are. */
  idle = false;
  private readonly watermarks: bigint[];
  private readonly idleInputs: boolean[];

  constructor(inputs: number) {
    this.watermarks = Array.from({ length: inputs }, () => LONG_MIN);
    this.idleInputs = Array.from({ length: inputs }, () => false);
  }

  /**
   * True when the combined watermark is to be acted on: it advanced, or the only input repeats its own, which fires the timers
   * that were set behind it meanwhile.
   */
  onWatermark(input: number, watermark: bigint): boolean {
    const only = this.watermarks.length === 1;
    if (watermark < this.watermarks[input] || (!only && watermark === this.watermarks[input])) return false;
    this.watermarks[input] = watermark;
    if (!only) return this.advance();
    this.watermark = watermark;
    return true;
  }

  /** True when the combined watermark advanced; `idle` is up to date then. */
  onStatus(input: number, idle: boolean): boolean {
    this.idleInputs[input] = idle;
    this.idle = this.idleInputs.every((each) => each);
    return this.watermarks.length > 1 && this.advance();
  }

  /** The combined watermark as it would be if an input's were this one. */
  after(input: number, watermark: bigint): bigint {
    const before = this.watermarks[input];
    if (watermark <= before) return this.watermark;
    this.watermarks[input] = watermark;
    const combined = this.combine();
    this.watermarks[input] = before;
    return combined !== null && combined > this.watermark ? combined : this.watermark;
  }

  private advance(): boolean {
    const combined = this.combine();
    if (combined === null || combined <= this.watermark) return false;
    this.watermark = combined;
    return true;
  }

  private combine(): bigint | null {
    let combined: bigint | null = null;
    for (let input = 0; input < this.watermarks.length; input++) {
      const watermark = this.watermarks[input];
      if (this.idle ? combined === null || watermark > combined : !this.idleInputs[input] && (combined === null || watermark < combined))
        combined = watermark;
    }
    return combined;
  }
}
