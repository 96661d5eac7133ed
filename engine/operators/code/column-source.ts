/** Generated code between columns and the objects that custom code sees: a row is read into an object, an object is written as a row. */
import { hasNanosLane } from '../../columnar/batch.ts';
import type { Field, LogicalType } from '../../types/logical-type.ts';
import { printType } from '../../types/print-type.ts';

/** The rest needs it. */
export const NUMBERS = `const NONE = -(2n ** 63n);
const { isInteger, isSafeInteger } = Number;
const { asIntN } = BigInt;
`;

export const FAILING = `function fail(words) { throw new TypeError(words); }
function bad(column, value) {
  fail('column "' + column[0] + '" is ' + column[1] + (value == null ? ' and cannot be left out' : ' and cannot hold ' + host.show(value)));
}
`;

/** Needs the lanes' variables around it. */
export const READING = `function text(data, row) {
  const at = (data >>> 2) + 2 * row;
  return host.decode(memory.u32[at], memory.u32[at + 1]);
}
`;

/** `put(port, row)`: a row with the columns of the output, at the time `stamp`. */
export function putSource(fields: readonly Field[]): string {
  return `function put(port, row) {
  if (row === null || typeof row !== 'object') fail('a row is an object with the output columns, not ' + host.show(row));
  if (port.count === port.capacity) port.grow();
  const at = port.count;
  const { data, nanos, validity, hasNull, hasOther } = port;
  let value;
${fields.map(writeColumn).join('')}  memory.i64[(port.timestamps >>> 3) + at] = stamp;
  port.count = at + 1;
  output.collected++;
}
`;
}

/** Variables with the lanes of a batch's columns. */
export function lanesSource(fields: readonly Field[]): string {
  return fields
    .map(
      (_, index) =>
        `  const d${index} = columns[${index}].data, n${index} = columns[${index}].nanos, v${index} = columns[${index}].validity;\n`,
    )
    .join('');
}

/** The object of a row. */
export function rowSource(fields: readonly Field[]): string {
  return `{ ${fields.map(readColumn).join(', ')} }`;
}

/** A key of an object literal; computed, where a plain one would mean the prototype. */
export function property(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : JSON.stringify(name);
}

function readColumn({ name, type }: Field, index: number): string {
  const value = readEntry(type, index);
  return `${property(name)}: ${type.nullable ? `v${index} !== 0 && u8[v${index} + row] === 0 ? null : ${value}` : value}`;
}

function readEntry(type: LogicalType, index: number): string {
  const data = `d${index}`;
  switch (type.kind) {
    case 'BOOLEAN':
      return `u8[${data} + row] !== 0`;
    case 'BIGINT':
      return `i64[(${data} >>> 3) + row]`;
    case 'FLOAT':
      return `f32[(${data} >>> 2) + row]`;
    case 'DOUBLE':
      return `f64[(${data} >>> 3) + row]`;
    case 'DECIMAL':
      return type.precision <= 18
        ? `host.printDecimal(i64[(${data} >>> 3) + row], ${type.scale})`
        : `host.printDecimal((i64[(${data} >>> 3) + 2 * row + 1] << 64n) | BigInt.asUintN(64, i64[(${data} >>> 3) + 2 * row]), ${type.scale})`;
    case 'CHAR':
    case 'VARCHAR':
      return `text(${data}, row)`;
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return hasNanosLane(type)
        ? `i64[(${data} >>> 3) + row] * 1000000n + BigInt(i32[(n${index} >>> 2) + row])`
        : `Number(i64[(${data} >>> 3) + row])`;
    default:
      return `i32[(${data} >>> 2) + row]`;
  }
}

function writeColumn({ name, type }: Field, index: number): string {
  const column = JSON.stringify([name, printType(type)]);
  const absent = type.nullable ? `memory.u8[validity[${index}] + at] = 0; hasNull[${index}] = true;` : `bad(${column}, value);`;
  const present = type.nullable ? `memory.u8[validity[${index}] + at] = 1; ` : '';
  return `  value = row[${JSON.stringify(name)}];
  if (value === null || value === undefined) { ${absent} }
  else { ${present}${writeEntry(type, index, column)} }
`;
}

const WHOLE_LIMITS: { readonly [Kind in string]?: readonly [number, number] } = {
  TINYINT: [-(2 ** 7), 2 ** 7 - 1],
  SMALLINT: [-(2 ** 15), 2 ** 15 - 1],
  INTEGER: [-(2 ** 31), 2 ** 31 - 1],
  DATE: [-(2 ** 31), 2 ** 31 - 1],
  TIME: [0, 86_399_999],
};

function writeEntry(type: LogicalType, index: number, column: string): string {
  const data = `data[${index}]`;
  const refuse = `bad(${column}, value);`;
  switch (type.kind) {
    case 'BOOLEAN':
      return `if (typeof value !== 'boolean') ${refuse} memory.u8[${data} + at] = value ? 1 : 0;`;
    case 'BIGINT':
      return `if (typeof value === 'bigint' ? asIntN(64, value) !== value : !isSafeInteger(value)) ${refuse}
    memory.i64[(${data} >>> 3) + at] = typeof value === 'bigint' ? value : BigInt(value);`;
    case 'FLOAT':
    case 'DOUBLE':
      return `if (typeof value !== 'number') ${refuse} memory.${type.kind === 'FLOAT' ? `f32[(${data} >>> 2)` : `f64[(${data} >>> 3)`} + at] = value;`;
    case 'DECIMAL': {
      const parsed = `const exact = host.parseDecimal(value, ${type.precision}, ${type.scale}); if (exact === null) ${refuse}`;
      return type.precision <= 18
        ? `${parsed} memory.i64[(${data} >>> 3) + at] = exact;`
        : `${parsed} memory.i64[(${data} >>> 3) + 2 * at] = asIntN(64, exact); memory.i64[(${data} >>> 3) + 2 * at + 1] = asIntN(64, exact >> 64n);`;
    }
    case 'CHAR':
    case 'VARCHAR':
      return `if (typeof value !== 'string' || (value.length > ${type.length} && host.characters(value) > ${type.length})) ${refuse}
    host.encode(value);
    if (host.length() !== value.length) hasOther[${index}] = true;
    memory.u32[(${data} >>> 2) + 2 * at] = host.address(); memory.u32[(${data} >>> 2) + 2 * at + 1] = host.length();`;
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return hasNanosLane(type)
        ? `if (typeof value !== 'bigint') ${refuse} host.split(value); memory.i64[(${data} >>> 3) + at] = host.millis(); memory.i32[(nanos[${index}] >>> 2) + at] = host.nanos();`
        : `if (!isSafeInteger(value)) ${refuse} memory.i64[(${data} >>> 3) + at] = BigInt(value);`;
    default: {
      const [least, most] = WHOLE_LIMITS[type.kind] ?? [0, 0];
      return `if (!isInteger(value) || value < ${least} || value > ${most}) ${refuse} memory.i32[(${data} >>> 2) + at] = value;`;
    }
  }
}
