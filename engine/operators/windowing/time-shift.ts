/**
 * Windows over TIMESTAMP_LTZ follow the wall clock of the session's time zone: rows are placed by their local time, and a window
 * fires when the watermark reaches the instant of its local end (Flink's `TimeWindowUtil`).
 */

import type { Zone } from '../../expressions/datetime/zone.ts';
import { requireZone } from '../../expressions/datetime/zone.ts';
import { LONG_MAX } from '../time/long.ts';

const HOUR_MS = 3_600_000;
/** Times beyond this many milliseconds have no calendar; they are not shifted. */
const CALENDAR_LIMIT = 8_640_000_000_000_000n;
/** Offsets of zones since 1970 only change at multiples of this. */
const STEADY_MS = 900_000;

export interface TimeShift {
  readonly timeZone: string;
  /** Local time of an instant. */
  toLocal(instant: bigint): bigint;
  /** Milliseconds to add to an instant to get local time, and until which instant (exclusive) that holds; for safe integers. */
  offsetAt(instant: number): number;
  steadyFrom(instant: number): number;
  steadyUntil(instant: number): number;
  /** The watermark at which a timer for a local time is due. */
  timerInstant(local: bigint): bigint;
  /** The instant of a local time as java.time has it; what window_time shows. */
  toInstant(local: bigint): bigint;
}

/** The shift of a zone; null when local time is UTC and nothing has to be shifted. */
export function createTimeShift(timeZone: string): TimeShift | null {
  const zone = requireZone(timeZone);
  if (isAlwaysUtc(zone)) return null;
  return {
    timeZone,
    toLocal: (instant) => (isBeyond(instant) ? instant : instant + BigInt(zone.offsetAt(Number(instant)))),
    offsetAt: (instant) => zone.offsetAt(instant),
    steadyFrom: (instant) => (instant < 0 ? instant : instant - (instant % STEADY_MS)),
    steadyUntil: (instant) => (instant < 0 ? instant + 1 : instant - (instant % STEADY_MS) + STEADY_MS),
    timerInstant: (local) => (isBeyond(local) ? local : BigInt(timerInstant(zone, Number(local)))),
    toInstant: (local) => (isBeyond(local) ? local : BigInt(zone.instantOf(Number(local)))),
  };
}

/**
 * Ambiguous local times (clocks set back) mean the later instant, so that a window waits for both; times that do not exist
 * (clocks set forward) mean the full hour of the instant they are moved to.
 */
function timerInstant(zone: Zone, local: number): number {
  const here = zone.instantOf(local);
  const hourLater = zone.instantOf(local + HOUR_MS);
  if (hourLater - here > HOUR_MS) return hourLater - HOUR_MS;
  if (hourLater === here) return Math.trunc(here / HOUR_MS) * HOUR_MS;
  return here;
}

function isBeyond(time: bigint): boolean {
  return time === LONG_MAX || time > CALENDAR_LIMIT || time < -CALENDAR_LIMIT;
}

function isAlwaysUtc(zone: Zone): boolean {
  // A sample per quarter over a century: a zone that never leaves zero is UTC under another name.
  for (let year = 1970; year < 2070; year++) {
    for (const month of [0, 3, 6, 9]) if (zone.offsetAt(Date.UTC(year, month, 1)) !== 0) return false;
  }
  return true;
}
