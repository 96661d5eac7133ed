/** Generated code around a source that a person wrote: positions cross as JSON text, rows that leave are written into columns. */
import type { CodeState } from '../../spec/custom-code/code-types.ts';
import type { Field } from '../../types/logical-type.ts';
import { FAILING, NUMBERS, putSource } from './column-source.ts';
import { statesSource } from './state-source.ts';

/** Whole numbers of any size stand in JSON as an object with this member. */
const BIG = '$bigint';
const DEPTH_MAX = 100;

/** `(function (host, user) { … })`, which answers `{ read(position) }`: the text of the next position, null at the end. */
export function sourceDriver(fields: readonly Field[], states: readonly CodeState[]): string {
  return `(function (host, user) {
'use strict';
const { memory, output, ports, states } = host;
const slot = 0;
const { parse, stringify } = JSON;
const { isArray } = Array;
${NUMBERS}const stamp = NONE;
${FAILING}${putSource(fields)}
const out = Object.freeze({ emit(row) { put(ports[0], row); } });
const context = Object.freeze({
  get split() { return host.split(); },
  get splits() { return host.splits; },
  get processingTime() { return host.processingTime(); },
  wait(ms) {
    if (typeof ms !== 'number' || !(ms >= 0)) fail('a source waits a number of milliseconds, not ' + host.show(ms));
    host.wait(ms);
  },
${statesSource(states)}});
function packed(value, depth) {
  if (depth > ${DEPTH_MAX}) fail('a position is nested deeper than ${DEPTH_MAX}');
  if (typeof value === 'bigint') return { ${BIG}: String(value) };
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value;
  if (isArray(value)) return value.map((each) => packed(each, depth + 1));
  const plain = typeof value === 'object' && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
  if (!plain) fail('a position is made of numbers, texts, true, false, null, lists and objects, not of ' + host.show(value));
  return Object.fromEntries(Object.keys(value).filter((name) => value[name] !== undefined).map((name) => [name, packed(value[name], depth + 1)]));
}
function unpacked(_name, value) {
  return typeof value === 'object' && value !== null && typeof value.${BIG} === 'string' ? BigInt(value.${BIG}) : value;
}
return {
  read(position) {
    const next = user.read(position === null ? null : parse(position, unpacked), context, out);
    return next === null || next === undefined ? null : stringify(packed(next, 0));
  },
};
})`;
}
