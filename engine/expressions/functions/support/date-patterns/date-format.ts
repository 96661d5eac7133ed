/** A compiled DateTimeFormatter pattern, ready to print and parse timestamps (nanoseconds since 1970). */
import { EvaluationError } from '../../../evaluation-error.ts';
import type { PatternPart } from './compile-pattern.ts';
import { compileDatePattern, DatePatternError } from './compile-pattern.ts';
import { localDateTime, NANOS_PER_DAY } from './fields.ts';
import { parseDate } from './parse-date.ts';
import { printDate } from './print-date.ts';

export class DateFormat {
  private readonly parts: readonly PatternPart[];

  constructor(parts: readonly PatternPart[]) {
    this.parts = parts;
  }

  print(localNanos: bigint): string {
    return printDate(this.parts, localDateTime(localNanos));
  }

  /** `null` when the text does not fit. */
  parse(text: string): bigint | null {
    const parsed = parseDate(this.parts, text);
    return parsed === null ? null : BigInt(parsed.days) * BigInt(NANOS_PER_DAY) + BigInt(parsed.nanosOfDay);
  }
}

/** A pattern that Java refuses fails the job, as Flink's functions do. */
export function createDateFormat(pattern: string): DateFormat {
  try {
    return new DateFormat(compileDatePattern(pattern));
  } catch (error) {
    if (error instanceof DatePatternError)
      throw new EvaluationError('MR3003', `the date pattern ${JSON.stringify(pattern)} is refused: ${error.message}`);
    throw error;
  }
}

/** What TO_TIMESTAMP and casts read without a pattern. */
export const DEFAULT_TIMESTAMP_FORMAT = new DateFormat([
  ...compileDatePattern('yyyy-[MM][M]-[dd][d]'),
  {
    kind: 'optional',
    parts: [...compileDatePattern(' [HH][H]:[mm][m]:[ss][s]'), { kind: 'fraction', min: 0, max: 9, point: true }],
  },
]);
