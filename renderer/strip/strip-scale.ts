/** The time strip's arithmetic: which stretch of time it shows, what stands where, which marks are labelled, and what is slow. */
import type { CheckpointInfo } from '../../engine/host/contract.ts';
import type { RunSample } from '../runs/run-samples.ts';

const SPAN_MIN_MS = 60_000;
/** Marks nearer than this to the next one are left to it. */
const MARK_GAP = 13;
const LABEL_GAP = 88;
/** Slow: so many times what is usual, and long enough to be felt. */
const SLOW_FACTOR = 3;
const SLOW_FROM_MS = 1000;
/** Fewer say nothing about what is usual. */
const USUAL_FROM = 3;

export interface StripSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Mark {
  readonly checkpoint: CheckpointInfo;
  /** Pixels from the left: where it began and where it was complete. */
  readonly startX: number;
  readonly x: number;
  readonly labelled: boolean;
  /** Checkpoints just before it that have no mark of their own. */
  readonly others: number;
  readonly slow: boolean;
}

export interface StripBucket {
  readonly fromMs: number;
  readonly toMs: number;
  /** Null: nothing was measured then. */
  readonly rateIn: number | null;
  readonly pressed: number;
}

/** The last `rangeMs` up to `nowMs`, but of a young run no more than it has lived, and never less than a minute. */
export function stripSpan(startedAtMs: number, nowMs: number, rangeMs: number): StripSpan {
  const span = Math.max(SPAN_MIN_MS, Math.min(rangeMs, nowMs - startedAtMs));
  const fromMs = Math.max(startedAtMs, nowMs - span);
  return { fromMs, toMs: fromMs + span };
}

export function stripX(span: StripSpan, width: number, atMs: number): number {
  return ((atMs - span.fromMs) / (span.toMs - span.fromMs)) * width;
}

export function timeAt(span: StripSpan, width: number, x: number): number {
  return span.fromMs + (x / width) * (span.toMs - span.fromMs);
}

/** Of a longer time than the usual one by far. */
export function isSlow(checkpoint: CheckpointInfo, all: readonly CheckpointInfo[]): boolean {
  const { durationMs } = checkpoint;
  if (durationMs === null || durationMs < SLOW_FROM_MS) return false;
  const durations = all.flatMap((other) => (other.status === 'complete' && other.durationMs !== null ? [other.durationMs] : []));
  if (durations.length < USUAL_FROM) return false;
  durations.sort((left, right) => left - right);
  return durationMs >= SLOW_FACTOR * durations[durations.length >> 1];
}

/** Left to right. Where they crowd, the newest keeps its mark, and savepoints, failures and what is being written always do. */
export function placeMarks(checkpoints: readonly CheckpointInfo[], span: StripSpan, width: number, nowMs: number): readonly Mark[] {
  const marks: Mark[] = [];
  let nearestMark = Number.POSITIVE_INFINITY;
  let nearestLabel = Number.POSITIVE_INFINITY;
  for (const checkpoint of [...checkpoints].reverse()) {
    const endMs = checkpoint.durationMs === null ? nowMs : checkpoint.startedAtMs + checkpoint.durationMs;
    if (endMs < span.fromMs || endMs > span.toMs) continue;
    const x = stripX(span, width, endMs);
    const plain = checkpoint.kind === 'checkpoint' && checkpoint.status === 'complete';
    if (plain && nearestMark - x < MARK_GAP) {
      const last = marks[marks.length - 1];
      marks[marks.length - 1] = { ...last, others: last.others + 1 };
      continue;
    }
    const labelled = nearestLabel - x >= LABEL_GAP;
    if (labelled) nearestLabel = x;
    nearestMark = x;
    const startX = Math.max(0, stripX(span, width, checkpoint.startedAtMs));
    marks.push({ checkpoint, startX, x, labelled, others: 0, slow: isSlow(checkpoint, checkpoints) });
  }
  return marks.reverse();
}

/** Averages of the rate and the worst of the back pressure, in equal steps of time. */
export function stripBuckets(samples: readonly RunSample[], span: StripSpan, count: number): readonly StripBucket[] {
  const step = (span.toMs - span.fromMs) / count;
  const sums = new Float64Array(count);
  const counts = new Float64Array(count);
  const worst = new Float64Array(count);
  for (const sample of samples) {
    const index = Math.floor((sample.atMs - span.fromMs) / step);
    if (index < 0 || index >= count) continue;
    sums[index] += sample.rateIn;
    counts[index]++;
    worst[index] = Math.max(worst[index], sample.pressed);
  }
  return Array.from({ length: count }, (_bucket, index) => ({
    fromMs: span.fromMs + index * step,
    toMs: span.fromMs + (index + 1) * step,
    rateIn: counts[index] === 0 ? null : sums[index] / counts[index],
    pressed: worst[index],
  }));
}

export interface RatePath {
  readonly line: string;
  readonly area: string;
}

/** Lines through the middles of the buckets that were measured; a gap of one or two steps is bridged. */
export function ratePath(buckets: readonly StripBucket[], width: number, height: number, rateMax: number): RatePath {
  const step = width / buckets.length;
  const stretches: string[][] = [];
  let lastIndex = Number.NEGATIVE_INFINITY;
  const ends: { first: number; last: number }[] = [];
  buckets.forEach(({ rateIn }, index) => {
    if (rateIn === null) return;
    const x = (index + 0.5) * step;
    const point = `${x.toFixed(1)} ${(height - (rateIn / rateMax) * height).toFixed(1)}`;
    if (index - lastIndex > 3) {
      stretches.push([point]);
      ends.push({ first: x, last: x });
    } else {
      stretches[stretches.length - 1].push(point);
      ends[ends.length - 1].last = x;
    }
    lastIndex = index;
  });
  const lines = stretches.map((points) => `M${points.join('L')}`);
  return {
    line: lines.join(''),
    area: lines
      .map((line, index) => `${line}L${ends[index].last.toFixed(1)} ${height}L${ends[index].first.toFixed(1)} ${height}Z`)
      .join(''),
  };
}
