/** One event-time axis for senders and windows: what it spans, where its ticks are, what times look like on it. Pure. */

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const TICKS_MS: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 30, 90, 365].map((days) => days * DAY_MS),
];
const TICK_ROOM = 88;
/** What lies further ahead than this share of the axis is shown at its border. */
const FAR = 0.6;
const TICKS_MAX = 60;

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface AxisContent {
  readonly watermark: number | null;
  /** Right edges of the windows shown, as watermarks. */
  readonly ends: readonly number[];
  /** Length of such a window. */
  readonly lengthMs: number;
  readonly latenessMs: number;
  /** Where the bars of the senders and their stubs end. */
  readonly senders: readonly number[];
}

export function axisSpan({ watermark, ends, lengthMs, latenessMs, senders }: AxisContent): Span {
  const sorted = [...new Set(ends)].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((end, index) => end - sorted[index]);
  const pitch = Math.max(1, gaps.length === 0 ? lengthMs : Math.min(...gaps));
  const needed = [...sorted, ...sorted.map((end) => end + latenessMs), ...(watermark === null ? [] : [watermark])];
  const known = needed.length > 0 ? needed : senders;
  if (known.length === 0) return { from: 0, to: MINUTE_MS };
  const from = Math.min(...known) - pitch;
  const to = Math.max(...known) + pitch * 0.6;
  const near = senders.filter((end) => end <= to + (to - from) * FAR);
  const least = Math.max(from + 10, to);
  return { from, to: Math.max(least, ...near.map((end) => end + (to - from) * 0.08)) };
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export function axisTicks({ from, to }: Span, width: number): readonly Tick[] {
  const atMost = Math.max(1, Math.min(TICKS_MAX, Math.floor(width / TICK_ROOM)));
  const step = TICKS_MS.find((candidate) => (to - from) / candidate <= atMost) ?? (to - from) / atMost;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push({ at, label: tickLabel(at, step) });
  return ticks;
}

/** As short as the step allows: 14:29, 14:29:41, 14:29:41.500; days at midnight. */
function tickLabel(at: number, step: number): string {
  if (step >= DAY_MS) return dayOf(at);
  if (step >= MINUTE_MS && at % DAY_MS === 0) return dayOf(at).slice(5);
  return timeOf(at, step >= MINUTE_MS ? 5 : step >= SECOND_MS ? 8 : 12);
}

/** 2013-01-01 of an instant in UTC. */
export function dayOf(at: number): string {
  return isoOf(at).slice(0, 10);
}

/** 14:29:41, with milliseconds where there are some. */
export function formatTime(at: number): string {
  return timeOf(at, at % SECOND_MS === 0 ? 8 : 12);
}

/** To the second: a watermark one millisecond before a full one reads as people think of it. */
export function formatLevel(at: number): string {
  return timeOf(at, 8);
}

/** 14:20–14:30; with days where the two differ in theirs or are whole days. */
export function formatBounds(start: number, end: number): string {
  if (start % DAY_MS === 0 && end % DAY_MS === 0) return end - start === DAY_MS ? dayOf(start) : `${dayOf(start)}–${dayOf(end).slice(5)}`;
  const digits = [start, end].every((at) => at % MINUTE_MS === 0) ? 5 : [start, end].every((at) => at % SECOND_MS === 0) ? 8 : 12;
  return `${timeOf(start, digits)}–${timeOf(end, digits)}`;
}

function timeOf(at: number, digits: number): string {
  return isoOf(at).slice(11, 11 + digits);
}

function isoOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '----------T--:--:--.---' : date.toISOString();
}

/** How late, in a column: 43 s, 2 m 10 s, 11 m 01 s, 3 h 05 m. */
export function formatLag(ms: number): string {
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / SECOND_MS);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
}

/** Rounded up, in the unit that fits: what is still missing is never shown as less. */
export function roundedUp(ms: number): number {
  const unit = ms < SECOND_MS ? 1 : ms < HOUR_MS ? SECOND_MS : ms < DAY_MS ? MINUTE_MS : HOUR_MS;
  return Math.ceil(ms / unit) * unit;
}

/** Rounded to what one reads: 70 s rather than 70.4 s. */
export function roundedSpan(ms: number): number {
  const unit = ms < SECOND_MS ? 1 : ms < HOUR_MS ? SECOND_MS : ms < DAY_MS ? MINUTE_MS : HOUR_MS;
  return Math.round(ms / unit) * unit;
}
