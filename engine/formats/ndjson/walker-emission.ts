/** What the writers of the generated walk share: its parameters, its variables, and the code of small things. */
import type { DecodePlan } from '../decode-plan.ts';
import { type Code, call, constant, F64, get, I32, I64, i32, i64, set } from '../wasm/assembler.ts';
import type { CodeBuilder } from '../wasm/code-builder.ts';
import { laneOffset, WALK } from './walker-layout.ts';

/** walk(block, position, end, row, rowsMax) → rows. */
export const BLOCK = 0;
export const P = 1;
export const LINES_END = 2;
export const ROW = 3;
export const ROWS_MAX = 4;
export const WALK_PARAMETERS = [I32, I32, I32, I32, I32];

/** Functions of the host: value(plan, p, end, row) → p or 0; skip(p, end) → p or 0; minute(p, cache) → 1 or 0. */
export const IMPORTS = [
  { name: 'value', parameters: [I32, I32, I32, I32], results: [I32] },
  { name: 'skip', parameters: [I32, I32], results: [I32] },
  { name: 'minute', parameters: [I32, I32], results: [I32] },
];
const VALUE = 0;
const SKIP = 1;
const MINUTE = 2;

/** Label behind the loop over lines: the line does not fit, the walk ends before it. */
export const MISFIT = 'misfit';

const QUOTE = 34;
const NULL_WORD = 0x6c6c756e;

/** Variables of the walk, by number. */
export interface Variables {
  readonly start: number;
  readonly heapStart: number;
  /** Validity of plan index 0 and the current row. */
  readonly valid: number;
  readonly marksBias: number;
  readonly stride: number;
  readonly valueStart: number;
  readonly digitsStart: number;
  readonly byte: number;
  readonly count: number;
  readonly word: number;
  readonly end: number;
  readonly negative: number;
  readonly bits: number;
  readonly long: number;
  readonly double: number;
}

export function declareVariables(builder: CodeBuilder): Variables {
  const [start, heapStart, valid, marksBias, stride] = Array.from({ length: 5 }, () => builder.local(I32));
  const [valueStart, digitsStart, byte, count, word, end, negative] = Array.from({ length: 7 }, () => builder.local(I32));
  const [bits, long] = [builder.local(I64), builder.local(I64)];
  return {
    start,
    heapStart,
    valid,
    marksBias,
    stride,
    valueStart,
    digitsStart,
    byte,
    count,
    word,
    end,
    negative,
    bits,
    long,
    double: builder.local(F64),
  };
}

/** The byte at p + offset. */
export const byteAt = (offset = 0): Code => i32.load8(get(P), offset);
export const advance = (bytes: number): Code => set(P, i32.add(get(P), constant(bytes)));
export const isByte = (value: Code, byte: number): Code => i32.equal(value, constant(byte));
/** True unless the byte at p is this one. */
export const notByte = (byte: number, offset = 0): Code => i32.notEqual(byteAt(offset), constant(byte));
export const startsString = (): Code => isByte(byteAt(), QUOTE);
export const startsNull = (): Code => i32.equal(i32.load(get(P)), constant(NULL_WORD));

/** Address of the entry of the current row in a lane of 2^shift bytes per row. */
export function entry(plan: DecodePlan, shift: number): Code {
  const lane = i32.load(get(BLOCK), laneOffset(plan.index));
  return i32.add(lane, shift === 0 ? get(ROW) : i32.shiftLeft(get(ROW), constant(shift)));
}

/** Makes the value of this row null; of a ROW, everything inside it. */
export function storeNull(builder: CodeBuilder, variables: Variables, plan: DecodePlan): void {
  const first = i32.add(get(variables.valid), i32.mul(get(variables.stride), constant(plan.index)));
  if (plan.end === plan.index + 1) {
    builder.emit(i32.store8(first, constant(0)));
    return;
  }
  builder.emit(set(variables.word, first), set(variables.count, constant(plan.end - plan.index)));
  builder.loop('nulls', () => {
    builder.emit(i32.store8(get(variables.word), constant(0)), set(variables.word, i32.add(get(variables.word), get(variables.stride))));
    builder.emit(set(variables.count, i32.sub(get(variables.count), constant(1))));
    builder.leaveIf('nulls', get(variables.count));
  });
}

/** Reads the value that begins at `valueStart` by a call; misfits when that refuses it. */
export function readByCall(builder: CodeBuilder, variables: Variables, plan: DecodePlan): void {
  builder.emit(set(P, call(VALUE, constant(plan.index), get(variables.valueStart), get(LINES_END), get(ROW))));
  builder.leaveIf(MISFIT, i32.isZero(get(P)));
}

export function skipByCall(builder: CodeBuilder): void {
  builder.emit(set(P, call(SKIP, get(P), get(LINES_END))));
  builder.leaveIf(MISFIT, i32.isZero(get(P)));
}

/** Fills the cache with the minute whose 16 characters begin at p + 1; misfits when it is none. */
export function readMinute(builder: CodeBuilder, cacheOffset: number): void {
  builder.leaveIf(MISFIT, i32.isZero(call(MINUTE, i32.add(get(P), constant(1)), i32.add(get(BLOCK), constant(cacheOffset)))));
}

/** Sets `end` to the next marked byte at or behind p. */
export function findMark(builder: CodeBuilder, { marksBias, word, bits, end }: Variables): void {
  const wordOf = i32.add(get(marksBias), i32.shiftLeft(i32.shiftRight(get(P), constant(6)), constant(3)));
  builder.emit(set(word, wordOf), set(bits, i64.shiftRightUnsigned(i64.load(get(word)), i64.ofUnsigned(get(P)))));
  builder.when(
    i64.isZero(get(bits)),
    () => {
      builder.loop('words', () => {
        builder.emit(set(word, i32.add(get(word), constant(8))), set(bits, i64.load(get(word))));
        builder.leaveIf('words', i64.isZero(get(bits)));
      });
      const base = i32.shiftLeft(i32.sub(get(word), get(marksBias)), constant(3));
      builder.emit(set(end, i32.add(base, i32.ofLong(i64.trailingZeros(get(bits))))));
    },
    () => builder.emit(set(end, i32.add(get(P), i32.ofLong(i64.trailingZeros(get(bits)))))),
  );
}

/** The heap pointer in the block. */
export const loadHeap = (): Code => i32.load(get(BLOCK), WALK.heap);
export const storeHeap = (value: Code): Code => i32.store(get(BLOCK), value, WALK.heap);
