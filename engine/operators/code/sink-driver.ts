/** Generated code around a sink that a person wrote: a batch becomes a list of row objects, and lines become text. */
import type { CodeState } from '../../spec/custom-code/code-types.ts';
import type { Field } from '../../types/logical-type.ts';
import { FAILING, lanesSource, READING, rowSource } from './column-source.ts';
import { statesSource } from './state-source.ts';

/** `(function (host, user) { … })`, which answers `{ write(batch), call(name) }`; both answer the text of the lines that were written. */
export function sinkDriver(fields: readonly Field[], states: readonly CodeState[]): string {
  return `(function (host, user) {
'use strict';
const { memory, states } = host;
const slot = 0;
let lines = [];
${FAILING}${READING}const context = Object.freeze({
  get subtask() { return host.subtask; },
  get subtasks() { return host.subtasks; },
  get processingTime() { return host.processingTime(); },
  writeLine(line) {
    if (typeof line !== 'string') fail('a line is a text, not ' + host.show(line));
    lines.push(line);
  },
${statesSource(states)}});
function taken() {
  if (lines.length === 0) return '';
  const text = lines.join('\\n') + '\\n';
  lines = [];
  return text;
}
return {
  write(batch) {
    const { columns, selection, selectedCount } = batch;
    const { u8, i32, i64, f32, f64 } = memory;
${lanesSource(fields)}    const rows = [];
    for (let at = 0; at < selectedCount; at++) {
      const row = selection === 0 ? at : i32[(selection >>> 2) + at];
      rows.push(${rowSource(fields)});
    }
    host.beat();
    user.write(rows, context);
    return taken();
  },
  call(name) {
    user[name](context);
    return taken();
  },
};
})`;
}
