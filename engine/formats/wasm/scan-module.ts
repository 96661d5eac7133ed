/** The fixed SIMD kernels: marking special bytes of text while validating UTF-8, and copying text that needs no escape. */
import {
  assembleModule,
  block,
  branchIf,
  type Code,
  code,
  constant,
  type FunctionDefinition,
  fillMemory,
  get,
  I32,
  i8x16,
  i32,
  ifElse,
  loop,
  returns,
  set,
  tee,
  V128,
  v128,
} from './assembler.ts';

/**
 * Error bits of the UTF-8 check. Every pair of neighbouring bytes is looked up by three nibbles (high and low of the
 * first, high of the second); a bit that is set in all three tables is an error of that pair. The method is the
 * published one of Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte" (2021).
 */
const TOO_SHORT = 1;
const TOO_LONG = 2;
const OVERLONG_3 = 4;
const TOO_LARGE = 8;
const SURROGATE = 16;
const OVERLONG_2 = 32;
const TOO_LARGE_1000 = 64;
const OVERLONG_4 = 64;
const TWO_CONTINUATIONS = 128;

function nibbleTable(entry: (nibble: number) => number): Code {
  return v128.constant(Array.from({ length: 16 }, (_unused, nibble) => entry(nibble)));
}

const FIRST_HIGH = nibbleTable((nibble) => {
  if (nibble < 8) return TOO_LONG;
  if (nibble < 12) return TWO_CONTINUATIONS;
  if (nibble === 12) return TOO_SHORT | OVERLONG_2;
  if (nibble === 13) return TOO_SHORT;
  if (nibble === 14) return TOO_SHORT | OVERLONG_3 | SURROGATE;
  return TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4;
});
const FIRST_LOW = nibbleTable((nibble) => {
  const always = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS;
  if (nibble === 0) return always | OVERLONG_3 | OVERLONG_2 | OVERLONG_4;
  if (nibble === 1) return always | OVERLONG_2;
  if (nibble < 4) return always;
  if (nibble === 4) return always | TOO_LARGE;
  return always | TOO_LARGE | TOO_LARGE_1000 | (nibble === 13 ? SURROGATE : 0);
});
const SECOND_HIGH = nibbleTable((nibble) => {
  if (nibble < 8 || nibble > 11) return TOO_SHORT;
  const always = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS;
  if (nibble === 8) return always | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4;
  return always | TOO_LARGE | (nibble === 9 ? OVERLONG_3 : SURROGATE);
});

/** Parameters of `scan`, then its locals. */
const SOURCE = 0;
const LENGTH = 1;
const MARKS = 2;
const HIGH = 3;
const BYTE_A = 4;
const BYTE_B = 5;
const BELOW = 6;
const END = 7;
const FLAGS = 8;
const SPLAT_A = 9;
const SPLAT_B = 10;
const SPLAT_BELOW = 11;
const INPUT = 12; // four vectors
const PREVIOUS = 16;
const ERROR = 17;
const FIRST_BYTE = 18;
const LOOKUP = 19;

/** Lanes of (previous, input) that are the input moved by `bytes` towards the end. */
function movedLanes(bytes: number): number[] {
  return Array.from({ length: 16 }, (_unused, lane) => 16 - bytes + lane);
}

function moved(previous: number, input: number, bytes: number): Code {
  return i8x16.shuffle(get(previous), get(input), movedLanes(bytes));
}

function checkUtf8(previous: number, input: number): Code {
  const high = i8x16.swizzle(FIRST_HIGH, i8x16.shiftRightUnsigned(tee(FIRST_BYTE, moved(previous, input, 1)), 4));
  const low = i8x16.swizzle(FIRST_LOW, v128.and(get(FIRST_BYTE), i8x16.splatConstant(0x0f)));
  const second = i8x16.swizzle(SECOND_HIGH, i8x16.shiftRightUnsigned(get(input), 4));
  const third = i8x16.subtractSaturating(moved(previous, input, 2), i8x16.splatConstant(0xe0 - 0x80));
  const fourth = i8x16.subtractSaturating(moved(previous, input, 3), i8x16.splatConstant(0xf0 - 0x80));
  const continuation = v128.and(v128.or(third, fourth), i8x16.splatConstant(0x80));
  return code(set(LOOKUP, v128.and(v128.and(high, low), second)), set(ERROR, v128.or(get(ERROR), v128.xor(continuation, get(LOOKUP)))));
}

/** A block of plain ASCII only fails when the block before it ended inside a character. */
function checkCompleteBefore(): Code {
  const largestAtEnd = v128.constant([...new Array(13).fill(255), 0xf0 - 1, 0xe0 - 1, 0xc0 - 1]);
  return set(ERROR, v128.or(get(ERROR), i8x16.subtractSaturating(get(PREVIOUS), largestAtEnd)));
}

function markBits(input: number): Code {
  const equal = v128.or(i8x16.equal(get(input), get(SPLAT_A)), i8x16.equal(get(input), get(SPLAT_B)));
  return i8x16.bitmask(v128.or(equal, i8x16.lessUnsigned(get(input), get(SPLAT_BELOW))));
}

function joined(low: Code, high: Code): Code {
  return i32.or(low, i32.shiftLeft(high, constant(16)));
}

const inputs = [0, 1, 2, 3];

/**
 * scan(source, length, marks, high, a, b, below): per 64 bytes, one bit per byte that is `a`, `b` or less than `below`
 * to `marks`, one per byte from 0x80 up to `high`. `length` is a multiple of 64. Returns 1 when some byte is not ASCII,
 * plus 2 when the text is not valid UTF-8 (a character cut off at the very end is not seen).
 */
const scan: FunctionDefinition = {
  name: 'scan',
  parameters: [I32, I32, I32, I32, I32, I32, I32],
  results: [I32],
  locals: [I32, I32, ...new Array(11).fill(V128)],
  body: code(
    set(END, i32.add(get(SOURCE), get(LENGTH))),
    set(SPLAT_A, i8x16.splat(get(BYTE_A))),
    set(SPLAT_B, i8x16.splat(get(BYTE_B))),
    set(SPLAT_BELOW, i8x16.splat(get(BELOW))),
    block(
      branchIf(0, i32.isZero(get(LENGTH))),
      loop(
        ...inputs.map((index) => set(INPUT + index, v128.load(get(SOURCE), 16 * index))),
        i32.store(get(MARKS), joined(markBits(INPUT), markBits(INPUT + 1))),
        i32.store(get(MARKS), joined(markBits(INPUT + 2), markBits(INPUT + 3)), 4),
        ifElse(
          i8x16.bitmask(v128.or(v128.or(get(INPUT), get(INPUT + 1)), v128.or(get(INPUT + 2), get(INPUT + 3)))),
          code(
            set(FLAGS, constant(1)),
            i32.store(get(HIGH), joined(i8x16.bitmask(get(INPUT)), i8x16.bitmask(get(INPUT + 1)))),
            i32.store(get(HIGH), joined(i8x16.bitmask(get(INPUT + 2)), i8x16.bitmask(get(INPUT + 3))), 4),
            ...inputs.map((index) => checkUtf8(index === 0 ? PREVIOUS : INPUT + index - 1, INPUT + index)),
          ),
          code(i32.store(get(HIGH), constant(0)), i32.store(get(HIGH), constant(0), 4), checkCompleteBefore()),
        ),
        set(PREVIOUS, get(INPUT + 3)),
        set(MARKS, i32.add(get(MARKS), constant(8))),
        set(HIGH, i32.add(get(HIGH), constant(8))),
        branchIf(0, i32.lessUnsigned(tee(SOURCE, i32.add(get(SOURCE), constant(64))), get(END))),
      ),
    ),
    i32.or(get(FLAGS), i32.shiftLeft(v128.anyTrue(get(ERROR)), constant(1))),
  ),
};

/** Locals of `copyText` behind its parameters (source, length, target, a, b, below). */
const TARGET = 2;
const TEXT_A = 3;
const TEXT_B = 4;
const TEXT_BELOW = 5;
const LAST = 6;
const BYTE = 7;
const FOUND = 8;
const VECTOR = 9;
const MATCHES = 10;

function copyVector(at: Code, to: Code): Code {
  const equal = v128.or(
    i8x16.equal(tee(VECTOR, v128.load(at)), i8x16.splat(get(TEXT_A))),
    i8x16.equal(get(VECTOR), i8x16.splat(get(TEXT_B))),
  );
  return code(
    set(MATCHES, v128.or(get(MATCHES), v128.or(equal, i8x16.lessUnsigned(get(VECTOR), i8x16.splat(get(TEXT_BELOW)))))),
    v128.store(to, get(VECTOR)),
  );
}

/**
 * copyText(source, length, target, a, b, below): copies and returns 0 when no byte is `a`, `b` or less than `below`;
 * otherwise what was written is to be thrown away. Never touches a byte outside the two ranges.
 */
const copyText: FunctionDefinition = {
  name: 'copyText',
  parameters: [I32, I32, I32, I32, I32, I32],
  results: [I32],
  locals: [I32, I32, I32, V128, V128],
  body: code(
    ifElse(
      i32.lessUnsigned(get(LENGTH), constant(16)),
      code(
        set(LAST, i32.add(get(SOURCE), get(LENGTH))),
        block(
          branchIf(0, i32.isZero(get(LENGTH))),
          loop(
            set(BYTE, i32.load8(get(SOURCE))),
            i32.store8(get(TARGET), get(BYTE)),
            set(
              FOUND,
              i32.or(
                get(FOUND),
                i32.or(
                  i32.or(i32.equal(get(BYTE), get(TEXT_A)), i32.equal(get(BYTE), get(TEXT_B))),
                  i32.lessUnsigned(get(BYTE), get(TEXT_BELOW)),
                ),
              ),
            ),
            set(TARGET, i32.add(get(TARGET), constant(1))),
            branchIf(0, i32.lessUnsigned(tee(SOURCE, i32.add(get(SOURCE), constant(1))), get(LAST))),
          ),
        ),
        returns(get(FOUND)),
      ),
    ),
    set(LAST, i32.sub(i32.add(get(SOURCE), get(LENGTH)), constant(16))),
    block(
      loop(
        branchIf(1, i32.isZero(i32.lessUnsigned(get(SOURCE), get(LAST)))),
        copyVector(get(SOURCE), get(TARGET)),
        set(SOURCE, i32.add(get(SOURCE), constant(16))),
        set(TARGET, i32.add(get(TARGET), constant(16))),
        [0x0c, 0],
      ),
    ),
    copyVector(get(LAST), i32.add(get(TARGET), i32.sub(get(LAST), get(SOURCE)))),
    v128.anyTrue(get(MATCHES)),
  ),
};

/** fillBytes(address, value, length). */
const fillBytes: FunctionDefinition = {
  name: 'fillBytes',
  parameters: [I32, I32, I32],
  results: [],
  locals: [],
  body: fillMemory(get(0), get(1), get(2)),
};

/** hasZero(address, length): 1 when one of the bytes is 0. Reads up to 15 bytes behind the end, which must be in the memory. */
const hasZero: FunctionDefinition = {
  name: 'hasZero',
  parameters: [I32, I32],
  results: [I32],
  locals: [I32, I32],
  body: code(
    set(2, i32.add(get(0), get(1))),
    block(
      loop(
        branchIf(1, i32.isZero(i32.lessUnsigned(get(0), get(2)))),
        set(3, i8x16.bitmask(i8x16.equal(v128.load(get(0)), i8x16.splatConstant(0)))),
        ifElse(get(3), returns(i32.lessUnsigned(i32.add(get(0), i32.trailingZeros(get(3))), get(2)))),
        set(0, i32.add(get(0), constant(16))),
        [0x0c, 0],
      ),
    ),
    constant(0),
  ),
};

/** Bytes of the module for a shared or an unshared memory. */
export function scanModuleBytes(sharedMemory: boolean): Uint8Array<ArrayBuffer> {
  return assembleModule([scan, copyText, fillBytes, hasZero], sharedMemory);
}
