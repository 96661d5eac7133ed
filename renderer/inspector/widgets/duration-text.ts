/** How a duration in the document and the number with its unit on the screen become one another. */
import { parseDuration, printDuration } from '../../../engine/spec/duration.ts';

export const DURATION_UNITS = ['ms', 's', 'min', 'h', 'd'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

export interface DurationParts {
  readonly amount: string;
  readonly unit: DurationUnit;
}

/** Null when the text is not one number and one unit. */
export function splitDuration(text: string): DurationParts | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)\s*$/.exec(text) ?? matchPrinted(text);
  return match === null ? null : { amount: match[1], unit: DURATION_UNITS.find((unit) => unit === match[2]) ?? 's' };
}

/** What the document gets for what was typed: a bare number has the unit shown, a duration is spelled as documents do, the rest stays. */
export function readTypedDuration(typed: string, unit: DurationUnit): string {
  const trimmed = typed.trim();
  if (trimmed === '') return '';
  if (/^\d+(\.\d+)?$/.test(trimmed)) return `${trimmed} ${unit}`;
  const ms = parseDuration(trimmed);
  return ms === null ? typed : printDuration(ms);
}

/** One step by the unit, never below zero; null when there is no number to step from. */
export function stepDuration(text: string, direction: 1 | -1, times = 1): string | null {
  const parts = splitDuration(text);
  if (parts === null) {
    const ms = parseDuration(text);
    return ms === null ? null : printDuration(Math.max(0, ms + direction * times * 1000));
  }
  const next = Math.max(0, Number(parts.amount) + direction * times);
  return `${Number(next.toFixed(6))} ${parts.unit}`;
}

function matchPrinted(text: string): RegExpExecArray | null {
  const ms = parseDuration(text);
  return ms === null ? null : /^(\d+) (ms|s|min|h|d)$/.exec(printDuration(ms));
}
