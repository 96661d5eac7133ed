/**
 * Time zones as java.util.TimeZone knows them, which the older functions use: unknown ids are GMT, three-letter ids exist,
 * before 1900 today's standard offset holds, and in gaps and overlaps a local time counts as standard time.
 */
import { findZone } from '../../../datetime/zone.ts';

export interface LegacyZone {
  offsetAt(epochMs: number): number;
  instantOf(localMs: number): number;
}

const SHORT_IDS: Readonly<Record<string, string>> = {
  ACT: 'Australia/Darwin',
  AET: 'Australia/Sydney',
  AGT: 'America/Argentina/Buenos_Aires',
  ART: 'Africa/Cairo',
  AST: 'America/Anchorage',
  BET: 'America/Sao_Paulo',
  BST: 'Asia/Dhaka',
  CAT: 'Africa/Harare',
  CNT: 'America/St_Johns',
  CST: 'America/Chicago',
  CTT: 'Asia/Shanghai',
  EAT: 'Africa/Addis_Ababa',
  ECT: 'Europe/Paris',
  EST: '-05:00',
  HST: '-10:00',
  IET: 'America/Indiana/Indianapolis',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  MIT: 'Pacific/Apia',
  MST: '-07:00',
  NET: 'Asia/Yerevan',
  NST: 'Pacific/Auckland',
  PLT: 'Asia/Karachi',
  PNT: 'America/Phoenix',
  PRT: 'America/Puerto_Rico',
  PST: 'America/Los_Angeles',
  SST: 'Pacific/Guadalcanal',
  VST: 'Asia/Ho_Chi_Minh',
};

/** 1900-01-01T00:00Z: no change before it is known to java.util.TimeZone. */
const FIRST_CHANGE_MS = -2_208_988_800_000;
const DAY_MS = 86_400_000;
const CUSTOM = /^GMT[+-](?:[0-9]|[01][0-9]|2[0-3])(?::?[0-5][0-9])?$/;
/** Region ids only: fixed offsets such as +02:00 are no ids of java.util.TimeZone. */
const REGION = /^[A-Za-z]/;

/** The lowest offset of a year: daylight saving never lowers it. */
function standardOffset(offsetAt: (epochMs: number) => number): number {
  let lowest = Infinity;
  for (let week = 0; week < 52; week++) lowest = Math.min(lowest, offsetAt(Date.UTC(2025, 0, 1) + week * 7 * DAY_MS));
  return lowest;
}

function fromOffsets(offsetOf: (epochMs: number) => number): LegacyZone {
  const standard = standardOffset(offsetOf);
  const offsetAt = (epochMs: number) => (epochMs < FIRST_CHANGE_MS ? standard : offsetOf(epochMs));
  const instantOf = (localMs: number) => {
    const before = offsetAt(localMs - DAY_MS);
    const after = offsetAt(localMs + DAY_MS);
    return offsetAt(localMs - after) === after ? localMs - after : localMs - before;
  };
  return { offsetAt, instantOf };
}

const GMT: LegacyZone = { offsetAt: () => 0, instantOf: (localMs) => localMs };
const zones = new Map<string, LegacyZone>();
const ZONES_MAX = 1000;

function createZone(id: string): LegacyZone {
  const name = Object.hasOwn(SHORT_IDS, id) ? SHORT_IDS[id] : id;
  const known = name !== id || (REGION.test(id) && (!/^(?:UTC|UT|GMT)[+-]/.test(id) || CUSTOM.test(id)));
  const zone = known ? findZone(name) : null;
  return zone === null ? GMT : fromOffsets((epochMs) => zone.offsetAt(epochMs));
}

export function legacyZone(id: string): LegacyZone {
  const known = zones.get(id);
  if (known !== undefined) return known;
  const zone = createZone(id);
  if (zones.size >= ZONES_MAX) zones.clear();
  zones.set(id, zone);
  return zone;
}

/** The session's zone, which may be a fixed offset too. */
export function sessionZone(id: string): LegacyZone {
  const zone = findZone(id);
  return zone !== null && !REGION.test(id) ? fromOffsets((epochMs) => zone.offsetAt(epochMs)) : legacyZone(id);
}
