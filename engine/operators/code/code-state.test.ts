/** State of custom code: every kind with a time to live that is exact across restores, and functions of the code that are missing or wrong. */
import { expect, test } from 'vitest';
import { Harness } from '../../../test/conformance/operators/harness.ts';
import type { JsonObject } from '../../base/json.ts';
import { process } from '../../nodes/transforms/process/node.ts';
import { createOperator } from '../../nodes/transforms/process/operator.ts';
import { readConfig } from '../../spec/read-config.ts';
import { BIGINT, STRING } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';

const INPUT: Schema = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'value', type: BIGINT },
  ],
};
const OUTPUT: Schema = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'seen', type: STRING },
  ],
};
/** A row with a value writes it to every state, a row without one tells what they hold. */
const CODE = `const states: StateFunctions = {
  most: (kept, added) => (added > kept ? added : kept),
  mean: {
    createAccumulator: () => ({ sum: 0n, rows: 0 }),
    add: (value, { sum, rows }) => ({ sum: sum + value, rows: rows + 1 }),
    getResult: ({ sum, rows }) => Number(sum) / rows,
  },
};
function processElement({ key, value }: Row, { state }: Context, out: Output) {
  if (value === null) {
    const named = state.named.entries().map(([name, each]) => name + "=" + each);
    const seen = [state.last.get(), state.all.get(), named, state.most.get(), state.mean.get()];
    return out.emit({ key, seen: seen.map((each) => (Array.isArray(each) ? "[" + each + "]" : String(each))).join(" ") });
  }
  state.last.set(value);
  state.all.add(value);
  state.named.put("n" + value, value);
  state.most.add(value);
  state.mean.add(value);
}`;

/** A process node with one state of every kind. */
function config(state: JsonObject, code = CODE) {
  const kinds: JsonObject[] = [
    { name: 'last', kind: 'value' },
    { name: 'all', kind: 'list' },
    { name: 'named', kind: 'map' },
    { name: 'most', kind: 'reducing' },
    { name: 'mean', kind: 'aggregating', addedType: 'BIGINT', type: 'ROW<sum BIGINT NOT NULL, rows INT NOT NULL>' },
  ];
  const columns = ['key', 'seen'].map((name) => ({ name, type: 'STRING' }));
  return readConfig(process.fields, { keys: ['key'], code, columns, states: kinds.map((kind) => ({ ...kind, ...state })) }).config;
}

class Told {
  private readonly harness: Harness;

  constructor(given: ReturnType<typeof config>) {
    this.harness = new Harness({
      create: (context) => createOperator(given, context),
      inputSchemas: [INPUT],
      outputSchemas: [OUTPUT],
      keys: [[0]],
    });
  }

  at(nowMs: number): this {
    this.harness.processingTime(BigInt(nowMs));
    return this;
  }

  write(...rows: readonly (readonly [string, bigint])[]): void {
    this.harness.element(
      rows,
      rows.map(() => null),
    );
  }

  read(key: string): unknown {
    const [emission] = this.harness.element([[key, null]], [null]);
    return emission.kind === 'row' ? emission.values[1] : null;
  }

  restore(parallelism: number): void {
    this.harness.restore(parallelism);
  }

  close(): void {
    this.harness.close();
  }
}

const KEYS = ['a', 'b', 'c', 'd'];

test.each([1, 2, 3])('what is written expires at its own time, also behind a restore with %d subtasks', (parallelism) => {
  const told = new Told(config({ forgetAfter: '100 ms' }));
  told.at(1000).write(...KEYS.map((key) => [key, 1n] as const));
  told.at(1050).write(['a', 4n]);
  told.at(1060).restore(parallelism);
  expect(told.at(1099).read('b')).toBe('1 [1] [n1=1] 1 1');
  expect(told.read('a')).toBe('4 [1,4] [n1=1,n4=4] 4 2.5');
  expect(told.at(1100).read('b')).toBe('null [] [] null null');
  // Of a list and a map the elements expire one by one; the others were written anew.
  expect(told.read('a')).toBe('4 [4] [n4=4] 4 2.5');
  told.restore(1);
  expect(told.at(1149).read('a')).toBe('4 [4] [n4=4] 4 2.5');
  expect(told.at(1150).read('a')).toBe('null [] [] null null');
  expect(KEYS.map((key) => told.read(key))).toEqual(KEYS.map(() => 'null [] [] null null'));
  told.close();
});

test.each([1, 2])('a read renews where reads count, also behind a restore with %d subtasks', (parallelism) => {
  const told = new Told(config({ forgetAfter: '100 ms', forgetFrom: 'OnReadAndWrite' }));
  told.at(1000).write(['a', 1n], ['b', 2n]);
  expect(told.at(1090).read('a')).toBe('1 [1] [n1=1] 1 1');
  told.restore(parallelism);
  expect(told.at(1189).read('b')).toBe('null [] [] null null');
  expect(told.read('a')).toBe('1 [1] [n1=1] 1 1');
  expect(told.at(1289).read('a')).toBe('null [] [] null null');
  told.close();
});

test('what has expired may be read once, where that is wanted', () => {
  const told = new Told(config({ forgetAfter: '100 ms', forgotten: 'ReturnExpiredIfNotCleanedUp' }));
  told.at(1000).write(['a', 1n]);
  told.restore(2);
  expect(told.at(5000).read('a')).toBe('1 [1] [n1=1] 1 1');
  expect(told.read('a')).toBe('null [] [] null null');
  told.close();
});

test.each([
  ['added > kept ? added : kept', '"much"', 'line 18, column 14: TypeError: what states.most answers is BIGINT and cannot hold "much"'],
  ['rows: rows + 1', 'rows: rows + 0.5', '"rows" of what states.mean.add answers is INT and cannot hold 0.5'],
  ['Number(sum) / rows', 'String(sum)', 'what states.mean.getResult answers is DOUBLE and cannot hold "2"'],
  ['most: (kept', 'less: (kept', '“states.most” must be a function'],
  ['getResult:', 'result:', '“states.mean.getResult” must be a function'],
])('%s → %s is refused', (right, wrong, words) => {
  expect(() => {
    const told = new Told(config({}, CODE.replace(right, wrong)));
    told.write(['a', 1n], ['a', 1n]);
    told.read('a');
  }).toThrow(words);
});
