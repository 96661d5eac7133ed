/**
 * JavaScript made of a node's schema that stands between the engine and the person's code, inside the same realm: it makes a row
 * object of columns, calls the function, and writes the rows that leave into columns. Row objects are made afresh: code may keep
 * them, spread them and hand them on.
 *
 * For the columns `id BIGINT, name STRING` and one value state `seen` the heart of it reads:
 * ```js
 * element0({ "id": …i64[(d0 >>> 3) + row], "name": …text(d1, row) }, context, output);
 * ```
 */

import { hasNanosLane } from '../../columnar/batch.ts';
import { type CodeShape, type CodeState, elementFunctions } from '../../spec/custom-code/code-types.ts';
import type { Field, LogicalType } from '../../types/logical-type.ts';
import { printType } from '../../types/print-type.ts';

/** `(function (host, user) { … })`, which answers `{ processRows, onTimer }`. */
export function driverSource(shape: CodeShape): string {
  return `(function (host, user) {
'use strict';
const { memory, output, ports, states, timers } = host;
const NONE = -(2n ** 63n);
const { isInteger, isSafeInteger } = Number;
const { asIntN } = BigInt;
let stamp = NONE;
let slot = 0;
let firing = null;
function fail(words) { throw new TypeError(words); }
function bad(column, value) {
  fail('column "' + column[0] + '" is ' + column[1] + (value == null ? ' and cannot be left out' : ' and cannot hold ' + host.show(value)));
}
function text(data, row) {
  const at = (data >>> 2) + 2 * row;
  return host.decode(memory.u32[at], memory.u32[at + 1]);
}
function timeOf(value) {
  if (typeof value !== 'number' || !isSafeInteger(value)) fail('a timer is a whole number of milliseconds, not ' + host.show(value));
  return BigInt(value);
}
function put(port, row) {
  if (row === null || typeof row !== 'object') fail('a row is an object with the output columns, not ' + host.show(row));
  if (port.count === port.capacity) port.grow();
  const at = port.count;
  const { data, nanos, validity, hasNull, hasOther } = port;
  let value;
${shape.output.map(writeColumn).join('')}  memory.i64[(port.timestamps >>> 3) + at] = stamp;
  port.count = at + 1;
  output.collected++;
}
${keySource(shape.keys)}
const side = new Map(${JSON.stringify(shape.sideOutputs.map((name, index) => [name, index + 1]))});
const out = Object.freeze({
  emit(row) { put(ports[0], row); },
  emitTo(name, row) {
    const port = side.get(name);
    if (port === undefined) fail('there is no side output ' + host.show(name));
    put(ports[port], row);
  },
});
const context = Object.freeze({
  get timestamp() { return stamp === NONE ? null : Number(stamp); },
  get watermark() { return host.watermark(); },
  get processingTime() { return host.processingTime(); },
  get firing() { return firing; },
${shape.keys.length > 0 ? '  get key() { return readKey(); },\n' : ''}${timersSource(shape.keys.length > 0)}${
  shape.states.length > 0 ? `  state: Object.freeze({\n${shape.states.map(stateSource).join('')}  }),\n` : ''
}});
${elementFunctions(shape)
  .map((name, input) => `const element${input} = user.${name};\n`)
  .join('')}${shape.inputs.map(rowsSource).join('')}return {
  processRows(run) {
    firing = null;
    ${shape.inputs.map((_, input) => `if (run.input === ${input}) return rows${input}(run);`).join('\n    ')}
  },
  onTimer(isEvent, timerSlot, time) {
    stamp = isEvent ? time : NONE;
    slot = timerSlot;
    firing = isEvent ? 'event' : 'processing';
    host.beat();
    user.onTimer(Number(time), context, out);
  },
};
})`;
}

/** The loop over the rows of a run of one input. */
function rowsSource(fields: readonly Field[], input: number): string {
  return `function rows${input}(run) {
  const { batch, slots, to } = run;
  const { columns, selection, timestamps } = batch;
${lanesSource(fields)}  let at = run.from;
  for (; at < to && output.collected < output.limit; at++) {
    const { u8, i32, i64, f32, f64 } = memory;
    const row = selection === 0 ? at : i32[(selection >>> 2) + at];
    stamp = timestamps === 0 ? NONE : i64[(timestamps >>> 3) + row];
    slot = slots === 0 ? 0 : i32[(slots >>> 2) + at];
    host.beat();
    element${input}(${rowSource(fields)}, context, out);
  }
  return at;
}
`;
}

function lanesSource(fields: readonly Field[]): string {
  return fields
    .map(
      (_, index) =>
        `  const d${index} = columns[${index}].data, n${index} = columns[${index}].nanos, v${index} = columns[${index}].validity;\n`,
    )
    .join('');
}

/** The object of a row. */
function rowSource(fields: readonly Field[]): string {
  return `{ ${fields.map(readColumn).join(', ')} }`;
}

/** A key of an object literal; computed, where a plain one would mean the prototype. */
function property(name: string): string {
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

function keySource(keys: readonly Field[]): string {
  if (keys.length === 0) return '';
  const members = keys.map(({ name }, index) => `${property(name)}: host.keyValue(slot, ${index})`);
  return `function readKey() { return { ${members.join(', ')} }; }`;
}

function timersSource(keyed: boolean): string {
  if (!keyed) return '';
  return `  timers: Object.freeze({
    registerEventTime(time) { timers.registerEventTime(slot, timeOf(time)); },
    registerProcessingTime(time) { timers.registerProcessingTime(slot, timeOf(time)); },
    deleteEventTime(time) { timers.deleteEventTime(slot, timeOf(time)); },
    deleteProcessingTime(time) { timers.deleteProcessingTime(slot, timeOf(time)); },
  }),
`;
}

function stateSource({ name, kind }: CodeState, index: number): string {
  const handle = `states[${index}]`;
  const methods: { readonly [K in CodeState['kind']]: string } = {
    value: `get() { return ${handle}.get(slot); }, set(value) { ${handle}.set(slot, value); }`,
    list: `get() { return Array.from(${handle}.get(slot)); }, add(value) { ${handle}.add(slot, value); },
      update(values) { ${handle}.update(slot, values); }`,
    map: `get(key) { return ${handle}.get(slot, key); }, has(key) { return ${handle}.has(slot, key); },
      put(key, value) { ${handle}.put(slot, key, value); }, remove(key) { ${handle}.remove(slot, key); },
      entries() { return Array.from(${handle}.entries(slot), (entry) => [entry[0], entry[1]]); }, isEmpty() { return ${handle}.isEmpty(slot); }`,
    reducing: `get() { return ${handle}.get(slot); }, add(value) { ${handle}.add(slot, value); }`,
    aggregating: `get() { return ${handle}.get(slot); }, add(value) { ${handle}.add(slot, value); }`,
  };
  return `    ${property(name)}: Object.freeze({ ${methods[kind]}, clear() { ${handle}.clear(slot); } }),\n`;
}
