/** Watermarks of the splits of one source reader, combined: the minimum over the splits that are not idle (Flink's `WatermarkOutputMultiplexer`). */
import { assert } from '../../base/assert.ts';
import { LONG_MAX, LONG_MIN } from './long.ts';
import type { WatermarkSink } from './watermark-generators.ts';

interface SplitState {
  watermark: bigint;
  idle: boolean;
}

export class WatermarkMultiplexer {
  private readonly splits = new Map<string, SplitState>();
  private readonly sink: WatermarkSink;
  private combined = LONG_MIN;

  constructor(sink: WatermarkSink) {
    this.sink = sink;
  }

  register(split: string): void {
    assert(!this.splits.has(split), `split ${split} is registered once`);
    this.splits.set(split, { watermark: LONG_MIN, idle: false });
  }

  unregister(split: string): void {
    this.splits.delete(split);
  }

  /** A deferred watermark counts at the next `onPeriodic`. A watermark of an idle split ends its idleness. */
  onWatermark(split: string, watermark: bigint, deferred: boolean): void {
    const state = this.state(split);
    state.idle = false;
    if (watermark <= state.watermark) return;
    state.watermark = watermark;
    if (!deferred) this.update();
  }

  onStatus(split: string, idle: boolean, deferred: boolean): void {
    this.state(split).idle = idle;
    if (!deferred) this.update();
  }

  onPeriodic(): void {
    this.update();
  }

  /** Once all splits are idle, the largest of their watermarks counts. */
  private update(): void {
    if (this.splits.size === 0) return;
    let minimum = LONG_MAX;
    let maximum = LONG_MIN;
    let allIdle = true;
    for (const { watermark, idle } of this.splits.values()) {
      if (watermark > maximum) maximum = watermark;
      if (idle) continue;
      allIdle = false;
      if (watermark < minimum) minimum = watermark;
    }
    const candidate = allIdle ? maximum : minimum;
    if (candidate > this.combined) {
      this.combined = candidate;
      this.sink.emitWatermark(candidate);
    }
    if (allIdle) this.sink.markIdle();
  }

  private state(split: string): SplitState {
    const state = this.splits.get(split);
    assert(state !== undefined, `split ${split} is registered`);
    return state;
  }
}
