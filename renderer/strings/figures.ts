/** Figures for people: rates, sizes, spans and clock times, in at most three significant digits. */

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** 0.2, 6.4, 690, 1.2k, 12.4k, 336k, 3.1M. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 999_950_000) return `${trim(value / 1e9)}G`;
  if (size >= 999_950) return `${trim(value / 1e6)}M`;
  if (size >= 999.5) return `${trim(value / 1e3)}k`;
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return trim(value);
}

/** A watermark: its distance to the clock for data of today, the event time itself for data of another day. */
export function formatWatermark(watermark: number, atMs: number): string {
  const age = atMs - watermark;
  if (Math.abs(age) < DAY_MS) return `${age >= 0 ? '−' : '+'}${formatSpan(Math.abs(age))}`;
  return formatInstant(watermark).slice(5);
}

/** Every digit, with separators. */
export function formatInteger(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  if (bytes < 999_950) return `${trim(bytes / 1e3)} kB`;
  if (bytes < 999_950_000) return `${trim(bytes / 1e6)} MB`;
  return `${trim(bytes / 1e9)} GB`;
}

/** A length of time: 240 ms, 0.4 s, 14 min, 3 h 20 min, 2 d. */
export function formatSpan(ms: number): string {
  const size = Math.abs(ms);
  if (size < 100) return `${Math.round(ms)} ms`;
  if (size < MINUTE_MS) return `${trim(ms / SECOND_MS)} s`;
  if (size < HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  if (size < DAY_MS) return `${trim(ms / HOUR_MS)} h`;
  return `${trim(ms / DAY_MS)} d`;
}

/** 00:14:32. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Wall clock of this machine, 14:31:58. */
export function formatClock(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hour12: false });
}

/** A moment of this machine's clock: the time of today, else the day as well. */
export function formatMoment(atMs: number, nowMs = Date.now()): string {
  const at = new Date(atMs);
  if (new Date(nowMs).toDateString() === at.toDateString()) return formatClock(atMs);
  const month = String(at.getMonth() + 1).padStart(2, '0');
  const day = String(at.getDate()).padStart(2, '0');
  return `${at.getFullYear()}-${month}-${day} ${formatClock(atMs).slice(0, 5)}`;
}

/** An instant of event time in UTC: 2013-01-01 14:32:07. */
export function formatInstant(atMs: number): string {
  const date = new Date(atMs);
  if (Number.isNaN(date.getTime())) return '–';
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

function trim(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 99.95 ? 0 : 1;
  return value.toFixed(digits).replace(/\.0$/, '');
}

/** A share from 0 to 1; a rest always shows, because `100%` would say that there is none. */
export function formatShare(share: number): string {
  if (share >= 1) return '100%';
  if (share <= 0) return '0%';
  return `${Math.min(99.9, Math.max(0.1, Math.round(share * 1000) / 10))}%`;
}
