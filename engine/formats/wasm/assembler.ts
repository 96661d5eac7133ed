/**
 * A small WebAssembly assembler: enough of the binary format to write fixed kernels by hand, so that the engine needs no
 * toolchain at run time and the repository holds no opaque binary.
 */

/** Bytes of code; functions below return pieces that are strung together. */
export type Code = readonly number[];

export const I32 = 0x7f;
export const V128 = 0x7b;
const EMPTY_BLOCK = 0x40;
const END = 0x0b;

export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  /** Types of the local variables behind the parameters. */
  readonly locals: readonly number[];
  readonly body: Code;
}

/** A module that imports one memory as `env.memory` and exports its functions. */
export function assembleModule(functions: readonly FunctionDefinition[], sharedMemory: boolean): Uint8Array {
  const types = functions.map((one) => [
    0x60,
    ...vector(one.parameters.map((type) => [type])),
    ...vector(one.results.map((type) => [type])),
  ]);
  const memoryLimits = sharedMemory ? [0x03, ...unsigned(1), ...unsigned(65536)] : [0x00, ...unsigned(1)];
  const memoryImport = [...text('env'), ...text('memory'), 0x02, ...memoryLimits];
  const exports = functions.map((one, index) => [...text(one.name), 0x00, ...unsigned(index)]);
  const bodies = functions.map((one) => {
    const body = [...vector(one.locals.map((type) => [1, type])), ...one.body, END];
    return [...unsigned(body.length), ...body];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memoryImport])),
    ...section(3, vector(functions.map((_one, index) => unsigned(index)))),
    ...section(7, vector(exports)),
    ...section(10, vector(bodies)),
  ]);
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): Code {
  return [...unsigned(value.length), ...Array.from(value, (character) => character.charCodeAt(0))];
}

/** LEB128, unsigned. */
function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** LEB128, signed 32 bits. */
function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
      bytes.push(low);
      return bytes;
    }
    bytes.push(low | 0x80);
  }
}

/** Strings pieces of code together. */
export function code(...pieces: readonly Code[]): Code {
  return pieces.flat();
}

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const tee = (local: number, value: Code): Code => [...value, 0x22, ...unsigned(local)];
export const constant = (value: number): Code => [0x41, ...signed(value)];
export const loop = (...body: readonly Code[]): Code => [0x03, EMPTY_BLOCK, ...body.flat(), END];
export const block = (...body: readonly Code[]): Code => [0x02, EMPTY_BLOCK, ...body.flat(), END];
export const branchIf = (depth: number, condition: Code): Code => [...condition, 0x0d, ...unsigned(depth)];
export const branch = (depth: number): Code => [0x0c, ...unsigned(depth)];
export const ifElse = (condition: Code, then: Code, otherwise: Code = []): Code => [
  ...condition,
  ...[0x04, EMPTY_BLOCK],
  ...then,
  ...(otherwise.length > 0 ? [0x05, ...otherwise] : []),
  END,
];
export const returns = (value: Code): Code => [...value, 0x0f];

const binary =
  (opcode: number) =>
  (left: Code, right: Code): Code => [...left, ...right, opcode];

export const i32 = {
  add: binary(0x6a),
  sub: binary(0x6b),
  and: binary(0x71),
  or: binary(0x72),
  shiftLeft: binary(0x74),
  shiftRight: binary(0x76),
  equal: binary(0x46),
  lessUnsigned: binary(0x49),
  isZero: (value: Code): Code => [...value, 0x45],
  load8: (address: Code, offset = 0): Code => [...address, 0x2d, 0, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x36, 2, ...unsigned(offset)],
  store8: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x3a, 0, ...unsigned(offset)],
};

const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];
const simdBinary =
  (opcode: number) =>
  (left: Code, right: Code): Code => [...left, ...right, ...simd(opcode)];

export const v128 = {
  load: (address: Code, offset = 0): Code => [...address, ...simd(0x00), 0, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...simd(0x0b), 0, ...unsigned(offset)],
  constant: (bytes: readonly number[]): Code => [...simd(0x0c), ...bytes],
  and: simdBinary(0x4e),
  or: simdBinary(0x50),
  xor: simdBinary(0x51),
  anyTrue: (value: Code): Code => [...value, ...simd(0x53)],
};

export const i8x16 = {
  /** Picks 16 of the 32 bytes of `left` then `right`. */
  shuffle: (left: Code, right: Code, lanes: readonly number[]): Code => [...left, ...right, ...simd(0x0d), ...lanes],
  swizzle: simdBinary(0x0e),
  splat: (value: Code): Code => [...value, ...simd(0x0f)],
  splatConstant: (byte: number): Code => v128.constant(new Array(16).fill(byte)),
  equal: simdBinary(0x23),
  lessUnsigned: simdBinary(0x26),
  bitmask: (value: Code): Code => [...value, ...simd(0x64)],
  shiftRightUnsigned: (value: Code, bits: number): Code => [...value, ...constant(bits), ...simd(0x6d)],
  subtractSaturating: simdBinary(0x73),
};
