/**
 * A small WebAssembly assembler: enough of the binary format to write fixed kernels by hand, so that the engine needs no
 * toolchain at run time and the repository holds no opaque binary.
 */

/** Bytes of code; functions below return pieces that are strung together. */
export type Code = readonly number[];

export const I32 = 0x7f;
export const I64 = 0x7e;
export const F64 = 0x7c;
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

/** A function of the host, imported as `env.<name>`; it stands before the module's own in the numbering of `call`. */
export interface ImportedFunction {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

/** A module that imports one memory as `env.memory` and exports its functions. */
export function assembleModule(
  functions: readonly FunctionDefinition[],
  sharedMemory: boolean,
  imported: readonly ImportedFunction[] = [],
): Uint8Array<ArrayBuffer> {
  const signatures = [...imported, ...functions];
  const types = signatures.map((one) => [
    0x60,
    ...vector(one.parameters.map((type) => [type])),
    ...vector(one.results.map((type) => [type])),
  ]);
  const memoryLimits = sharedMemory ? [0x03, ...unsigned(1), ...unsigned(65536)] : [0x00, ...unsigned(1)];
  const memoryImport = [...text('env'), ...text('memory'), 0x02, ...memoryLimits];
  const functionImports = imported.map((one, index) => [...text('env'), ...text(one.name), 0x00, ...unsigned(index)]);
  const exports = functions.map((one, index) => [...text(one.name), 0x00, ...unsigned(imported.length + index)]);
  const bodies = functions.map((one) => {
    const body = [...vector(one.locals.map((type) => [1, type])), ...one.body, END];
    return [...unsigned(body.length), ...body];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memoryImport, ...functionImports])),
    ...section(3, vector(functions.map((_one, index) => unsigned(imported.length + index)))),
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

/** LEB128, signed. */
function signed(value: number | bigint): Code {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)) {
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
export const constant = (value: number): Code => [0x41, ...signed(value | 0)];
export const call = (index: number, ...operands: readonly Code[]): Code => [...operands.flat(), 0x10, ...unsigned(index)];
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

/** Sets `length` bytes to `value`. */
export const fillMemory = (address: Code, value: Code, length: Code): Code => [...address, ...value, ...length, 0xfc, 0x0b, 0x00];

const binary =
  (opcode: number) =>
  (left: Code, right: Code): Code => [...left, ...right, opcode];

const unary =
  (opcode: number) =>
  (value: Code): Code => [...value, opcode];
/** Loads and stores never claim an alignment. */
const load =
  (opcode: number) =>
  (address: Code, offset = 0): Code => [...address, opcode, 0, ...unsigned(offset)];
const store =
  (opcode: number) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, opcode, 0, ...unsigned(offset)];

export const i32 = {
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  or: binary(0x72),
  shiftLeft: binary(0x74),
  shiftRight: binary(0x76),
  equal: binary(0x46),
  notEqual: binary(0x47),
  lessUnsigned: binary(0x49),
  greaterUnsigned: binary(0x4b),
  lessOrEqualUnsigned: binary(0x4d),
  greaterOrEqualUnsigned: binary(0x4f),
  isZero: unary(0x45),
  trailingZeros: unary(0x68),
  ofLong: unary(0xa7),
  load: load(0x28),
  load8: load(0x2d),
  load16: load(0x2f),
  store: store(0x36),
  store8: store(0x3a),
};

export const i64 = {
  constant: (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))],
  add: binary(0x7c),
  sub: binary(0x7d),
  mul: binary(0x7e),
  and: binary(0x83),
  or: binary(0x84),
  xor: binary(0x85),
  shiftLeft: binary(0x86),
  shiftRightUnsigned: binary(0x88),
  isZero: unary(0x50),
  equal: binary(0x51),
  notEqual: binary(0x52),
  greaterSigned: binary(0x55),
  trailingZeros: unary(0x7a),
  ofUnsigned: unary(0xad),
  load: load(0x29),
  load8: load(0x31),
  store: store(0x37),
};

export const f64 = {
  ofLong: unary(0xb9),
  divide: binary(0xa3),
  negate: unary(0x9a),
  load: load(0x2b),
  store: store(0x39),
  /** Stores rounded to 32 bits. */
  storeFloat: (address: Code, value: Code): Code => [...address, ...value, 0xb6, 0x38, 0, 0],
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
