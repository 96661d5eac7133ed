/**
 * The pattern node: the same rows whatever the sizes of batches, the marks inside them, the room for output, and the points at which the operator is
 * thrown away and restored, at the same parallelism or another. Conditions look back, keys and measures are text.
 */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../engine/base/json.ts';
import { SeededRandom } from '../../engine/base/random.ts';
import type { ColumnValue } from '../../engine/columnar/column-value.ts';
import { pattern } from '../../engine/nodes/patterns/pattern/node.ts';
import { createOperator } from '../../engine/nodes/patterns/pattern/operator.ts';
import type { CepOperator } from '../../engine/operators/cep/cep-operator.ts';
import { WATERMARK_MAX } from '../../engine/operators/operator.ts';
import { readConfig } from '../../engine/spec/read-config.ts';
import { BIGINT, STRING, timestampType } from '../../engine/types/make-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { SubtaskEmission } from '../conformance/operators/harness.ts';
import { Harness } from '../conformance/operators/harness.ts';
import { throughRows } from '../support/savepoint-of.ts';

const SEED = Number(process.env.MILLRACE_SEED ?? 20261122);
const ROUNDS = 6;
const ROWS = 70;
const NANOS = 1_000_000n;
const INPUT: Schema = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'amount', type: BIGINT },
    { name: 'word', type: STRING },
    { name: 'at', type: timestampType(3) },
  ],
  rowtime: 'at',
};
const measures = [
  { name: 'first_word', expression: "FIRST(up.word) || '-' || LAST(up.word)" },
  { name: 'rows', expression: 'COUNT(up.amount)' },
  { name: 'total', expression: 'SUM(up.amount) + stop.amount' },
  { name: 'least', expression: 'MIN(up.word)' },
];
const CONFIGS: { readonly [name: string]: JsonObject } = {
  'a rising run, skipping': {
    keys: ['key'],
    steps: [
      {
        name: 'up',
        condition: 'LAST(up.amount, 1) IS NULL OR amount > LAST(up.amount, 1)',
        times: 'at-least',
        from: 2,
        greedy: true,
        between: 'strict',
      },
      { name: 'stop', follows: 'next', condition: 'amount <= LAST(up.amount)' },
    ],
    within: '20 ms',
    measures,
  },
  'relaxed, all matches and those that ran out of time': {
    keys: ['key'],
    steps: [
      { name: 'up', condition: 'amount < 4', times: 'between', from: 1, to: 2 },
      { name: 'stop', follows: 'followed-by', condition: 'amount > 5 AND amount > SUM(up.amount)' },
    ],
    within: '9 ms',
    afterMatch: 'no-skip',
    timeouts: 'timeout-output',
    matchTime: true,
    measures,
  },
  'any rows between, until': {
    keys: ['key'],
    steps: [
      { name: 'up', condition: 'amount < 6', times: 'one-or-more', between: 'relaxed', until: 'amount = 9' },
      { name: 'stop', follows: 'followed-by-any', condition: "word = 'w1'" },
    ],
    within: '7 ms',
    afterMatch: 'to-last',
    afterStep: 'up',
    measures,
  },
};

interface Row {
  readonly values: readonly ColumnValue[];
  readonly at: number;
}

function makeRows(random: SeededRandom): Row[] {
  return Array.from({ length: ROWS }, (_, row) => {
    const at = 100 + row + random.nextInt(6);
    const key = random.nextInt(9) === 0 ? null : `key ${random.nextInt(3)}`;
    return { at, values: [key, BigInt(random.nextInt(10)), `w${random.nextInt(4)}`, BigInt(at) * NANOS] };
  });
}

function replay(random: SeededRandom, json: JsonObject, rows: readonly Row[], moves: boolean, batchRows: number): string[] {
  const { config, problems } = readConfig(pattern.fields, json);
  expect(problems).toEqual([]);
  const shape = { schema: INPUT, changelog: 'append' } as const;
  const inputs = { schema: () => INPUT, shape: () => shape, edges: () => [shape], job: {} as never, settings: { timeZone: 'UTC' } };
  const schemas = pattern.outputSchema(config, inputs);
  const ports = pattern.outputs(config).map((port) => port.name);
  const operators: CepOperator[] = [];
  const harness = new Harness({
    create: (context) => {
      const operator = createOperator(config, context);
      operators.push(operator);
      return operator;
    },
    inputSchemas: [INPUT],
    outputSchemas: ports.map((port) => schemas[port].schema),
    keys: [[0]],
    batchRows,
  });
  const found: string[] = [];
  const take = (emissions: readonly SubtaskEmission[]) => {
    for (const emission of emissions)
      if (emission.kind === 'row') found.push(`${ports[emission.port]} ${emission.values.map(String).join(' ')}`);
  };
  const bound = (from: number) => BigInt(Math.min(...rows.slice(from).map((row) => row.at), 1000) - 1);
  for (let at = 0; at < rows.length; ) {
    const some = rows.slice(at, at + 1 + random.nextInt(8));
    const marked = harness.parallelism === 1 && random.nextInt(2) === 0;
    const marks = marked ? some.map((_, row) => ({ row, watermark: bound(at + row + 1) })) : [];
    take(
      harness.element(
        some.map((row) => row.values),
        some.map(() => null),
        0,
        marks.filter((mark, index) => index === 0 || mark.watermark > marks[index - 1].watermark),
      ),
    );
    at += some.length;
    if (random.nextInt(3) === 0) take(harness.watermark(bound(at)));
    if (moves && random.nextInt(4) === 0) harness.restore(1 + random.nextInt(3), random.nextInt(2) === 0 ? throughRows : undefined);
  }
  take(harness.watermark(WATERMARK_MAX));
  // Time has run out for everything, so that nothing may be kept.
  for (const { patterns } of operators.slice(-harness.parallelism))
    expect([patterns.keys, patterns.runner.runs, patterns.buffer.links, patterns.buffer.events].map((store) => store.liveCount)).toEqual([
      0, 0, 0, 0,
    ]);
  return found.sort();
}

test.each(Object.entries(CONFIGS))('%s', (_name, json) => {
  for (let round = 0; round < ROUNDS; round++) {
    const told = `MILLRACE_SEED=${SEED} round ${round}`;
    const random = new SeededRandom(SEED + round);
    const rows = makeRows(random);
    const plain = replay(random, json, rows, false, 4096);
    expect(plain.length, told).toBeGreaterThan(0);
    expect(replay(random, json, rows, false, 1), told).toEqual(plain);
    expect(replay(random, json, rows, true, 3), told).toEqual(plain);
  }
});
