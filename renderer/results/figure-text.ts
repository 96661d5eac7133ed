/** Values of a result as people read them: every digit that counts, with its unit; moments in UTC. */
import { formatInstant } from '../strings/figures.ts';

export function formatValue(value: number, unit: string): string {
  const text = value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) >= 10 ? 2 : 4 });
  if (unit === '') return text;
  return unit === '%' || unit.startsWith('°') ? `${text}${unit}` : `${text} ${unit}`;
}

/** 2026-03-02 09:00, with seconds where there are any. */
export function formatEventTime(atMs: number): string {
  return formatInstant(atMs).replace(/:00$/, '');
}
