/** Functions that write dates and timestamps as text, and those that read the clock. */

import type { LogicalType } from '../../types/logical-type.ts';
import { DATE, STRING, timestampLtzType, timestampType, timeType } from '../../types/make-type.ts';
import { findZone } from '../datetime/zone.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { NANOS_PER_MILLI, timestampMillis } from '../value.ts';
import type { CallSite, Evaluator, FunctionDefinition, FunctionRuntime, Refusal, ResolvedCall } from './define-function.ts';
import { defineFunction } from './define-function.ts';
import { dateFormats, simpleFormats } from './support/format-source.ts';
import type { LegacyZone } from './support/legacy-dates/legacy-zone.ts';
import { legacyZone, sessionZone } from './support/legacy-dates/legacy-zone.ts';
import { createSimpleDateFormat } from './support/legacy-dates/simple-date-format.ts';
import { longOf, textOf } from './support/read-value.ts';
import { isForm, matchForm, simpleFunction } from './support/signature.ts';

const UNIX_PATTERN = 'yyyy-MM-dd HH:mm:ss';
const MILLIS_PER_DAY = 86_400_000;

/** The zone for java.time's rules; the planner has checked the id. */
function zoneOffset(runtime: FunctionRuntime): (millis: number) => number {
  const zone = findZone(runtime.timeZone);
  return (millis) => zone?.offsetAt(millis) ?? 0;
}

function formatTimestamp(runtime: FunctionRuntime, call: CallSite): Evaluator {
  const formats = dateFormats(call, 1);
  const local = call.arguments[0].type.kind === 'TIMESTAMP';
  const offset = local ? () => 0 : zoneOffset(runtime);
  return (value, pattern) => {
    const nanos = longOf(value);
    const shift = BigInt(offset(Number(timestampMillis(nanos)))) * NANOS_PER_MILLI;
    return formats(textOf(pattern), false)?.print(nanos + shift) ?? null;
  };
}

/** A text is read as yyyy-MM-dd HH:mm:ss first, both ways by SimpleDateFormat. */
function reformat(runtime: FunctionRuntime, call: CallSite): Evaluator {
  const formats = simpleFormats(call, 1);
  const input = createSimpleDateFormat(UNIX_PATTERN);
  const zone = sessionZone(runtime.timeZone);
  return (text, pattern) => {
    const output = formats(textOf(pattern));
    const instant = input.parse(textOf(text), zone);
    return instant === null ? null : output.print(instant, zone);
  };
}

const dateFormat = defineFunction({
  name: 'DATE_FORMAT',
  family: 'temporal',
  nulls: 'propagate',
  help: {
    signatures: ['DATE_FORMAT(timestamp, pattern)', 'DATE_FORMAT(string, pattern)'],
    summary: {
      en: "A timestamp as text by a pattern of Java's DateTimeFormatter; a string 'yyyy-MM-dd HH:mm:ss' by one of SimpleDateFormat.",
      zh: '按 Java DateTimeFormatter 格式输出时间戳；字符串（yyyy-MM-dd HH:mm:ss）按 SimpleDateFormat 格式输出。',
    },
  },
  resolve(call): ResolvedCall | Refusal {
    const form = matchForm(call, [
      ['timestamp', 'character'],
      ['character', 'character'],
    ]);
    if (!isForm(form)) return form;
    return { type: STRING, create: (runtime) => (form[0] === 'timestamp' ? formatTimestamp(runtime, call) : reformat(runtime, call)) };
  },
});

const fromUnixtime = simpleFunction({
  name: 'FROM_UNIXTIME',
  family: 'temporal',
  forms: [['integer'], ['integer', 'character']],
  type: STRING,
  nullable: 'always',
  help: {
    signatures: ['FROM_UNIXTIME(seconds[, pattern])'],
    summary: {
      en: "Seconds since 1970 as text in the session's zone, by a pattern of Java's SimpleDateFormat.",
      zh: '将 1970 年以来的秒数按会话时区和 Java SimpleDateFormat 格式输出为文本。',
    },
  },
  create: (runtime, call) => {
    const formats = simpleFormats(call, 1);
    const plain = createSimpleDateFormat(UNIX_PATTERN);
    const zone = sessionZone(runtime.timeZone);
    return (seconds, pattern) => {
      const format = pattern === undefined ? plain : formats(textOf(pattern));
      return format.print(Number(BigInt.asIntN(64, longOf(seconds) * 1000n)), zone);
    };
  },
});

/** The zone of a name that seldom changes from row to row. */
function zoneSource(): (id: string) => LegacyZone {
  let lastId = '';
  let last = legacyZone('');
  return (id) => {
    if (id !== lastId) {
      lastId = id;
      last = legacyZone(id);
    }
    return last;
  };
}

const convertTz = simpleFunction({
  name: 'CONVERT_TZ',
  family: 'temporal',
  forms: [['character', 'character', 'character']],
  type: STRING,
  nullable: 'always',
  spark: null,
  help: {
    signatures: ['CONVERT_TZ(string, from, to)'],
    summary: {
      en: "A time 'yyyy-MM-dd HH:mm:ss' of one zone as the time of another; an unknown zone counts as GMT.",
      zh: '将某时区的时间（yyyy-MM-dd HH:mm:ss）转换为另一时区的时间；未知时区视为 GMT。',
    },
  },
  create: () => {
    const format = createSimpleDateFormat(UNIX_PATTERN);
    const fromZone = zoneSource();
    const toZone = zoneSource();
    return (text, from, to) => {
      const instant = format.parse(textOf(text), fromZone(textOf(from)));
      return instant === null ? null : format.print(instant, toZone(textOf(to)));
    };
  },
});

function clockFunction(
  name: string,
  type: LogicalType,
  en: string,
  zh: string,
  read: (runtime: FunctionRuntime) => Evaluator,
): FunctionDefinition {
  return simpleFunction({
    name,
    family: 'temporal',
    forms: [[]],
    type,
    nullable: 'never',
    deterministic: false,
    help: { signatures: [name], summary: { en, zh } },
    create: read,
  });
}

function localMillis(runtime: FunctionRuntime): () => number {
  const offset = zoneOffset(runtime);
  return () => {
    const now = runtime.now();
    return now + offset(now);
  };
}

function wholeMillis(millis: number): bigint {
  if (!Number.isFinite(millis)) throw new EvaluationError('MR3003', `the clock reads ${millis}`);
  return BigInt(Math.floor(millis)) * NANOS_PER_MILLI;
}

const instantNow =
  (runtime: FunctionRuntime): Evaluator =>
  () =>
    wholeMillis(runtime.now());

function timeNow(runtime: FunctionRuntime): Evaluator {
  const local = localMillis(runtime);
  return () => {
    const millis = Math.floor(local());
    return millis - Math.floor(millis / MILLIS_PER_DAY) * MILLIS_PER_DAY;
  };
}

function dateNow(runtime: FunctionRuntime): Evaluator {
  const local = localMillis(runtime);
  return () => Math.floor(local() / MILLIS_PER_DAY);
}

function timestampNow(runtime: FunctionRuntime): Evaluator {
  const local = localMillis(runtime);
  return () => wholeMillis(local());
}

const NOW_EN = 'The instant at which the row is processed.';
const NOW_ZH = '处理该行时的时间点。';

export const temporalFormatFunctions: readonly FunctionDefinition[] = [
  dateFormat,
  fromUnixtime,
  convertTz,
  clockFunction('CURRENT_TIMESTAMP', timestampLtzType(3), NOW_EN, NOW_ZH, instantNow),
  clockFunction('NOW', timestampLtzType(3), NOW_EN, NOW_ZH, instantNow),
  clockFunction('CURRENT_ROW_TIMESTAMP', timestampLtzType(3), NOW_EN, NOW_ZH, instantNow),
  clockFunction(
    'LOCALTIMESTAMP',
    timestampType(3),
    "Date and time of now in the session's zone.",
    '会话时区的当前日期和时间。',
    timestampNow,
  ),
  clockFunction('CURRENT_DATE', DATE, "Today in the session's zone.", '会话时区的当前日期。', dateNow),
  clockFunction('CURRENT_TIME', timeType(0), "The time of day in the session's zone.", '会话时区的当前时间。', timeNow),
  clockFunction('LOCALTIME', timeType(0), "The time of day in the session's zone.", '会话时区的当前时间。', timeNow),
];
