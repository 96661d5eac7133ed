/** Flink's watermark generators: what is emitted after an event and on each tick. */
import { LONG_MIN, wrap } from './long.ts';

/** Where a generator's watermarks go; called any number of times. */
export interface WatermarkSink {
  emitWatermark(watermark: bigint): void;
  markIdle(): void;
}

export interface WatermarkGenerator {
  onEvent(timestamp: bigint, sink: WatermarkSink): void;
  /** `nowMs` is the clock of the tick. */
  onPeriodic(nowMs: number, sink: WatermarkSink): void;
}

/** Largest time seen - delay - 1, on ticks only; Long.MIN before the first event. */
export function boundedOutOfOrderness(delay: bigint): WatermarkGenerator {
  let maxTimestamp = wrap(LONG_MIN + delay + 1n);
  return {
    onEvent(timestamp) {
      if (timestamp > maxTimestamp) maxTimestamp = timestamp;
    },
    onPeriodic: (_nowMs, sink) => sink.emitWatermark(wrap(maxTimestamp - delay - 1n)),
  };
}

/** Times that never go back: bounded by nothing. */
export function ascendingTimestamps(): WatermarkGenerator {
  return boundedOutOfOrderness(0n);
}

/**
 * Marks the stream idle when no event came for more than `timeoutMs`, once; the next event ends it. The first tick without an event
 * starts the wait, so that time spent blocked between an event and its tick does not count.
 */
export function withIdleness(generator: WatermarkGenerator, timeoutMs: number): WatermarkGenerator {
  let active = false;
  let quietSinceMs: number | null = null;
  let idle = false;
  return {
    onEvent(timestamp, sink) {
      generator.onEvent(timestamp, sink);
      active = true;
      idle = false;
    },
    onPeriodic(nowMs, sink) {
      if (isQuiet(nowMs)) {
        if (!idle) sink.markIdle();
        idle = true;
      } else {
        generator.onPeriodic(nowMs, sink);
      }
    },
  };

  function isQuiet(nowMs: number): boolean {
    if (active) {
      active = false;
      quietSinceMs = null;
      return false;
    }
    quietSinceMs ??= nowMs;
    return nowMs - quietSinceMs > timeoutMs;
  }
}
