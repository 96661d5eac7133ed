/** Durations as people write them in documents: `10 s`, `1 h 30 min`, `PT15M`; whole milliseconds inside. */
import type { Language } from './text.ts';

const UNITS = [
  { ms: 86_400_000, en: 'd', zh: '天', names: ['d', 'day', 'days', '天'] },
  { ms: 3_600_000, en: 'h', zh: '小时', names: ['h', 'hour', 'hours', '小时'] },
  { ms: 60_000, en: 'min', zh: '分钟', names: ['min', 'm', 'minute', 'minutes', '分钟', '分'] },
  { ms: 1000, en: 's', zh: '秒', names: ['s', 'sec', 'second', 'seconds', '秒'] },
  { ms: 1, en: 'ms', zh: '毫秒', names: ['ms', 'milli', 'millis', 'millisecond', 'milliseconds', '毫秒'] },
] as const;

const TEXT_LENGTH_MAX = 100;
const MS_BY_NAME: ReadonlyMap<string, number> = new Map(UNITS.flatMap((unit) => unit.names.map((name) => [name, unit.ms] as const)));
/** Beyond this, arithmetic on times would leave the exact integers. */
export const DURATION_MAX_MS = 9_007_199_254_740_991;

/** Milliseconds, or null when the text is not a duration of whole milliseconds. */
export function parseDuration(words: string): number | null {
  const trimmed = words.trim();
  if (trimmed.length === 0 || trimmed.length > TEXT_LENGTH_MAX) return null;
  return /^P/i.test(trimmed) ? parseIsoDuration(trimmed) : parseSpelledDuration(trimmed);
}

function parseSpelledDuration(trimmed: string): number | null {
  const part = /\s*(\d+(?:\.\d+)?)\s*([a-z\u4e00-\u9fff]+)\s*/giy;
  let total = 0;
  while (part.lastIndex < trimmed.length) {
    const match = part.exec(trimmed);
    if (match === null) return null;
    const unitMs = MS_BY_NAME.get(match[2].toLowerCase());
    if (unitMs === undefined) return null;
    total += Number(match[1]) * unitMs;
  }
  return wholeMs(total);
}

/** ISO 8601 with days and below, as Flink and Java print them. */
function parseIsoDuration(trimmed: string): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i.exec(trimmed);
  if (match === null || match.slice(1).every((part) => part === undefined)) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return wholeMs(days * 86_400_000 + hours * 3_600_000 + minutes * 60_000 + seconds * 1000);
}

function wholeMs(value: number): number | null {
  const rounded = Math.round(value);
  return Math.abs(value - rounded) < 1e-6 && rounded <= DURATION_MAX_MS ? rounded : null;
}

/** The form documents use: `1 h 30 min`; reads back to the same number. */
export function printDuration(ms: number): string {
  return spell(ms, (count, unit) => `${count} ${unit.en}`);
}

/** For people. */
export function formatDuration(ms: number, language: Language): string {
  return spell(ms, (count, unit) => (language === 'zh' ? `${count} ${unit.zh}` : `${count} ${unit.en}`));
}

function spell(ms: number, part: (count: number, unit: (typeof UNITS)[number]) => string): string {
  const parts: string[] = [];
  let rest = ms;
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.ms);
    if (count > 0) parts.push(part(count, unit));
    rest -= count * unit.ms;
  }
  return parts.length === 0 ? part(0, UNITS[3]) : parts.join(' ');
}
