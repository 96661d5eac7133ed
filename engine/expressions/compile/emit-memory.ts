/** Loads of columns, stores of results, and constants in generated kernels. */
import type { LogicalType } from '../../types/logical-type.ts';
import { isCharacter } from '../../types/make-type.ts';
import { encodeUtf8 } from '../utf8.ts';
import type { Value } from '../value.ts';
import { timestampMillis, timestampNanosOfMilli } from '../value.ts';
import type { KernelWriter, Operand } from './kernel-writer.ts';
import { BAIL, representationOf } from './kernel-writer.ts';

const FAST_HIGH_LIMIT = 1_048_575;
const FAST_MAX = 2n ** 52n;

/** The value of a source column at physical row `i`, loaded once per scope. */
export function emitLoad(writer: KernelWriter, path: readonly number[], type: LogicalType): Operand {
  const index = writer.sourceIndex(path, type);
  const key = `column ${index}`;
  const known = writer.known(key);
  if (known !== undefined) return known;
  const ascii = `A${index}`;
  if (!type.nullable) {
    const operand = writer.declare(type, false, ascii);
    emitEntry(writer, operand, index, type);
    return writer.remember(key, operand);
  }
  const operand = writer.declare(type, true, ascii);
  writer.line(`${operand.absent} = V${index} !== 0 && u8[V${index} + i] === 0;`);
  writer.block(`if (!${operand.absent})`, () => emitEntry(writer, operand, index, type));
  return writer.remember(key, operand);
}

function emitEntry(writer: KernelWriter, target: Operand, index: number, type: LogicalType): void {
  const data = `D${index}`;
  const { value, extra } = target;
  switch (target.representation) {
    case 'bool':
      writer.line(`${value} = u8[${data} + i];`);
      return;
    case 'i32':
      writer.line(`${value} = i32[(${data} >>> 2) + i];`);
      return;
    case 'f64':
      writer.line(type.kind === 'FLOAT' ? `${value} = f32[(${data} >>> 2) + i];` : `${value} = f64[(${data} >>> 3) + i];`);
      return;
    case 'i64':
      if (type.kind === 'DECIMAL' && type.precision > 18) emitWide(writer, value, data);
      else emitLong(writer, value, data);
      return;
    case 'time':
      emitLong(writer, value, data);
      writer.line(`${extra} = N${index} !== 0 ? i32[(N${index} >>> 2) + i] : 0;`);
      return;
    case 'text':
      writer.line(`${value} = u32[(${data} >>> 2) + 2 * i];`);
      writer.line(`${extra} = u32[(${data} >>> 2) + 2 * i + 1];`);
      return;
    default:
      // A ROW is only ever asked whether it is there.
      if (type.kind !== 'ROW') writer.line(`${value} = B${index}[i];`);
  }
}

/** Two 32-bit halves make a double without a BigInt in between. */
function emitLong(writer: KernelWriter, value: string, data: string): void {
  if (writer.exact) {
    writer.line(`${value} = i64[(${data} >>> 3) + i];`);
    return;
  }
  const high = writer.name('h');
  writer.line(`const ${high} = i32[(${data} >>> 2) + 2 * i + 1];`);
  writer.line(`if (${high} > ${FAST_HIGH_LIMIT} || ${high} < -${FAST_HIGH_LIMIT + 1}) ${BAIL}`);
  writer.line(`${value} = ${high} * 4294967296 + u32[(${data} >>> 2) + 2 * i];`);
}

function emitWide(writer: KernelWriter, value: string, data: string): void {
  if (writer.exact) {
    writer.line(`${value} = (i64[(${data} >>> 3) + 2 * i + 1] << 64n) | BigInt.asUintN(64, i64[(${data} >>> 3) + 2 * i]);`);
    return;
  }
  const at = writer.name('w');
  const high = writer.name('h');
  writer.line(`const ${at} = (${data} >>> 2) + 4 * i;`);
  writer.line(`const ${high} = i32[${at} + 1];`);
  writer.line(
    `if (${high} > ${FAST_HIGH_LIMIT} || ${high} < -${FAST_HIGH_LIMIT + 1} || i32[${at} + 2] !== ${high} >> 31 || i32[${at} + 3] !== ${high} >> 31) ${BAIL}`,
  );
  writer.line(`${value} = ${high} * 4294967296 + u32[${at}];`);
}

/** Writes `operand` to output column `index` at physical row `i`; `nanosLane` false drops nanoseconds. */
export function emitStore(writer: KernelWriter, operand: Operand, index: number): void {
  if (operand.absent === 'true') {
    writer.line(`u8[OV${index} + i] = 0;`);
    return;
  }
  if (operand.absent === '') {
    writer.line(`if (OV${index} !== 0) u8[OV${index} + i] = 1;`);
    emitStoreEntry(writer, operand, index);
    return;
  }
  writer.block(`if (${operand.absent})`, () => writer.line(`u8[OV${index} + i] = 0;`));
  writer.block('else', () => {
    writer.line(`u8[OV${index} + i] = 1;`);
    emitStoreEntry(writer, operand, index);
  });
}

function emitStoreEntry(writer: KernelWriter, operand: Operand, index: number): void {
  const { value, extra, type } = operand;
  const data = `O${index}`;
  switch (operand.representation) {
    case 'bool':
      writer.line(`u8[${data} + i] = ${value};`);
      return;
    case 'i32':
      writer.line(`i32[(${data} >>> 2) + i] = ${value};`);
      return;
    case 'f64':
      writer.line(type.kind === 'FLOAT' ? `f32[(${data} >>> 2) + i] = ${value};` : `f64[(${data} >>> 3) + i] = ${value};`);
      return;
    case 'i64':
      emitStoreLong(writer, value, data, type.kind === 'DECIMAL' && type.precision > 18);
      return;
    case 'time':
      emitStoreLong(writer, value, data, false);
      writer.line(`if (ON${index} !== 0) i32[(ON${index} >>> 2) + i] = ${extra};`);
      return;
    case 'text':
      writer.line(`u32[(${data} >>> 2) + 2 * i] = ${value};`);
      writer.line(`u32[(${data} >>> 2) + 2 * i + 1] = ${extra};`);
      return;
    default:
      writer.line(`OB${index}[i] = ${value};`);
  }
}

function emitStoreLong(writer: KernelWriter, value: string, data: string, wide: boolean): void {
  const step = wide ? 2 : 1;
  if (writer.exact) {
    writer.line(`i64[(${data} >>> 3) + ${step} * i] = ${value};`);
    if (wide) writer.line(`i64[(${data} >>> 3) + 2 * i + 1] = ${value} >> 64n;`);
    return;
  }
  const at = writer.name('w');
  const high = writer.name('h');
  writer.line(`const ${at} = (${data} >>> 2) + ${2 * step} * i;`);
  writer.line(`const ${high} = Math.floor(${value} / 4294967296);`);
  writer.line(`u32[${at}] = ${value} - ${high} * 4294967296;`);
  writer.line(`i32[${at} + 1] = ${high};`);
  if (wide) writer.line(`i32[${at} + 2] = i32[${at} + 3] = ${high} >> 31;`);
}

/** A constant; text constants live in memory of the kernel's own (see TextConstant). */
export function emitConstant(writer: KernelWriter, value: Value, type: LogicalType): Operand {
  const representation = representationOf(type);
  const base = { representation, type, extra: '', absent: '', ascii: 'true' };
  if (value === null) return { ...base, value: zeroOf(writer, representation), extra: '0', absent: 'true' };
  switch (representation) {
    case 'bool':
      return { ...base, value: value === true ? '1' : '0' };
    case 'i32':
    case 'f64':
      return { ...base, value: numberText(value as number) };
    case 'i64':
      return { ...base, value: longText(writer, BigInt(value as bigint)) };
    case 'time':
      return { ...base, value: longText(writer, timestampMillis(value as bigint)), extra: String(timestampNanosOfMilli(value as bigint)) };
    case 'text': {
      const bytes = isCharacter(type) ? encodeUtf8(String(value)) : (value as Uint8Array);
      const constant = writer.bind(new TextConstant(bytes));
      return { ...base, value: `${constant}.address`, extra: String(bytes.length), ascii: String(bytes.every((byte) => byte < 0x80)) };
    }
    default:
      return { ...base, value: writer.bind(value) };
  }
}

function zeroOf(writer: KernelWriter, representation: Operand['representation']): string {
  if (representation === 'box') return 'null';
  return writer.exact && (representation === 'i64' || representation === 'time') ? '0n' : '0';
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isNaN(value) ? 'NaN' : value < 0 ? `(${value})` : String(value);
}

/** A constant beyond ±2^52 leaves only the exact kernel. */
export function longText(writer: KernelWriter, value: bigint): string {
  if (value > FAST_MAX || value < -FAST_MAX) writer.exactOnly = true;
  if (writer.exact) return value < 0n ? `(${value}n)` : `${value}n`;
  return value < 0n ? `(${value})` : String(value);
}

/** Bytes of a constant, placed in job memory when the kernel is loaded. */
export class TextConstant {
  readonly bytes: Uint8Array;
  address = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}
