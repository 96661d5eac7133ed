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

import { type CodeShape, elementFunctions } from '../../spec/custom-code/code-types.ts';
import type { Field } from '../../types/logical-type.ts';
import { FAILING, lanesSource, NUMBERS, property, putSource, READING, rowSource } from './column-source.ts';
import { statesSource } from './state-source.ts';

/** `(function (host, user) { … })`, which answers `{ processRows, onTimer }`. */
export function driverSource(shape: CodeShape): string {
  return `(function (host, user) {
'use strict';
const { memory, output, ports, states, timers } = host;
${NUMBERS}let stamp = NONE;
let slot = 0;
let firing = null;
${FAILING}${READING}function timeOf(value) {
  if (typeof value !== 'number' || !isSafeInteger(value)) fail('a timer is a whole number of milliseconds, not ' + host.show(value));
  return BigInt(value);
}
${putSource(shape.output)}${keySource(shape.keys)}
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
${shape.keys.length > 0 ? '  get key() { return readKey(); },\n' : ''}${timersSource(shape.keys.length > 0)}${statesSource(shape.states)}});
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
