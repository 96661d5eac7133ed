/** Writes the code that reads one value of a predicted type and stores it; part of walker-module.ts. */
import type { DecodePlan } from '../decode-plan.ts';
import { type Code, code, constant, f64, get, i32, i64, set } from '../wasm/assembler.ts';
import type { CodeBuilder } from '../wasm/code-builder.ts';
import * as emission from './walker-emission.ts';
import { BLOCK, byteAt, MISFIT, P, type Variables } from './walker-emission.ts';
import { nanosOffset, WALK } from './walker-layout.ts';

const MINUS = 45;
const POINT = 46;
const QUOTE = 34;
const ZERO = 48;
const EVERY_BYTE = 0x0101010101010101n;
/** Digits a 64-bit integer surely holds. */
const LONG_DIGITS = 18;
/** Digits that are exact as a double. */
const DOUBLE_DIGITS = 15;
const EXACT_POWER_MAX = 22;
const INTEGER_BOUNDS: Readonly<Record<string, number>> = { TINYINT: 7, SMALLINT: 15, INTEGER: 31 };

/** `p` stands on the value's first byte and ends behind its last. */
export function emitValue(builder: CodeBuilder, variables: Variables, plan: DecodePlan, cacheOffset: number): void {
  builder.emit(set(variables.valueStart, get(P)));
  switch (plan.type.kind) {
    case 'CHAR':
    case 'VARCHAR':
      emitString(builder, variables, plan);
      return;
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
      emitInteger(builder, variables, plan);
      return;
    case 'FLOAT':
    case 'DOUBLE':
      emitFloating(builder, variables, plan);
      return;
    case 'BOOLEAN':
      emitBoolean(builder, variables, plan);
      return;
    case 'TIMESTAMP':
      emitTimestamp(builder, variables, plan, cacheOffset);
      return;
    case 'DECIMAL':
      if (plan.type.precision <= LONG_DIGITS) emitDecimal(builder, variables, plan, plan.type.precision, plan.type.scale);
      else emission.readByCall(builder, variables, plan);
      return;
    default:
      emission.readByCall(builder, variables, plan);
  }
}

/** Steps over a string nobody wants; other values by a call. */
export function emitSkip(builder: CodeBuilder, variables: Variables): void {
  builder.when(
    emission.startsString(),
    () => {
      builder.emit(set(variables.valueStart, get(P)), emission.advance(1));
      emission.findMark(builder, variables);
      builder.when(
        emission.isByte(i32.load8(get(variables.end)), QUOTE),
        () => builder.emit(set(P, i32.add(get(variables.end), constant(1)))),
        () => {
          builder.emit(set(P, get(variables.valueStart)));
          emission.skipByCall(builder);
        },
      );
    },
    () => emission.skipByCall(builder),
  );
}

/** A null where it may be, otherwise whatever the patient reader makes of it. */
function emitOther(builder: CodeBuilder, variables: Variables, plan: DecodePlan): void {
  if (!plan.type.nullable) {
    emission.readByCall(builder, variables, plan);
    return;
  }
  builder.when(
    i32.equal(i32.load(get(variables.valueStart)), constant(0x6c6c756e)),
    () => {
      builder.emit(set(P, i32.add(get(variables.valueStart), constant(4))));
      emission.storeNull(builder, variables, plan);
    },
    () => emission.readByCall(builder, variables, plan),
  );
}

function emitString(builder: CodeBuilder, variables: Variables, plan: DecodePlan): void {
  const { end } = variables;
  builder.block('string', () => {
    builder.block('unusual', () => {
      builder.leaveIf('unusual', emission.notByte(QUOTE));
      builder.emit(emission.advance(1));
      emission.findMark(builder, variables);
      builder.leaveIf('unusual', i32.notEqual(i32.load8(get(end)), constant(QUOTE)));
      if (plan.required) {
        const view = i64.or(i64.ofUnsigned(get(P)), i64.shiftLeft(i64.ofUnsigned(i32.sub(get(end), get(P))), i64.constant(32n)));
        builder.emit(i64.store(emission.entry(plan, 3), view));
      }
      builder.emit(set(P, i32.add(get(end), constant(1))));
      builder.leave('string');
    });
    emitOther(builder, variables, plan);
  });
}

/** Takes a sign off; `digitsStart` and `p` are then on the first digit. */
function emitSign(builder: CodeBuilder, { negative, digitsStart }: Variables): void {
  builder.emit(set(negative, emission.isByte(byteAt(), MINUS)), set(P, i32.add(get(P), get(negative))), set(digitsStart, get(P)));
}

/**
 * Digits from p on into `long`, eight at once: every byte minus '0' is compared with 9 in parallel, the digits before the
 * first other byte are moved to the top (zeros come in front), and pairs are joined three times.
 */
function emitDigits(builder: CodeBuilder, variables: Variables, otherwise: string): void {
  const { bits, long, count, byte } = variables;
  builder.emit(set(long, i64.xor(i64.load(get(P)), i64.constant(EVERY_BYTE * 0x30n))));
  const others = i64.and(i64.or(i64.add(get(long), i64.constant(EVERY_BYTE * 0x76n)), get(long)), i64.constant(EVERY_BYTE * 0x80n));
  builder.emit(set(bits, others), set(count, i32.shiftRight(i32.ofLong(i64.trailingZeros(get(bits))), constant(3))));
  builder.leaveIf(otherwise, i32.isZero(get(count)));
  const unwanted = i64.ofUnsigned(i32.shiftLeft(i32.sub(constant(8), get(count)), constant(3)));
  builder.emit(set(long, joinedDigits(i64.shiftLeft(get(long), unwanted), long)), set(P, i32.add(get(P), get(count))));
  builder.when(i32.equal(get(count), constant(8)), () => emitDigitLoop(builder, long, byte));
}

/** Number of eight digits, one per byte, the first in the lowest. */
function joinedDigits(digits: Code, scratch: number): Code {
  const step = (value: Code, factor: bigint, shift: bigint, mask: bigint) =>
    i64.and(i64.shiftRightUnsigned(i64.mul(value, i64.constant(factor)), i64.constant(shift)), i64.constant(mask));
  const pairs = step(digits, 10n * 256n + 1n, 8n, 0x00ff00ff00ff00ffn);
  const quads = step(pairs, 100n * 65536n + 1n, 16n, 0x0000ffff0000ffffn);
  return code(
    set(scratch, quads),
    i64.shiftRightUnsigned(i64.mul(get(scratch), i64.constant(10000n * 4294967296n + 1n)), i64.constant(32n)),
  );
}

/** Further digits, one by one. */
function emitDigitLoop(builder: CodeBuilder, long: number, byte: number): void {
  builder.block('digits', () => {
    builder.loop('digit', () => {
      builder.emit(set(byte, i32.sub(byteAt(), constant(ZERO))));
      builder.leaveIf('digits', i32.greaterUnsigned(get(byte), constant(9)));
      builder.emit(set(long, i64.add(i64.mul(get(long), i64.constant(10n)), i64.ofUnsigned(get(byte)))), emission.advance(1));
      builder.leave('digit');
    });
  });
}

/** A leading zero must be the only digit. */
function emitZeroCheck(builder: CodeBuilder, { digitsStart }: Variables): void {
  const leadingZero = emission.isByte(i32.load8(get(digitsStart)), ZERO);
  const more = i32.greaterUnsigned(i32.sub(get(P), get(digitsStart)), constant(1));
  builder.leaveIf(MISFIT, i32.and(leadingZero, more));
}

function emitNegation(builder: CodeBuilder, { negative, long }: Variables): void {
  builder.when(get(negative), () => builder.emit(set(long, i64.sub(i64.constant(0n), get(long)))));
}

function emitInteger(builder: CodeBuilder, variables: Variables, plan: DecodePlan): void {
  const { long, digitsStart } = variables;
  builder.block('integer', () => {
    builder.block('unusual', () => {
      emitSign(builder, variables);
      emitDigits(builder, variables, 'unusual');
      builder.leaveIf('unusual', i32.greaterUnsigned(i32.sub(get(P), get(digitsStart)), constant(LONG_DIGITS)));
      emitZeroCheck(builder, variables);
      emitNegation(builder, variables);
      const bound = INTEGER_BOUNDS[plan.type.kind];
      if (bound !== undefined) {
        const half = 2n ** BigInt(bound);
        builder.leaveIf('unusual', i64.greaterSigned(get(long), i64.constant(half - 1n)));
        builder.leaveIf('unusual', i64.greaterSigned(i64.constant(-half), get(long)));
        if (plan.required) builder.emit(i32.store(emission.entry(plan, 2), i32.ofLong(get(long))));
      } else if (plan.required) builder.emit(i64.store(emission.entry(plan, 3), get(long)));
      builder.leave('integer');
    });
    emitOther(builder, variables, plan);
  });
}

/**
 * Digits with an optional fraction as one integer in `long`; `count` is the length of the fraction and `word` the number of
 * digits. Leaves to `unusual` when there are more than `digitsMax` digits or an exponent.
 */
function emitMantissa(builder: CodeBuilder, variables: Variables, digitsMax: number): void {
  const { digitsStart, long, byte, count, word, end } = variables;
  emitSign(builder, variables);
  emitDigits(builder, variables, 'unusual');
  emitZeroCheck(builder, variables);
  builder.emit(set(word, i32.sub(get(P), get(digitsStart))), set(count, constant(0)));
  builder.when(emission.isByte(byteAt(), POINT), () => {
    builder.emit(emission.advance(1), set(end, get(P)));
    emitDigitLoop(builder, long, byte);
    builder.emit(set(count, i32.sub(get(P), get(end))), set(word, i32.add(get(word), get(count))));
    builder.leaveIf(MISFIT, i32.isZero(get(count)));
  });
  builder.leaveIf('unusual', i32.greaterUnsigned(get(word), constant(digitsMax)));
  builder.leaveIf('unusual', emission.isByte(i32.or(byteAt(), constant(32)), 101));
}

/** Exact integers and exact powers of ten: their quotient is correctly rounded. */
function emitFloating(builder: CodeBuilder, variables: Variables, plan: DecodePlan): void {
  const { long, count, double, negative } = variables;
  builder.block('floating', () => {
    builder.block('unusual', () => {
      emitMantissa(builder, variables, DOUBLE_DIGITS);
      builder.leaveIf('unusual', i32.greaterUnsigned(get(count), constant(EXACT_POWER_MAX)));
      const power = f64.load(i32.add(get(BLOCK), i32.shiftLeft(get(count), constant(3))), WALK.powers);
      builder.emit(set(double, f64.divide(f64.ofLong(get(long)), power)));
      builder.when(get(negative), () => builder.emit(set(double, f64.negate(get(double)))));
      if (plan.required) {
        builder.emit(
          plan.type.kind === 'FLOAT'
            ? f64.storeFloat(emission.entry(plan, 2), get(double))
            : f64.store(emission.entry(plan, 3), get(double)),
        );
      }
      builder.leave('floating');
    });
    emitOther(builder, variables, plan);
  });
}

function emitDecimal(builder: CodeBuilder, variables: Variables, plan: DecodePlan, precision: number, scale: number): void {
  const { long, count, word } = variables;
  builder.block('decimal', () => {
    builder.block('unusual', () => {
      emitMantissa(builder, variables, LONG_DIGITS);
      builder.leaveIf('unusual', i32.greaterUnsigned(get(count), constant(scale)));
      const missing = i32.sub(constant(scale), get(count));
      builder.leaveIf('unusual', i32.greaterUnsigned(i32.add(get(word), missing), constant(LONG_DIGITS)));
      const power = i64.load(i32.add(get(BLOCK), i32.shiftLeft(missing, constant(3))), WALK.longPowers);
      builder.emit(set(long, i64.mul(get(long), power)));
      builder.leaveIf('unusual', i64.greaterSigned(get(long), i64.constant(10n ** BigInt(precision) - 1n)));
      emitNegation(builder, variables);
      if (plan.required) builder.emit(i64.store(emission.entry(plan, 3), get(long)));
      builder.leave('decimal');
    });
    emitOther(builder, variables, plan);
  });
}

function emitBoolean(builder: CodeBuilder, variables: Variables, plan: DecodePlan): void {
  const { word } = variables;
  const store = (value: number) => {
    if (plan.required) builder.emit(i32.store8(emission.entry(plan, 0), constant(value)));
  };
  builder.block('boolean', () => {
    builder.emit(set(word, i32.load(get(P))));
    builder.when(i32.equal(get(word), constant(0x65757274)), () => {
      builder.emit(emission.advance(4));
      store(1);
      builder.leave('boolean');
    });
    builder.when(i32.and(i32.equal(get(word), constant(0x736c6166)), emission.isByte(byteAt(4), 101)), () => {
      builder.emit(emission.advance(5));
      store(0);
      builder.leave('boolean');
    });
    emitOther(builder, variables, plan);
  });
}

/** `:ss.SSS"` and `:ss"` minus the characters that must be there, digits minus '0'. */
const MILLIS_PATTERN = 0x22303030_2e30303an;
const SECONDS_PATTERN = 0x2230303an;
/** Added to each byte, sets its top bit unless it is 0 (separators), at most 9, or at most 5 (tens of seconds). */
const MILLIS_LIMITS = 0x7f767676_7f767a7fn;
const SECONDS_LIMITS = 0x7f767a7fn;
/** Bit of each digit in the word, and the milliseconds it stands for. */
const SECONDS_DIGITS = [
  [8n, 10000n],
  [16n, 1000n],
] as const;
const MILLIS_DIGITS = [...SECONDS_DIGITS, [32n, 100n], [40n, 10n], [48n, 1n]] as const;
/** Bytes from quote to quote with milliseconds and without. */
const MILLIS_BYTES = 25;
const SECONDS_BYTES = 21;

/**
 * `"YYYY-MM-DDTHH:mm:ss.SSS"` and `"YYYY-MM-DDTHH:mm:ss"`: the first 16 characters are compared with those of the
 * column's last value, whose epoch milliseconds are kept; the rest is checked and read from one word. Other lengths are
 * read by a call.
 */
function emitTimestamp(builder: CodeBuilder, variables: Variables, plan: DecodePlan, cacheOffset: number): void {
  const { long } = variables;
  builder.block('timestamp', () => {
    builder.block('unusual', () => {
      builder.leaveIf('unusual', emission.notByte(QUOTE));
      const isShort = emission.isByte(byteAt(SECONDS_BYTES - 1), QUOTE);
      builder.leaveIf('unusual', i32.and(emission.notByte(QUOTE, MILLIS_BYTES - 1), i32.isZero(isShort)));
      const first = i64.notEqual(i64.load(get(P), 1), i64.load(get(BLOCK), cacheOffset));
      const second = i64.notEqual(i64.load(get(P), 9), i64.load(get(BLOCK), cacheOffset + 8));
      builder.when(i32.or(first, second), () => emission.readMinute(builder, cacheOffset));
      if (plan.required && plan.type.kind === 'TIMESTAMP' && plan.type.precision > 3) builder.emit(storeNoNanos(plan));
      builder.when(
        isShort,
        () => {
          builder.emit(set(long, i64.xor(i64.ofUnsigned(i32.load(get(P), 17)), i64.constant(SECONDS_PATTERN))));
          emitFinerTime(builder, long, SECONDS_LIMITS, 0x80808080n);
          storeTime(builder, plan, long, SECONDS_DIGITS, cacheOffset);
          builder.emit(emission.advance(SECONDS_BYTES));
        },
        () => {
          builder.emit(set(long, i64.xor(i64.load(get(P), 17), i64.constant(MILLIS_PATTERN))));
          emitFinerTime(builder, long, MILLIS_LIMITS, EVERY_BYTE * 0x80n);
          storeTime(builder, plan, long, MILLIS_DIGITS, cacheOffset);
          builder.emit(emission.advance(MILLIS_BYTES));
        },
      );
      builder.leave('timestamp');
    });
    emitOther(builder, variables, plan);
  });
}

/** Misfits unless every byte is within its limit. */
function emitFinerTime(builder: CodeBuilder, long: number, limits: bigint, topBits: bigint): void {
  const wrong = i64.and(i64.or(i64.add(get(long), i64.constant(limits)), get(long)), i64.constant(topBits));
  builder.leaveIf(MISFIT, i64.notEqual(wrong, i64.constant(0n)));
}

function storeTime(
  builder: CodeBuilder,
  plan: DecodePlan,
  long: number,
  digits: readonly (readonly [bigint, bigint])[],
  cacheOffset: number,
): void {
  if (!plan.required) return;
  const value = digits.reduce(
    (sum, [bit, unit]) => {
      const digit = i64.and(i64.shiftRightUnsigned(get(long), i64.constant(bit)), i64.constant(255n));
      return i64.add(sum, i64.mul(digit, i64.constant(unit)));
    },
    i64.load(get(BLOCK), cacheOffset + 16),
  );
  builder.emit(i64.store(emission.entry(plan, 3), value));
}

function storeNoNanos(plan: DecodePlan): Code {
  const lane = i32.load(get(BLOCK), nanosOffset(plan.index));
  return i32.store(i32.add(lane, i32.shiftLeft(get(emission.ROW), constant(2))), constant(0));
}
