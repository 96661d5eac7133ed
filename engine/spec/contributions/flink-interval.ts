/** Lengths of time as interval literals that Flink reads without losing digits. */
import { SqlFragment } from './sql-fragment.ts';

const UNITS = [
  { ms: 86_400_000, name: 'DAY' },
  { ms: 3_600_000, name: 'HOUR' },
  { ms: 60_000, name: 'MINUTE' },
  { ms: 1000, name: 'SECOND' },
] as const;
/** Digits that an interval literal's leading field may have in Flink. */
const LEADING_DIGITS_MAX = 10;

/** `INTERVAL '90' MINUTE`: the largest unit that divides the length; below a second with three decimals. */
export function flinkInterval(ms: number): SqlFragment {
  const unit = UNITS.find((candidate) => ms % candidate.ms === 0 && ms > 0);
  if (unit !== undefined) return literal(String(ms / unit.ms), unit.name);
  return literal((ms / 1000).toFixed(3), 'SECOND');
}

function literal(digits: string, unit: string): SqlFragment {
  const leading = digits.split('.')[0].length;
  const precision =
    leading > 2 ? (unit === 'SECOND' ? `(${Math.min(leading, LEADING_DIGITS_MAX)}, 3)` : `(${Math.min(leading, LEADING_DIGITS_MAX)})`) : '';
  return SqlFragment.trusted(`INTERVAL '${digits}' ${unit}${precision}`);
}
