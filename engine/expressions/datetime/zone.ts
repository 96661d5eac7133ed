/** Offsets of IANA time zones from the platform's own tables, cached so that a column of times costs little. */
import { daysFromCivil, MILLIS_PER_DAY } from '../../base/calendar.ts';

export interface Zone {
  /** Milliseconds to add to an instant to get local time. */
  offsetAt(epochMs: number): number;
  /** The instant of a local time: gaps map forward by the gap, ambiguous times take the earlier offset (as java.time does). */
  instantOf(localMs: number): number;
}

const FIXED_OFFSET = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/;
/** Offsets are looked up per quarter of an hour: every change since 1970 falls on one. */
const BUCKET_MS = 900_000;
const CACHE_ENTRIES_MAX = 20_000;
/** ICU formats instants of this range only. */
const FORMAT_LIMIT_MS = 8.64e15;

const zones = new Map<string, Zone>();

/** The zone of an IANA id or a fixed offset such as `+08:00` or `GMT-3`; null when it is unknown. */
export function findZone(id: string): Zone | null {
  const known = zones.get(id);
  if (known !== undefined) return known;
  const zone = createZone(id);
  if (zone !== null) zones.set(id, zone);
  return zone;
}

/** For ids that were checked before. */
export function requireZone(id: string): Zone {
  const zone = findZone(id);
  if (zone === null) throw new Error(`unknown time zone ${id}`);
  return zone;
}

function createZone(id: string): Zone | null {
  if (id === 'UTC' || id === 'Z' || id === 'GMT' || id === 'UT' || id === 'Etc/UTC') return fixedZone(0);
  const fixed = FIXED_OFFSET.exec(id);
  if (fixed !== null) {
    const seconds = Number(fixed[2]) * 3600 + Number(fixed[3] ?? 0) * 60 + Number(fixed[4] ?? 0);
    return seconds > 18 * 3600 ? null : fixedZone((fixed[1] === '-' ? -seconds : seconds) * 1000);
  }
  try {
    return tableZone(
      new Intl.DateTimeFormat('en-US', {
        timeZone: id,
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      }),
    );
  } catch {
    return null;
  }
}

function fixedZone(offsetMs: number): Zone {
  return { offsetAt: () => offsetMs, instantOf: (localMs) => localMs - offsetMs };
}

function tableZone(format: Intl.DateTimeFormat): Zone {
  const cache = new Map<number, number>();
  let lastBucket = Number.NaN;
  let lastOffset = 0;
  function offsetAt(epochMs: number): number {
    if (epochMs < 0) return lookUp(format, epochMs);
    const bucket = Math.floor(epochMs / BUCKET_MS);
    if (bucket === lastBucket) return lastOffset;
    let offset = cache.get(bucket);
    if (offset === undefined) {
      offset = lookUp(format, bucket * BUCKET_MS);
      if (cache.size >= CACHE_ENTRIES_MAX) cache.clear();
      cache.set(bucket, offset);
    }
    lastBucket = bucket;
    lastOffset = offset;
    return offset;
  }
  function instantOf(localMs: number): number {
    const before = offsetAt(localMs - MILLIS_PER_DAY);
    const after = offsetAt(localMs + MILLIS_PER_DAY);
    if (before === after && offsetAt(localMs - before) === before) return localMs - before;
    const early = localMs - before;
    // In a gap neither offset fits; the offset before the change moves the time forward by the gap.
    if (offsetAt(early) === before || offsetAt(localMs - after) !== after) return early;
    return localMs - after;
  }
  return { offsetAt, instantOf };
}

function lookUp(format: Intl.DateTimeFormat, epochMs: number): number {
  if (!(Math.abs(epochMs) < FORMAT_LIMIT_MS)) return 0;
  const seconds = Math.floor(epochMs / 1000);
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(seconds * 1000)) parts[part.type] = part.value;
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  // Intl counts years before 1582 by the Julian calendar; offsets were constant then, so any late enough day answers the same.
  if (year < 1600) return lookUp(format, Date.UTC(1700, 0, 1));
  const local =
    daysFromCivil(year, Number(parts.month), Number(parts.day)) * 86_400 +
    Number(parts.hour) * 3600 +
    Number(parts.minute) * 60 +
    Number(parts.second);
  return (local - seconds) * 1000;
}
