/**
 * Writes the WebAssembly module that decodes lines of a predicted shape: keys compared eight bytes at a time, ends of
 * strings taken from the bitmap of the scan, values stored straight into lanes. Whatever does not fit leaves the value,
 * or the line, to the patient reader, so this code decides nothing; it only is fast.
 */
import type { SchemaPlan } from '../decode-plan.ts';
import { assembleModule, type Code, constant, get, I32, i32, i64, set } from '../wasm/assembler.ts';
import { CodeBuilder } from '../wasm/code-builder.ts';
import type { KeyShape, LineShape } from './shape.ts';
import * as emission from './walker-emission.ts';
import { BLOCK, MISFIT, P, ROW, type Variables } from './walker-emission.ts';
import { CACHE_BYTES, cachesOffset, WALK } from './walker-layout.ts';
import { emitSkip, emitValue } from './walker-values.ts';

const encoder = new TextEncoder();
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;
const COMMA = 44;
const BLANK = 32;
const NEWLINE = 10;
const RETURN = 13;

/** Bytes of the block the walk works on. */
export function walkBlockBytes(plan: SchemaPlan): number {
  return cachesOffset(plan.flat.length) + CACHE_BYTES * plan.flat.length;
}

/** Every timestamp column has its cache at its plan index. */
function cacheOffset(plan: SchemaPlan, planIndex: number): number {
  return cachesOffset(plan.flat.length) + CACHE_BYTES * planIndex;
}

export function walkerModuleBytes(
  plan: SchemaPlan,
  shape: LineShape,
  lineBytesMax: number,
  sharedMemory: boolean,
): Uint8Array<ArrayBuffer> {
  const builder = new CodeBuilder(emission.WALK_PARAMETERS.length);
  const variables = emission.declareVariables(builder);
  const { start, heapStart, valid, marksBias, stride } = variables;
  builder.emit(set(start, get(P)), set(heapStart, emission.loadHeap()));
  builder.emit(set(marksBias, i32.load(get(BLOCK), WALK.marksBias)), set(stride, i32.load(get(BLOCK), WALK.stride)));
  builder.emit(set(valid, i32.add(i32.load(get(BLOCK), WALK.validity), get(ROW))));
  const lines = { builder, variables, plan, shape };
  builder.block(MISFIT, () => {
    builder.loop('line', () => {
      builder.leaveIf(MISFIT, i32.greaterOrEqualUnsigned(get(ROW), get(emission.ROWS_MAX)));
      builder.leaveIf(MISFIT, i32.greaterOrEqualUnsigned(get(P), get(emission.LINES_END)));
      builder.leaveIf(MISFIT, emission.notByte(BRACE_OPEN));
      emitObject(lines, shape.keys);
      builder.when(emission.isByte(emission.byteAt(), RETURN), () => builder.emit(emission.advance(1)));
      builder.leaveIf(MISFIT, emission.notByte(NEWLINE));
      builder.leaveIf(MISFIT, i32.greaterUnsigned(i32.sub(get(P), get(start)), constant(lineBytesMax)));
      builder.emit(emission.advance(1), set(start, get(P)), set(heapStart, emission.loadHeap()));
      builder.emit(set(ROW, i32.add(get(ROW), constant(1))), set(valid, i32.add(get(valid), constant(1))));
      builder.leave('line');
    });
  });
  builder.emit(i32.store(get(BLOCK), get(start), WALK.position), emission.storeHeap(get(heapStart)), get(ROW));
  const walk = { name: 'walk', parameters: emission.WALK_PARAMETERS, results: [I32], locals: builder.locals, body: builder.code() };
  return assembleModule([walk], sharedMemory, emission.IMPORTS);
}

interface Lines {
  readonly builder: CodeBuilder;
  readonly variables: Variables;
  readonly plan: SchemaPlan;
  readonly shape: LineShape;
}

/**
 * Members of one object. `p` stands on the opening brace and ends behind the closing one. Keys that are left out on the
 * way are null; those behind the last one present are made null at the end.
 */
function emitObject(lines: Lines, keys: readonly KeyShape[]): void {
  const { builder } = lines;
  const reached = builder.local(I32);
  builder.emit(emission.advance(1), set(reached, constant(0)));
  builder.block('object', () => {
    builder.when(emission.isByte(emission.byteAt(), BRACE_CLOSE), () => {
      builder.emit(emission.advance(1));
      builder.leave('object');
    });
    keys.forEach((key, position) => {
      emitMember(lines, key, position, keys.length, reached);
    });
    // The key at p is none of those that may follow.
    builder.leave(MISFIT);
  });
  if (keys.length === 0) return;
  builder.when(i32.notEqual(get(reached), constant(keys.length)), () => {
    keys.forEach((key, position) => {
      if (key.plan !== null) builder.when(i32.lessOrEqualUnsigned(get(reached), constant(position)), () => emitMissing(lines, key));
    });
  });
}

function emitMember(lines: Lines, key: KeyShape, position: number, keyCount: number, reached: number): void {
  const { builder, variables } = lines;
  const { byte } = variables;
  const isLast = position === keyCount - 1;
  builder.block('member', () => {
    builder.block('other key', () => {
      const token = encoder.encode(`${JSON.stringify(key.key)}:${lines.shape.blankAfterColon ? ' ' : ''}`);
      for (const differs of tokenTests(token)) builder.leaveIf('other key', differs);
      builder.emit(emission.advance(token.length));
      emitMemberValue(lines, key);
      builder.emit(set(byte, emission.byteAt()));
      if (!isLast) {
        builder.when(emission.isByte(get(byte), COMMA), () => {
          if (lines.shape.blankAfterComma) builder.leaveIf(MISFIT, emission.notByte(BLANK, 1));
          builder.emit(emission.advance(lines.shape.blankAfterComma ? 2 : 1));
          builder.leave('member');
        });
      }
      builder.leaveIf(MISFIT, i32.notEqual(get(byte), constant(BRACE_CLOSE)));
      builder.emit(emission.advance(1), set(reached, constant(position + 1)));
      builder.leave('object');
    });
    emitMissing(lines, key);
  });
}

function emitMemberValue(lines: Lines, key: KeyShape): void {
  const { builder, variables, plan } = lines;
  if (key.plan === null) {
    emitSkip(builder, variables);
    return;
  }
  if (key.plan.type.kind !== 'ROW') {
    emitValue(builder, variables, key.plan, cacheOffset(plan, key.plan.index));
    return;
  }
  const { type } = key.plan;
  builder.when(
    emission.isByte(emission.byteAt(), BRACE_OPEN),
    () => emitObject(lines, key.children),
    () => {
      if (!type.nullable) builder.leave(MISFIT);
      builder.leaveIf(MISFIT, i32.isZero(emission.startsNull()));
      builder.emit(emission.advance(4));
      emitMissing(lines, key);
    },
  );
}

/** For a key that the line does not have. */
function emitMissing({ builder, variables }: Lines, { plan }: KeyShape): void {
  if (plan === null) return;
  if (plan.type.nullable) emission.storeNull(builder, variables, plan);
  else builder.leave(MISFIT);
}

/** Comparisons that find the bytes at `p` different from a token; the last word overlaps the one before it. */
function tokenTests(token: Uint8Array): Code[] {
  const view = new DataView(token.buffer, token.byteOffset, token.byteLength);
  const { length } = token;
  if (length >= 8) {
    return offsets(length, 8).map((offset) => i64.notEqual(i64.load(get(P), offset), i64.constant(view.getBigInt64(offset, true))));
  }
  if (length >= 4) return offsets(length, 4).map((offset) => i32.notEqual(i32.load(get(P), offset), constant(view.getInt32(offset, true))));
  return Array.from(token, (byte, offset) => emission.notByte(byte, offset));
}

function offsets(length: number, step: number): number[] {
  const found = Array.from({ length: Math.floor(length / step) }, (_unused, index) => index * step);
  return length % step === 0 ? found : [...found, length - step];
}
