/** Whole months between two instants, as Flink counts them. */
import { addMonths, MILLIS_PER_DAY } from '../../../base/calendar.ts';

/** Months that fit between two days, at most as many as give a day that is not later. */
function monthsBetween(later: number, earlier: number): number {
  if (later < earlier) return -monthsBetween(earlier, later);
  let months = Math.trunc((later - earlier) / 31);
  for (;;) {
    if (addMonths(earlier, months) >= later || addMonths(earlier, months + 1) > later) return months;
    months++;
  }
}

export function monthsBetweenDays(later: number, earlier: number): number {
  return monthsBetween(later, earlier);
}

/** Months from `earlier` to `later` in milliseconds; a month is missing when the last day comes up to a later time of day. */
export function subtractMonths(later: bigint, earlier: bigint): number {
  const perDay = BigInt(MILLIS_PER_DAY);
  const laterTime = ((later % perDay) + perDay) % perDay;
  const earlierTime = ((earlier % perDay) + perDay) % perDay;
  const laterDay = Number((later - laterTime) / perDay);
  const earlierDay = Number((earlier - earlierTime) / perDay);
  const months = monthsBetween(laterDay, earlierDay);
  return addMonths(earlierDay, months) === laterDay && laterTime < earlierTime ? months - 1 : months;
}
