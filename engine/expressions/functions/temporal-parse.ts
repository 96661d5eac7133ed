/** Functions that read text or numbers as dates and timestamps. */
import { BIGINT, DATE, timestampLtzType, timestampType } from '../../types/make-type.ts';
import { parseDate } from '../datetime/parse-datetime.ts';
import { findZone } from '../datetime/zone.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { NANOS_PER_MILLI, timestampMillis } from '../value.ts';
import type { CallSite, Evaluator, FunctionDefinition, FunctionRuntime, Refusal, ResolvedCall } from './define-function.ts';
import { anyNullable, defineFunction } from './define-function.ts';
import { DEFAULT_TIMESTAMP_FORMAT } from './support/date-patterns/date-format.ts';
import { dateFormats, simpleFormats } from './support/format-source.ts';
import { legacyZone, sessionZone } from './support/legacy-dates/legacy-zone.ts';
import { parseSqlLiteral } from './support/legacy-dates/sql-literal-dates.ts';
import { doubleOf, integerOf, longOf, textOf } from './support/read-value.ts';
import { isForm, matchForm, simpleFunction } from './support/signature.ts';

const MILLIS_PER_DAY = 86_400_000;
/** What Flink answers where a text fits no pattern: Long.MIN_VALUE, and what its day arithmetic makes of that. */
const UNPARSED_SECONDS = -9_223_372_036_854_775_808n;
const UNPARSED_DAYS = 622_191_233;
const UNIX_FORMAT = 'yyyy-MM-dd HH:mm:ss';

function toMillis(nanos: bigint): bigint {
  return timestampMillis(nanos) * NANOS_PER_MILLI;
}

/** By pattern to milliseconds; what only java.sql's fixed format reads keeps its nanoseconds. */
function parseByPattern(format: { parse(text: string): bigint | null } | null, text: string): bigint | null {
  if (format === null) return null;
  const parsed = format.parse(text);
  return parsed === null ? parseSqlLiteral(text) : toMillis(parsed);
}

function timestampParser(call: CallSite): Evaluator {
  const formats = dateFormats(call, 1);
  return (text, pattern) => {
    if (pattern !== undefined) return parseByPattern(formats(textOf(pattern), true), textOf(text));
    const parsed = DEFAULT_TIMESTAMP_FORMAT.parse(textOf(text));
    return parsed === null ? null : toMillis(parsed);
  };
}

const toTimestamp = simpleFunction({
  name: 'TO_TIMESTAMP',
  family: 'temporal',
  forms: [['character'], ['character', 'character']],
  type: timestampType(3),
  nullable: 'always',
  help: {
    signatures: ['TO_TIMESTAMP(string[, pattern])'],
    summary: {
      en: "Reads a timestamp by a pattern of Java's DateTimeFormatter ('yyyy-MM-dd HH:mm:ss' when left out); NULL when it does not fit.",
      zh: '按 Java DateTimeFormatter 格式（省略时为 yyyy-MM-dd HH:mm:ss）解析时间戳；不匹配时为 NULL。',
    },
  },
  create: (_runtime, call) => timestampParser(call),
});

const toDate = simpleFunction({
  name: 'TO_DATE',
  family: 'temporal',
  forms: [['character'], ['character', 'character']],
  type: DATE,
  nullable: 'always',
  help: {
    signatures: ['TO_DATE(string[, pattern])'],
    summary: {
      en: "Reads a date as yyyy-MM-dd, or leniently by a pattern of Java's SimpleDateFormat.",
      zh: '按 yyyy-MM-dd 解析日期，或按 Java SimpleDateFormat 格式宽松解析。',
    },
  },
  create: (_runtime, call) => {
    const formats = simpleFormats(call, 1);
    const utc = legacyZone('UTC');
    return (text, pattern) => {
      if (pattern === undefined) return parseDate(textOf(text));
      const instant = formats(textOf(pattern)).parse(textOf(text), utc);
      return instant === null ? UNPARSED_DAYS : Math.floor(instant / MILLIS_PER_DAY);
    };
  },
});

const EPOCH_MILLIS_MIN = -62_167_219_200_000n;
const EPOCH_MILLIS_MAX = 253_402_300_799_999n;
const EPOCH_SECONDS_MIN = -62_167_219_200;
const EPOCH_SECONDS_MAX = 253_402_300_799;

/** NULL outside the years 0000 to 9999. */
function instantOfMillis(millis: bigint): bigint | null {
  return millis >= EPOCH_MILLIS_MIN && millis <= EPOCH_MILLIS_MAX ? millis * NANOS_PER_MILLI : null;
}

function instantOfDouble(value: number, precision: number): bigint | null {
  if (precision === 3) return Number.isNaN(value) ? 0n : saturate(value);
  return value >= EPOCH_SECONDS_MIN && value <= EPOCH_SECONDS_MAX ? instantOfMillis(BigInt(Math.trunc(value * 1000))) : null;
}

/** A double cast to long keeps to its range. */
function saturate(value: number): bigint | null {
  return Math.abs(value) > 1e18 ? null : instantOfMillis(BigInt(Math.trunc(value)));
}

function checkPrecision(precision: number): void {
  if (precision === 0 || precision === 3) return;
  throw new EvaluationError('MR3003', `TO_TIMESTAMP_LTZ takes the precision 0 (seconds) or 3 (milliseconds), not ${precision}`);
}

/** Whole part of a number of any exact type. */
function wholeNumber(call: CallSite): (value: Value) => bigint {
  const { type } = call.arguments[0];
  const unit = type.kind === 'DECIMAL' ? 10n ** BigInt(type.scale) : 1n;
  return (value) => longOf(value) / unit;
}

function fromNumber(call: CallSite): Evaluator {
  const { kind } = call.arguments[0].type;
  const whole = wholeNumber(call);
  const approximate = kind === 'FLOAT' || kind === 'DOUBLE';
  return (value, precisionValue) => {
    const precision = precisionValue === undefined ? 3 : integerOf(precisionValue);
    checkPrecision(precision);
    if (approximate) return instantOfDouble(doubleOf(value), precision);
    return instantOfMillis(precision === 0 ? whole(value) * 1000n : whole(value));
  };
}

function fromText(call: CallSite): Evaluator {
  const formats = dateFormats(call, 1);
  return (text, pattern, zoneId) => {
    if (pattern === undefined) {
      const parsed = DEFAULT_TIMESTAMP_FORMAT.parse(textOf(text));
      if (parsed === null) throw new EvaluationError('MR3003', `TO_TIMESTAMP_LTZ cannot read ${JSON.stringify(text)}`);
      return toMillis(parsed);
    }
    const local = parseByPattern(formats(textOf(pattern), true), textOf(text));
    if (local === null || zoneId === undefined) return local;
    const zone = findZone(textOf(zoneId));
    if (zone === null) return null;
    const millis = timestampMillis(local);
    return local + (BigInt(zone.instantOf(Number(millis))) - millis) * NANOS_PER_MILLI;
  };
}

const toTimestampLtz = defineFunction({
  name: 'TO_TIMESTAMP_LTZ',
  family: 'temporal',
  nulls: 'propagate',
  spark: null,
  help: {
    signatures: ['TO_TIMESTAMP_LTZ(number[, precision])', 'TO_TIMESTAMP_LTZ(string[, pattern[, zone]])'],
    summary: {
      en: 'The instant of a number of milliseconds (precision 3) or seconds (0) since 1970, or of a text read in UTC or in a zone.',
      zh: '将 1970 年以来的毫秒数（精度 3）或秒数（精度 0），或按 UTC 或指定时区解析的文本转换为时间点。',
    },
  },
  resolve(call): ResolvedCall | Refusal {
    const form = matchForm(
      call,
      [['number'], ['number', 'integer'], ['character'], ['character', 'character'], ['character', 'character', 'character']],
      true,
    );
    if (!isForm(form)) return form;
    return { type: timestampLtzType(3), create: () => (form[0] === 'number' ? fromNumber(call) : fromText(call)) };
  },
});

function unixSeconds(
  text: string,
  pattern: string,
  formats: ReturnType<typeof simpleFormats>,
  zone: ReturnType<typeof sessionZone>,
): bigint {
  const instant = formats(pattern).parse(text, zone);
  return instant === null ? UNPARSED_SECONDS : BigInt(Math.trunc(instant / 1000));
}

function unixEvaluator(runtime: FunctionRuntime, call: CallSite): Evaluator {
  const formats = simpleFormats(call, 1);
  const zone = sessionZone(runtime.timeZone);
  return (text, pattern) => {
    if (text === undefined) return BigInt(Math.floor(runtime.now() / 1000));
    return unixSeconds(textOf(text), pattern === undefined ? UNIX_FORMAT : textOf(pattern), formats, zone);
  };
}

const unixTimestamp = defineFunction({
  name: 'UNIX_TIMESTAMP',
  family: 'temporal',
  nulls: 'propagate',
  deterministic: false,
  help: {
    signatures: ['UNIX_TIMESTAMP()', 'UNIX_TIMESTAMP(string[, pattern])'],
    summary: {
      en: "Seconds since 1970: of now, or of a text read in the session's zone by a pattern of Java's SimpleDateFormat.",
      zh: '1970 年以来的秒数：当前时间，或按 Java SimpleDateFormat 格式以会话时区解析的文本。',
    },
  },
  resolve(call): ResolvedCall | Refusal {
    const form = matchForm(call, [[], ['character'], ['character', 'character']]);
    if (!isForm(form)) return form;
    return { type: { ...BIGINT, nullable: anyNullable(call) }, create: (runtime) => unixEvaluator(runtime, call) };
  },
});

export const temporalParseFunctions: readonly FunctionDefinition[] = [toTimestamp, toDate, toTimestampLtz, unixTimestamp];
