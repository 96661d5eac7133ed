/**
 * Whether a figure taken again and again grows: the slope of the line through the middle of all slopes between two samples of
 * the same kind (Theil and Sen), and how sure it is. A single high sample, a cache that empties itself now and then, do not
 * bend it.
 */

export interface Sample {
  readonly atMs: number;
  readonly value: number;
  /** What was done before it was taken: only samples behind the same can be compared. */
  readonly kind: number;
}

export interface Trend {
  /** Share of the middle value by which it grows in an hour: as it looks, and at least. */
  readonly growthPerHour: number;
  readonly growthPerHourAtLeast: number;
  readonly median: number;
  readonly grows: boolean;
}

const HOUR_MS = 3_600_000;
/** One sided: of a hundred figures that stand still, one looks as if it grew. */
const DEVIATIONS = 2.33;
const SLOPES_MIN = 12;

/** It grows when it surely grows faster than `limitPerHour`, a share of its middle value. */
export function trendOf(samples: readonly Sample[], limitPerHour: number): Trend {
  const kinds = [...new Set(samples.map((sample) => sample.kind))].map((kind) => samples.filter((sample) => sample.kind === kind));
  const slopes = Float64Array.from(kinds.flatMap(slopesBetween)).sort();
  if (slopes.length < SLOPES_MIN) throw new Error(`${samples.length} samples tell no trend`);
  const variance = kinds.reduce((sum, { length: count }) => sum + (count * (count - 1) * (2 * count + 5)) / 18, 0);
  const lowest = Math.max(0, Math.floor((slopes.length - DEVIATIONS * Math.sqrt(variance)) / 2));
  const median = Float64Array.from(samples, (sample) => sample.value).sort()[samples.length >> 1];
  const perHour = (slope: number) => (median === 0 ? (slope > 0 ? Number.POSITIVE_INFINITY : 0) : (slope * HOUR_MS) / median);
  const growthPerHourAtLeast = perHour(slopes[lowest]);
  return { growthPerHour: perHour(slopes[slopes.length >> 1]), growthPerHourAtLeast, median, grows: growthPerHourAtLeast > limitPerHour };
}

/** Of every pair. */
function slopesBetween(samples: readonly Sample[]): readonly number[] {
  return samples.flatMap((late, index) => samples.slice(0, index).map((early) => (late.value - early.value) / (late.atMs - early.atMs)));
}
