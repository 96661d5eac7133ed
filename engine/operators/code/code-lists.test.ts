/** Operator lists of custom code: without a key and beside one, over restores at another parallelism, as Flink deals them out. */
import { expect, test } from 'vitest';
import { Harness } from '../../../test/conformance/operators/harness.ts';
import type { JsonObject } from '../../base/json.ts';
import { process } from '../../nodes/transforms/process/node.ts';
import { createOperator, createStored } from '../../nodes/transforms/process/operator.ts';
import { readConfig } from '../../spec/read-config.ts';
import { STRING } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';

const ROWS: Schema = { fields: [{ name: 'text', type: STRING }] };
/** A row is added to both lists; "?" asks what they hold. */
const CODE = `function processElement({ text }: Row, { state }: Context, out: Output) {
  if (text === "?") return out.emit({ text: state.own.get().map(({ at }) => at).join("") + "/" + state.all.get().join("") });
  state.own.add({ at: text });
  state.all.update([...state.all.get(), text ?? "-"]);
}`;
const STATES: readonly JsonObject[] = [
  { name: 'own', kind: 'operator-list', type: 'ROW<at STRING>' },
  { name: 'all', kind: 'operator-list', type: 'STRING', redistribution: 'union' },
];

const configOf = (states: readonly JsonObject[], keys: readonly string[] = []) =>
  readConfig(process.fields, { code: CODE, states: [...states], keys: [...keys] }).config;

function started(config = configOf(STATES)) {
  let current = config;
  let stored = false;
  const harness = new Harness({
    create: (context) => (stored ? createStored : createOperator)(current, context),
    inputSchemas: [ROWS],
    outputSchemas: [ROWS],
    keys: [[0]],
    broadcastInputs: [0],
  });
  const tell = (...texts: string[]): string[] =>
    harness
      .element(
        texts.map((text) => [text]),
        texts.map(() => null),
      )
      .flatMap((each) => (each.kind === 'row' ? [String(each.values[0])] : []));
  const restoreInto = (changed: readonly JsonObject[], keys?: readonly string[]): void => {
    current = configOf(changed, keys);
    stored = true;
    harness.restore(1);
  };
  return { harness, tell, restoreInto };
}

test('1 → 2 → 3 → 1: a split list goes on in stretches, of a union everybody has all', () => {
  const { harness, tell } = started();
  tell('a', 'b', 'c', 'd', 'e');
  expect(tell('?')).toEqual(['abcde/abcde']);
  harness.restore(1);
  expect(tell('?')).toEqual(['abcde/abcde']);
  harness.restore(2);
  expect(tell('?')).toEqual(['abc/abcde', 'de/abcde']);
  tell('f');
  harness.restore(2);
  expect(tell('?')).toEqual(['abcf/abcdefabcdef', 'def/abcdefabcdef']);
  harness.restore(3);
  expect(tell('?').map((held) => held.split('/')[0])).toEqual(['abc', 'fd', 'ef']);
  harness.restore(1);
  expect(tell('?')[0].split('/')[0]).toBe('abcfdef');
  harness.close();
});

test('stored lists are held against what the node declares, without its code', () => {
  const grown = [...STATES, { name: 'more', kind: 'operator-list', type: 'INT' }];
  for (const [states, refused] of [
    [STATES, null],
    [grown, null],
    [[STATES[0]], 'union list all (VARCHAR)'],
    [[STATES[0], { ...STATES[1], redistribution: 'split' }], 'union list all (VARCHAR)'],
    [[{ ...STATES[0], type: 'STRING' }, STATES[1]], 'split list own (ROW<VARCHAR>)'],
  ] as const) {
    const { tell, restoreInto } = started();
    tell('a');
    if (refused === null) expect(() => restoreInto(states)).not.toThrow();
    else expect(() => restoreInto(states)).toThrow(`the stored state is that of ${refused}`);
  }
});

test('a value of another type fails, with the line of the code', () => {
  const { tell } = started(configOf([{ ...STATES[0], type: 'ROW<at INT>' }, STATES[1]]));
  expect(() => tell('a')).toThrow(/line 3.*"at" of state "own" is INT and cannot hold "a"/);
});
