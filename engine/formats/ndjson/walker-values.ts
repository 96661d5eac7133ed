/** Writes the JavaScript that reads one value of a predicted type and stores it; part of walker-source.ts. */
import type { DecodePlan } from '../decode-plan.ts';
import { type Emission, nullTest, storeNull } from './walker-emission.ts';

const INTEGER_BOUNDS: Readonly<Record<string, number>> = { TINYINT: 127, SMALLINT: 32767 };

/** `p` stands on the value's first byte and ends behind its last. Anything unusual: `break line`. */
export function emitValue(emission: Emission, plan: DecodePlan): void {
  const { lines } = emission;
  switch (plan.type.kind) {
    case 'CHAR':
    case 'VARCHAR':
      emitString(lines, plan);
      return;
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
      emitInteger(lines, plan);
      return;
    case 'FLOAT':
    case 'DOUBLE':
      emitFloating(lines, plan);
      return;
    case 'BOOLEAN':
      emitBoolean(lines, plan);
      return;
    case 'TIMESTAMP':
      emitTimestamp(emission, plan);
      return;
    case 'DECIMAL':
      if (plan.type.precision <= 18) emitDecimal(lines, plan, plan.type.precision, plan.type.scale);
      else emitPatient(lines, plan);
      return;
    default:
      emitPatient(lines, plan);
  }
}

/** Types that are not worth code of their own: a call that decodes just this value. */
function emitPatient(lines: string[], plan: DecodePlan): void {
  lines.push(
    `if (${nullTest(plan)}) { p += 4; ${storeNull(plan)} }`,
    `else { helpers.heapUsed = heap; p = helpers.value(${plan.index}, p, end, row); if (p < 0) break line; heap = helpers.heapUsed; }`,
  );
}

/** Sets `q` to the next marked byte at or behind `p`. */
const FIND_MARK =
  'w = p >> 5; m = marks[w] >> p; if (m !== 0) q = p + 31 - Math.clz32(m & (0 - m)); else { do m = marks[++w]; while (m === 0); q = (w << 5) + 31 - Math.clz32(m & (0 - m)); }';

function emitString(lines: string[], plan: DecodePlan): void {
  const store = (address: string, length: string) =>
    plan.required ? `r = d${plan.index} + 2 * row; i32[r] = ${address}; i32[r + 1] = ${length};` : '';
  lines.push(
    'if (bytes[p] === 34) {',
    `p++; ${FIND_MARK}`,
    `if (bytes[q] === 34) { ${store('pageAddress + p | 0', 'q - p')} p = q + 1; }`,
    'else {',
    'if (bytes[q] !== 92) break line;',
    's = helpers.unescape(u8, pageAddress + p, pageAddress + end, heapAddress + heap); if (s < 0) break line;',
    `${store('heapAddress + heap | 0', 's')} heap += s; p = helpers.unescapedEnd() - pageAddress;`,
    '}',
    `} else if (${nullTest(plan)}) { p += 4; ${storeNull(plan)} } else break line;`,
  );
}

/** Reads an optional sign and up to nine digits into `v`; `s` is the first digit. The digit behind them, if any, is in `d`. */
const READ_NINE_DIGITS = [
  'c = bytes[p]; x = 0; if (c === 45) { x = 1; c = bytes[++p]; }',
  'v = c - 48; s = p;',
  'if (v >>> 0 < 10) {',
  'q = p + 9; while ((d = bytes[++p] - 48) >>> 0 < 10 && p < q) v = v * 10 + d | 0;',
  'if (c === 48 && p > s + 1) break line;',
];

function emitInteger(lines: string[], plan: DecodePlan): void {
  const bound = INTEGER_BOUNDS[plan.type.kind];
  lines.push(...READ_NINE_DIGITS);
  if (plan.type.kind === 'BIGINT') {
    const entry = `r = d${plan.index} + 2 * row;`;
    lines.push(
      'if (d >>> 0 < 10) {',
      'k = v; do k = k * 10 + d; while ((d = bytes[++p] - 48) >>> 0 < 10);',
      'if (p - s > 15) break line;',
      'if (x === 1) k = -k;',
      plan.required ? `${entry} i32[r] = k | 0; i32[r + 1] = Math.floor(k * 2.3283064365386963e-10);` : '',
      `} else { if (x === 1) v = -v | 0; ${plan.required ? `${entry} i32[r] = v; i32[r + 1] = v >> 31;` : ''} }`,
    );
  } else {
    lines.push('if (d >>> 0 < 10) break line;', 'if (x === 1) v = -v | 0;');
    if (bound !== undefined) lines.push(`if (v > ${bound} || v < ${-bound - 1}) break line;`);
    if (plan.required) lines.push(`i32[d${plan.index} + row] = v;`);
  }
  lines.push(`} else if (${nullTest(plan)}) { p += 4; ${storeNull(plan)} } else break line;`);
}

/** Digits with an optional fraction into `k` (as an integer), digits of the fraction in `w`; at most 15 digits, else `otherwise`. */
function readMantissa(otherwise: string): string[] {
  return [
    'c = bytes[p]; x = 0; if (c === 45) { x = 1; c = bytes[++p]; }',
    's = p; k = c - 48;',
    'if (k >>> 0 < 10) {',
    'while ((d = bytes[++p] - 48) >>> 0 < 10) k = k * 10 + d;',
    'if (c === 48 && p > s + 1) break line;',
    'w = 0; q = p - s;',
    'if (d === -2) {',
    'w = ++p; d = bytes[p] - 48; if (d >>> 0 > 9) break line;',
    'do k = k * 10 + d; while ((d = bytes[++p] - 48) >>> 0 < 10);',
    'w = p - w; q += w;',
    '}',
    `if (q > 15 || (bytes[p] | 32) === 101) { ${otherwise} }`,
  ];
}

function emitFloating(lines: string[], plan: DecodePlan): void {
  const lane = plan.type.kind === 'FLOAT' ? `f32[d${plan.index} + row]` : `f64[d${plan.index} + row]`;
  lines.push(
    ...readMantissa('p = helpers.number(bytes, s, end); if (p < 0) break line; k = helpers.numberValue(); w = 0;'),
    'if (w !== 0) k = k / helpers.powers[w];',
    'if (x === 1) k = -k;',
    plan.required ? `${lane} = k;` : '',
    `} else if (${nullTest(plan)}) { p += 4; ${storeNull(plan)} } else break line;`,
  );
}

function emitDecimal(lines: string[], plan: DecodePlan, precision: number, scale: number): void {
  lines.push(
    ...readMantissa('break line;'),
    `if (w > ${scale} || q + ${scale} - w > 15) break line;`,
    `k = k * helpers.powers[${scale} - w];`,
    `if (k >= ${10 ** precision}) break line;`,
    'if (x === 1) k = -k;',
    plan.required ? `r = d${plan.index} + 2 * row; i32[r] = k | 0; i32[r + 1] = Math.floor(k * 2.3283064365386963e-10);` : '',
    `} else if (${nullTest(plan)}) { p += 4; ${storeNull(plan)} } else break line;`,
  );
}

function emitBoolean(lines: string[], plan: DecodePlan): void {
  const store = (value: number) => (plan.required ? `u8[d${plan.index} + row] = ${value};` : '');
  lines.push(
    'v = view.getInt32(p, true);',
    `if (v === 0x65757274) { p += 4; ${store(1)} }`,
    `else if (v === 0x736c6166 && bytes[p + 4] === 101) { p += 5; ${store(0)} }`,
    `else if (${nullTest(plan)}) { p += 4; ${storeNull(plan)} } else break line;`,
  );
}

/**
 * `"YYYY-MM-DDTHH:mm:ss.SSS"`: the first 16 characters are compared with those of the last value, whose epoch
 * milliseconds are kept, so that only seconds and milliseconds are read. Other lengths are read by a helper.
 */
function emitTimestamp(emission: Emission, plan: DecodePlan): void {
  const { lines } = emission;
  const cache = emission.caches.get(plan.index) ?? 0;
  const words = [0, 1, 2, 3];
  const nanos = `i32[n${plan.index} + row]`;
  const hasNanos = plan.required && plan.type.kind === 'TIMESTAMP' && plan.type.precision > 3;
  lines.push(
    'if (bytes[p] === 34) {',
    'if (bytes[p + 24] === 34) {',
    `if (${words.map((word) => `view.getInt32(p + ${1 + 4 * word}, true) !== t${cache + word}`).join(' || ')}) {`,
    'k = helpers.minute(bytes, p + 1); if (k !== k) break line;',
    ...words.map((word) => `t${cache + word} = view.getInt32(p + ${1 + 4 * word}, true);`),
    `t${cache + 4} = k;`,
    '}',
    'if (bytes[p + 17] !== 58 || bytes[p + 20] !== 46) break line;',
    'v = bytes[p + 18] - 48; d = bytes[p + 19] - 48; if (v >>> 0 > 5 || d >>> 0 > 9) break line; v = v * 10 + d | 0;',
    'd = bytes[p + 21] - 48; if (d >>> 0 > 9) break line; v = v * 10 + d | 0;',
    'd = bytes[p + 22] - 48; if (d >>> 0 > 9) break line; v = v * 10 + d | 0;',
    'd = bytes[p + 23] - 48; if (d >>> 0 > 9) break line; v = v * 10 + d | 0;',
    `k = t${cache + 4} + v; p += 25;`,
    hasNanos ? `${nanos} = 0;` : '',
    '} else {',
    `p++; ${FIND_MARK}`,
    'if (bytes[q] !== 34) break line;',
    'k = helpers.timestamp(bytes, p, q); if (k !== k) break line; p = q + 1;',
    hasNanos ? `${nanos} = helpers.nanosOfMilli();` : '',
    '}',
    plan.required ? `r = d${plan.index} + 2 * row; i32[r] = k | 0; i32[r + 1] = Math.floor(k * 2.3283064365386963e-10);` : '',
    `} else if (${nullTest(plan)}) { p += 4; ${storeNull(plan)} } else break line;`,
  );
}
