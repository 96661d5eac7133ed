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

import { type CodeShape, elementFunction, elementFunctions, isKeyed } from '../../spec/custom-code/code-types.ts';
import type { Field } from '../../types/logical-type.ts';
import { FAILING, lanesSource, NUMBERS, property, putSource, READING, rowSource } from './column-source.ts';
import { statesSource } from './state-source.ts';

const TIMES = `  get timestamp() { return stamp === NONE ? null : Number(stamp); },
  get watermark() { return host.watermark(); },
  get processingTime() { return host.processingTime(); },
  get firing() { return firing; },
`;

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
${putSource(shape.output)}${keySource(shape.keys, slotOf(shape))}
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
${TIMES}${shape.keys.length > 0 ? '  get key() { return readKey(); },\n' : ''}${timersSource(shape.keys.length > 0, slotOf(shape))}${statesSource(shape.states, { slot: slotOf(shape), writesBroadcast: false })}});
${broadcastSource(shape)}${elementFunctions(shape)
  .map((name, input) => `const element${input} = user.${name};\n`)
  .join('')}${shape.inputs.map((fields, input) => rowsSource(fields, input, input === shape.broadcastInput)).join('')}return {
  processRows(run) {
    firing = null;
    ${shape.broadcastInput === undefined ? '' : `broadcasting = run.input === ${shape.broadcastInput};\n    `}${shape.inputs.map((_, input) => `if (run.input === ${input}) return rows${input}(run);`).join('\n    ')}
  },
  onTimer(isEvent, timerSlot, time) {
    stamp = isEvent ? time : NONE;
    slot = timerSlot;
    ${shape.broadcastInput === undefined ? '' : 'broadcasting = false;'}
    firing = isEvent ? 'event' : 'processing';
    host.beat();
    user.onTimer(Number(time), context, out);
  },
};
})`;
}

/** The loop over the rows of a run of one input. */
function rowsSource(fields: readonly Field[], input: number, isBroadcast: boolean): string {
  return `function rows${input}(run) {
  const { batch, slots, to } = run;
  const { columns, selection, timestamps } = batch;
${lanesSource(fields)}  let at = run.from;
  for (; at < to && output.collected < output.limit; at++) {
    const { u8, i32, i64, f32, f64 } = memory;
    const row = selection === 0 ? at : i32[(selection >>> 2) + at];
    stamp = timestamps === 0 ? NONE : i64[(timestamps >>> 3) + row];
    slot = ${isBroadcast ? '-1' : 'slots === 0 ? 0 : i32[(slots >>> 2) + at]'};
    host.beat();
    element${input}(${rowSource(fields)}, ${isBroadcast ? 'broadcastContext' : 'context'}, out);
  }
  return at;
}
`;
}

/** Behind a broadcast input code may hold on to a context of a key that it has no longer. */
function slotOf({ broadcastInput, keys }: CodeShape): string {
  return broadcastInput === undefined || keys.length === 0 ? 'slot' : 'keySlot()';
}

/** What the function of a broadcast input is given, and what keeps the others from writing broadcast state. */
function broadcastSource({ broadcastInput, states, keys }: CodeShape): string {
  if (broadcastInput === undefined) return '';
  const keyed = states.flatMap((state, index) => (isKeyed(state) ? [[state.name, index] as const] : []));
  const walk = keys.length > 0 && keyed.length > 0;
  return `let broadcasting = false;
function writing() {
  if (!broadcasting) fail('broadcast state is written in ${elementFunction(broadcastInput, 2)} only, as every subtask must write the same');
}
${walk ? `const keyedStates = new Map(${JSON.stringify(keyed)});\n` : ''}const broadcastContext = Object.freeze({
${TIMES}${walk ? APPLY : ''}${statesSource(states, { slot: '0', writesBroadcast: true }, (state) => !isKeyed(state))}});
`;
}

/** Each call of the function sees the state of one key; keys that keep nothing any more are given up behind it. */
const APPLY = `  applyToKeyedState(name, apply) {
    const index = keyedStates.get(name);
    if (index === undefined) fail('there is no keyed state ' + host.show(name));
    if (typeof apply !== 'function') fail('what is applied to keyed state is a function, not ' + host.show(apply));
    writing();
    const before = slot;
    try {
      for (const each of host.slotsOf(index)) {
        slot = each;
        host.beat();
        apply(readKey(), context.state[name]);
        host.releaseKey(each);
      }
    } finally {
      slot = before;
    }
  },
`;

function keySource(keys: readonly Field[], slot: string): string {
  if (keys.length === 0) return '';
  const guard = `function keySlot() {
  if (slot < 0) fail('there is no key here: rows of the broadcast input have none');
  return slot;
}
`;
  const members = keys.map(({ name }, index) => `${property(name)}: host.keyValue(slot, ${index})`);
  const checked = slot === 'slot' ? '' : guard;
  const first = slot === 'slot' ? '' : `${slot}; `;
  return `${checked}function readKey() { ${first}return { ${members.join(', ')} }; }`;
}

function timersSource(keyed: boolean, slot: string): string {
  if (!keyed) return '';
  return `  timers: Object.freeze({
    registerEventTime(time) { timers.registerEventTime(${slot}, timeOf(time)); },
    registerProcessingTime(time) { timers.registerProcessingTime(${slot}, timeOf(time)); },
    deleteEventTime(time) { timers.deleteEventTime(${slot}, timeOf(time)); },
    deleteProcessingTime(time) { timers.deleteProcessingTime(${slot}, timeOf(time)); },
  }),
`;
}
