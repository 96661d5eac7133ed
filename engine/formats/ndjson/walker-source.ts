/**
 * Writes the JavaScript that decodes lines of a predicted shape: keys compared four bytes at a time, ends of strings
 * taken from the bitmap of the scan, values stored straight into lanes. Whatever does not fit leaves the line to the
 * patient reader, so this code decides nothing; it only is fast.
 */
import type { LogicalType } from '../../types/logical-type.ts';
import type { SchemaPlan } from '../decode-plan.ts';
import type { TimestampFormat } from '../temporal-bytes.ts';
import type { KeyShape, LineShape } from './shape.ts';
import { type Emission, nullTest } from './walker-emission.ts';
import { emitValue } from './walker-values.ts';

const encoder = new TextEncoder();

/** Slots of the state array: where the walk stopped, heap bytes used, then a minute cache per timestamp column. */
export const STATE_POSITION = 0;
export const STATE_HEAP = 1;
export const STATE_CACHES = 2;
export const CACHE_SLOTS = 5;
/** Slots behind the data and nanosecond lanes in the `lanes` argument: stride of the validity lanes, page address, heap address. */
export const LANES_EXTRA = 3;

export interface WalkerCode {
  /** Body of a function of WALKER_PARAMETERS. */
  readonly source: string;
  readonly stateSlots: number;
}

/**
 * `bytes`, `marks` and `view` are windows on the page, `valid` one on the validity lanes; `u8 … f64` the whole memory. Decodes from `position` up to `end`
 * (behind a line end) or `rowsMax` rows, starting with row number `row`; returns the rows there are then.
 */
export const WALKER_PARAMETERS = 'bytes, marks, view, valid, u8, i32, f32, f64, lanes, state, helpers, position, end, row, rowsMax';

export function writeWalker(plan: SchemaPlan, shape: LineShape, format: TimestampFormat, lineBytesMax: number): WalkerCode {
  const emission: Emission = { lines: [], plan, shape, format, caches: timestampCaches(plan) };
  emitObject(emission, shape.keys, -1);
  const stateSlots = STATE_CACHES + CACHE_SLOTS * emission.caches.size;
  const count = plan.flat.length;
  const used = plan.flat.filter((one) => one.required && one.type.kind !== 'ROW');
  const cacheNames = [...emission.caches.values()].flatMap((slot) => Array.from({ length: CACHE_SLOTS }, (_unused, index) => slot + index));
  const source = [
    "'use strict';",
    `const stride = lanes[${2 * count}] | 0, pageAddress = lanes[${2 * count + 1}], heapAddress = lanes[${2 * count + 2}];`,
    ...used.map((one) => `const d${one.index} = lanes[${one.index}] >>> ${laneShift(one.type)};`),
    ...used.map((one) => `const n${one.index} = lanes[${count + one.index}] >>> 2;`),
    ...cacheNames.map((slot) => `let t${slot} = state[${slot}]${isWordSlot(slot) ? ' | 0' : ''};`),
    `let heap = state[${STATE_HEAP}], heapStart = heap;`,
    'let p = position, start = position, q = 0, s = 0, w = 0, m = 0, c = 0, v = 0, d = 0, x = 0, k = 0, r = 0;',
    'line: while (row < rowsMax && p < end) {',
    'if (bytes[p] !== 123) break line;',
    ...emission.lines,
    'if (bytes[p] === 13) p++;',
    `if (bytes[p] !== 10 || p - start > ${lineBytesMax}) break line;`,
    'start = ++p; heapStart = heap; row++;',
    '}',
    `state[${STATE_POSITION}] = start; state[${STATE_HEAP}] = heapStart;`,
    ...cacheNames.map((slot) => `state[${slot}] = t${slot};`),
    'return row;',
  ].join('\n');
  return { source, stateSlots };
}

/** Lanes are addressed by entry, so that an index is always a small integer. */
function laneShift(type: LogicalType): number {
  return type.kind === 'BOOLEAN' ? 0 : type.kind === 'DOUBLE' ? 3 : 2;
}

/** Slots that hold four characters of a timestamp rather than its milliseconds. */
function isWordSlot(slot: number): boolean {
  return (slot - STATE_CACHES) % CACHE_SLOTS !== CACHE_SLOTS - 1;
}

function timestampCaches(plan: SchemaPlan): Map<number, number> {
  const caches = new Map<number, number>();
  for (const one of plan.flat) {
    if (one.type.kind === 'TIMESTAMP') caches.set(one.index, STATE_CACHES + CACHE_SLOTS * caches.size);
  }
  return caches;
}

/**
 * Members of one object. `p` stands on the opening brace and ends behind the closing one. `next<id>` counts the keys of
 * the shape that have been dealt with; keys left out on the way are null.
 */
function emitObject(emission: Emission, keys: readonly KeyShape[], id: number): void {
  const { lines } = emission;
  const label = id < 0 ? 'top' : `o${id}`;
  lines.push(`let k${label} = 0; p++;`, `${label}: {`, `if (bytes[p] === 125) { p++; break ${label}; }`);
  keys.forEach((key, position) => {
    const token = keyToken(key.key, emission.shape.blankAfterColon);
    lines.push(`if (${tokenTest(token)}) {`, `p += ${token.length};`);
    emitMember(emission, key);
    lines.push(`c = bytes[p];`);
    if (position < keys.length - 1) {
      lines.push(
        `if (c === 44) { ${emission.shape.blankAfterComma ? 'if (bytes[p + 1] !== 32) break line; p += 2;' : 'p++;'} }`,
        `else if (c === 125) { p++; k${label} = ${position + 1}; break ${label}; } else break line;`,
      );
    } else lines.push(`if (c !== 125) break line; p++; k${label} = ${keys.length}; break ${label};`);
    const missing = emitMissing(key);
    lines.push('}', missing === '' ? '' : `else { ${missing} }`);
  });
  lines.push('break line;', '}');
  if (keys.length > 0) {
    lines.push(`if (k${label} !== ${keys.length}) switch (k${label}) {`);
    keys.forEach((key, position) => {
      lines.push(`case ${position}: ${emitMissing(key)}`);
    });
    lines.push('}');
  }
}

function emitMember(emission: Emission, key: KeyShape): void {
  const { lines } = emission;
  if (key.plan === null) {
    lines.push('p = helpers.skip(bytes, p, end); if (p < 0) break line;');
    return;
  }
  if (key.plan.type.kind === 'ROW') {
    lines.push('if (bytes[p] === 123) {');
    emitObject(emission, key.children, key.plan.index);
    lines.push(`} else if (${nullTest(key.plan)}) { p += 4; ${emitMissing(key)} } else break line;`);
    return;
  }
  emitValue(emission, key.plan);
}

/** Code for a key that the line does not have. */
function emitMissing(key: KeyShape): string {
  const { plan } = key;
  if (plan === null) return '';
  if (!plan.type.nullable) return 'break line;';
  if (plan.end === plan.index + 1) return `valid[${plan.index} * stride + row] = 0;`;
  return `for (m = ${plan.index}; m < ${plan.end}; m++) valid[m * stride + row] = 0;`;
}

function keyToken(key: string, blank: boolean): Uint8Array {
  return encoder.encode(`${JSON.stringify(key)}:${blank ? ' ' : ''}`);
}

/** Compares the bytes at `p` with a token; the last word overlaps the one before it. */
function tokenTest(token: Uint8Array): string {
  const view = new DataView(token.buffer, token.byteOffset, token.byteLength);
  if (token.length < 4) return Array.from(token, (byte, index) => `bytes[p + ${index}] === ${byte}`).join(' && ');
  const offsets: number[] = [];
  for (let offset = 0; offset + 4 <= token.length; offset += 4) offsets.push(offset);
  if (token.length % 4 !== 0) offsets.push(token.length - 4);
  return offsets.map((offset) => `view.getInt32(p + ${offset}, true) === ${view.getInt32(offset, true)}`).join(' && ');
}
