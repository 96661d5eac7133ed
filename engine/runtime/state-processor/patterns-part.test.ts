/** Partial matches as rows: printed with the rows they took, removed by key; nothing is put. */
import { expect, it } from 'vitest';
import { Harness } from '../../../test/conformance/operators/harness.ts';
import { editSections, linesOf, throughRows } from '../../../test/support/savepoint-of.ts';
import type { JsonObject } from '../../base/json.ts';
import { pattern } from '../../nodes/patterns/pattern/node.ts';
import { createOperator } from '../../nodes/patterns/pattern/operator.ts';
import { readConfig } from '../../spec/read-config.ts';
import { BIGINT, STRING, timestampType } from '../../types/make-type.ts';
import type { StateProcessor } from './state-processor.ts';

const INPUT = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'amount', type: BIGINT },
    { name: 'at', type: timestampType(3) },
  ],
  rowtime: 'at',
};

/** Rows that rise, and one that falls; the times of a, b and c are 1, 2, 3 … ms. */
function started(): Harness {
  const json: JsonObject = {
    keys: ['key'],
    steps: [
      { name: 'low', condition: 'amount < 10' },
      { name: 'rise', follows: 'next', condition: 'amount > LAST(low.amount)', times: 'one-or-more' },
      { name: 'fall', follows: 'next', condition: 'amount < LAST(rise.amount)' },
    ],
    within: '1 s',
    measures: [{ name: 'total', expression: 'SUM(rise.amount)' }],
  };
  const { config, problems } = readConfig(pattern.fields, json);
  expect(problems).toEqual([]);
  const shape = { schema: INPUT, changelog: 'append' } as const;
  const inputs = { schema: () => INPUT, shape: () => shape, edges: () => [shape], job: {} as never, settings: { timeZone: 'UTC' } };
  const harness = new Harness({
    create: (context) => createOperator(config, context),
    inputSchemas: [INPUT],
    outputSchemas: [pattern.outputSchema(config, inputs).out.schema],
    keys: [[0]],
  });
  feed(harness, ['a', 1n, 1], ['b', 2n, 2], ['a', 15n, 3], ['b', 16n, 4], ['b', 30n, 9]);
  harness.watermark(5n);
  return harness;
}

function feed(harness: Harness, ...rows: readonly (readonly [string, bigint, number])[]): void {
  harness.element(
    rows.map(([key, amount, at]) => [key, amount, BigInt(at) * 1_000_000n]),
    rows.map(() => null),
  );
}

function edit(harness: Harness, change: (processor: StateProcessor, target: string) => void): void {
  harness.restore(2, (sections, parallelism) => editSections(sections, parallelism, change));
}

const matches = (harness: Harness): string[] =>
  harness
    .watermark(2n ** 63n - 1n)
    .flatMap((each) => (each.kind === 'row' ? [each.values.join(' ')] : []))
    .sort();

it('prints partial matches, rows that wait and timers, and goes on from them as they were', () => {
  const harness = started();
  let printed: readonly string[] = [];
  edit(harness, (processor, target) => {
    printed = processor.print({ nodeId: 'node', key: 'b' });
    expect(processor.list().map(({ state, rows, keys, refusal }) => [state, rows, keys, refusal])).toContainEqual([
      'partial matches',
      2,
      2,
      null,
    ]);
    processor.create(target, { nodeId: 'node' }, linesOf(processor.print({ nodeId: 'node' })), 0);
  });
  const own = printed.map((line) => line.replace('{"node":"node","state":', '').replace('"key":["b"],', ''));
  expect(own.filter((line) => !line.startsWith('"@timers"'))).toEqual([
    '"partial matches","number":0,"reached":"rise","waits_for":["rise","fall"],"started_ms":2,"rows":[["low",2,2],["rise",4,16]]}',
    '"waiting rows","number":0,"time_ms":9,"row":[30]}',
  ]);
  feed(harness, ['a', 3n, 10], ['b', 4n, 11]);
  expect(matches(harness)).toEqual(['a 15', 'b 46']);
  harness.close();
});

it('removes what a key has, and no other', () => {
  const harness = started();
  edit(harness, (processor, target) => expect(processor.remove(target, { nodeId: 'node', key: 'b' }, 0)).toBe(2));
  feed(harness, ['a', 3n, 10], ['b', 4n, 11]);
  expect(matches(harness)).toEqual(['a 15']);
  harness.close();
});

it.each<[string, (processor: StateProcessor, target: string) => void]>([
  [
    'put',
    (processor, target) => {
      const [line] = processor.print({ nodeId: 'node', state: 'partial matches', key: 'b' });
      processor.put(target, linesOf([line.replace('16', '17')]), 0);
    },
  ],
  ['made of nothing', (processor, target) => processor.create(target, { nodeId: 'node', state: 'partial matches' }, [], 0)],
])('refuses what is %s, by name', (_name, change) => {
  const refused = {
    code: 'MR5045',
    message: expect.stringMatching(/^partial matches of node 'node' cannot be made of rows/),
  };
  expect(() => edit(started(), change)).toThrow(expect.objectContaining(refused));
});

it('refuses patterns of a snapshot that does not tell of what they consist, by name', () => {
  const untold = (sections: Parameters<typeof throughRows>[0]) =>
    sections.map((section) => ({ ...section, header: { ...(section.header as object), about: undefined } as never }));
  expect(() => started().restore(1, (sections, parallelism) => throughRows(untold(sections), parallelism))).toThrow(
    expect.objectContaining({ code: 'MR5045', message: expect.stringContaining('before patterns told of what they consist') }),
  );
});
