/** Types and values of literals. */
import {
  BIGINT,
  binaryType,
  charType,
  DATE,
  DOUBLE,
  dayTimeInterval,
  decimalType,
  INT,
  NULL_TYPE,
  notNull,
  timestampType,
  timeType,
  yearMonthInterval,
} from '../../types/make-type.ts';
import { parseDateLiteral, parseTimeLiteral, parseTimestampLiteral } from '../datetime/parse-datetime.ts';
import { parseExact } from '../decimal.ts';
import type { Span } from '../problem.ts';
import { ExpressionRefusal } from '../problem.ts';
import type { BytesSyntax, DatetimeSyntax, IntervalQualifier, IntervalSyntax, NumberSyntax, TextSyntax } from '../syntax.ts';
import type { TypedExpression } from '../typed-expression.ts';
import { literal } from './build-typed.ts';

/** All intervals of a kind share one type, as in Flink's summary strings. */
export const INTERVAL_MONTH = yearMonthInterval('MONTH');
export const INTERVAL_SECOND = dayTimeInterval('SECOND(3)');

const INT_MAX = 2147483647n;
const BIGINT_MAX = 2n ** 63n - 1n;
const DECIMAL_PRECISION_MAX = 38;

function invalid(span: Span, en: string, zh: string): ExpressionRefusal {
  return new ExpressionRefusal('MR3016', span, en, zh);
}

/** `negative` when a minus stands before it: -2147483648 is an INT. */
export function checkNumber(node: NumberSyntax, negative: boolean, span: Span): TypedExpression {
  const { text } = node;
  if (/[eE]/.test(text)) {
    const value = Number(text);
    if (!Number.isFinite(value)) throw invalid(span, `${text} is too large for a DOUBLE`, `${text} 超出 DOUBLE 的范围`);
    const written = parseExact(text);
    // The planner keeps decimal digits, which have no negative zero.
    const double = literal(notNull(DOUBLE), negative && value !== 0 ? -value : value, span);
    return written === null ? double : { ...double, exact: negative ? { ...written, unscaled: -written.unscaled } : written };
  }
  const exact = parseExact(text);
  if (exact === null) throw invalid(span, `${text} is not a number`, `${text} 不是数字`);
  const signed = negative ? -exact.unscaled : exact.unscaled;
  if (text.includes('.') && !text.endsWith('.')) {
    const digits = text.length - 1;
    if (digits > DECIMAL_PRECISION_MAX || outOfLong(exact.unscaled)) throw outOfRange(text, span);
    return literal(decimalType(Math.max(digits, exact.scale), exact.scale, false), signed, span);
  }
  if (signed >= -INT_MAX - 1n && signed <= INT_MAX) return literal(notNull(INT), Number(signed), span);
  if (signed >= -BIGINT_MAX - 1n && signed <= BIGINT_MAX) return literal(notNull(BIGINT), signed, span);
  throw outOfRange(text, span);
}

/** Decimal literals are held in a long by Flink's validator. */
function outOfLong(unscaled: bigint): boolean {
  return unscaled > BIGINT_MAX;
}

function outOfRange(text: string, span: Span): ExpressionRefusal {
  return invalid(
    span,
    `${text} has too many digits for a number; write CAST('${text}' AS DECIMAL(38, …)) or 1.0E0 notation`,
    `${text} 的位数过多；请写成 CAST('${text}' AS DECIMAL(38, …)) 或 1.0E0 形式`,
  );
}

export function checkText(node: TextSyntax): TypedExpression {
  return literal(charType(node.value.length, false), node.value, node.span);
}

export function checkBytes(node: BytesSyntax): TypedExpression {
  const hex = node.hex;
  if (!/^[0-9a-fA-F]*$/.test(hex) || hex.length % 2 === 1)
    throw invalid(node.span, "x'…' takes pairs of hexadecimal digits", "x'…' 中必须是成对的十六进制数字");
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return literal(binaryType(bytes.length, false), bytes, node.span);
}

export function checkDatetime(node: DatetimeSyntax): TypedExpression {
  const { text, span } = node;
  if (node.type === 'DATE') {
    const days = parseDateLiteral(text);
    if (days === null)
      throw invalid(span, `'${text}' is not a date; write DATE '2024-02-29'`, `'${text}' 不是日期；请写成 DATE '2024-02-29'`);
    return literal(notNull(DATE), days, span);
  }
  if (node.type === 'TIME') {
    const millis = parseTimeLiteral(text);
    if (millis === null)
      throw invalid(span, `'${text}' is not a time; write TIME '12:34:56'`, `'${text}' 不是时间；请写成 TIME '12:34:56'`);
    return literal(timeType(0, false), millis, span);
  }
  const parsed = parseTimestampLiteral(text);
  if (parsed === null)
    throw invalid(
      span,
      `'${text}' is not a timestamp; write TIMESTAMP '2024-02-29 12:34:56.789'`,
      `'${text}' 不是时间戳；请写成 TIMESTAMP '2024-02-29 12:34:56.789'`,
    );
  return literal(timestampType(parsed.precision, false), parsed.nanos, span);
}

/** Patterns of the quoted part by qualifier; the leading field may have `precision` digits (2 unless said). */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  YEAR: /^(\d+)$/,
  QUARTER: /^(\d+)$/,
  MONTH: /^(\d+)$/,
  'YEAR TO MONTH': /^(\d+)-(\d{1,2})$/,
  WEEK: /^(\d+)$/,
  DAY: /^(\d+)$/,
  HOUR: /^(\d+)$/,
  MINUTE: /^(\d+)$/,
  SECOND: /^(\d+)(?:\.(\d{1,9}))?$/,
  'DAY TO HOUR': /^(\d+) (\d{1,2})$/,
  'DAY TO MINUTE': /^(\d+) (\d{1,2}):(\d{1,2})$/,
  'DAY TO SECOND': /^(\d+) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?$/,
  'HOUR TO MINUTE': /^(\d+):(\d{1,2})$/,
  'HOUR TO SECOND': /^(\d+):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?$/,
  'MINUTE TO SECOND': /^(\d+):(\d{1,2})(?:\.(\d{1,9}))?$/,
};

/** Milliseconds (or months) of one unit, with upper limits of the fields that follow the first. */
const UNITS: Readonly<Record<string, { readonly size: bigint; readonly limit: number }>> = {
  YEAR: { size: 12n, limit: 0 },
  // Flink reads a QUARTER as one month and a WEEK as one hour; the vectors show it.
  QUARTER: { size: 1n, limit: 0 },
  MONTH: { size: 1n, limit: 12 },
  WEEK: { size: 3_600_000n, limit: 0 },
  DAY: { size: 86_400_000n, limit: 0 },
  HOUR: { size: 3_600_000n, limit: 24 },
  MINUTE: { size: 60_000n, limit: 60 },
  SECOND: { size: 1000n, limit: 60 },
};
const FIELD_ORDER = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];
const YEAR_MONTH = ['YEAR', 'QUARTER', 'MONTH'];
const LEADING_DIGITS_DEFAULT = 2;
const LEADING_DIGITS_MAX = 3;

export function isYearMonth(qualifier: IntervalQualifier): boolean {
  return YEAR_MONTH.includes(qualifier.from);
}

export function checkInterval(node: IntervalSyntax): TypedExpression {
  const { qualifier, span } = node;
  const name = qualifier.to === null ? qualifier.from : `${qualifier.from} TO ${qualifier.to}`;
  const trimmed = node.text.trim();
  const minus = trimmed.startsWith('-');
  const match = PATTERNS[name]?.exec(trimmed.replace(/^[+-]/, ''));
  if (match === null || match === undefined)
    throw invalid(
      span,
      `'${node.text}' is not an interval of ${name}; for example INTERVAL '1 02:03:04' DAY TO SECOND or INTERVAL '5' MINUTE`,
      `'${node.text}' 不是 ${name} 间隔；例如 INTERVAL '1 02:03:04' DAY TO SECOND 或 INTERVAL '5' MINUTE`,
    );
  checkLeading(qualifier, match[1], span);
  let total = 0n;
  for (const [index, unit] of fieldsOf(name).entries()) {
    const text = match[index + 1];
    const { size, limit } = UNITS[unit];
    if (index > 0 && limit > 0 && Number(text) >= limit)
      throw invalid(span, `${text} is too large for ${unit} in an interval`, `间隔中的 ${unit} 不能是 ${text}`);
    total += BigInt(text) * size;
  }
  const fraction = name.endsWith('SECOND') ? match[match.length - 1] : undefined;
  if (fraction !== undefined && match.length > fieldsOf(name).length + 1) total += BigInt(fraction.padEnd(3, '0').slice(0, 3));
  const value = minus !== node.negative ? -total : total;
  if (isYearMonth(qualifier)) return literal(notNull(INTERVAL_MONTH), Number(BigInt.asIntN(32, value)), span);
  return literal(notNull(INTERVAL_SECOND), value, span);
}

function fieldsOf(name: string): string[] {
  const [from, to] = name.split(' TO ');
  if (to === undefined) return [from];
  return FIELD_ORDER.slice(FIELD_ORDER.indexOf(from), FIELD_ORDER.indexOf(to) + 1);
}

function checkLeading(qualifier: IntervalQualifier, text: string, span: Span): void {
  const digits = qualifier.fromPrecision ?? LEADING_DIGITS_DEFAULT;
  if (text.replace(/^0+/, '').length > digits) {
    throw invalid(
      span,
      `${text} has more than ${digits} digits; write the field as ${qualifier.from}(3), or use a larger unit`,
      `${text} 超过 ${digits} 位；请写成 ${qualifier.from}(3)，或使用更大的单位`,
    );
  }
  if (!isYearMonth(qualifier) && digits > LEADING_DIGITS_MAX) {
    throw invalid(
      span,
      `${qualifier.from}(${digits}) has too many digits; at most ${qualifier.from}(${LEADING_DIGITS_MAX})`,
      `${qualifier.from}(${digits}) 位数过多；最多 ${qualifier.from}(${LEADING_DIGITS_MAX})`,
    );
  }
}

export function untypedNull(span: Span): TypedExpression {
  return literal(NULL_TYPE, null, span);
}
