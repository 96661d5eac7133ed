/** What a row meets at once: the rules as they stand when it comes, in steps that never hold more than a batch. */
import { expect, it } from 'vitest';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import type { Progress } from '../../../operators/operator.ts';
import { BIGINT, INT, timestampType } from '../../../types/make-type.ts';
import { createOperator } from './operator.ts';

const rows = { fields: [{ name: 'id', type: BIGINT }] };
const rules = {
  fields: [
    { name: 'rule', type: INT },
    { name: 'above', type: BIGINT },
  ],
};
const timed = { fields: [...rules.fields, { name: 'since', type: timestampType(3) }], rowtime: 'since' };
const config = {
  leftKeys: [],
  rightKeys: [],
  condition: 'id > above',
  columns: ['rule'],
  unmatched: 'keep',
  ruleKeys: ['rule'],
  removeWhen: 'above IS NULL',
  meet: 'at-once',
} as const;

function open(ruleSchema: typeof rules, batchRows: number) {
  const outputSchemas = [{ fields: [...rows.fields, rules.fields[0]] }];
  const harness = new OperatorHarness({ inputSchemas: [rows, ruleSchema], outputSchemas, batchRows });
  const watermarks: bigint[] = [];
  const output = { ...harness.context.output, emitWatermark: (watermark: bigint) => watermarks.push(watermark) };
  const operator = createOperator(config, { ...harness.context, output });
  operator.open([]);
  const finish = (progress: Progress) => {
    for (let state = progress; state === 'more'; ) state = operator.drain();
  };
  return {
    harness,
    watermarks,
    operator,
    rows: (...ids: number[]) =>
      finish(
        operator.processBatch(
          0,
          buildBatch(
            harness.arena,
            rows,
            ids.map((id) => [id]),
          ),
        ),
      ),
    rule: (rule: number, above: number | null) => finish(operator.processBatch(1, buildBatch(harness.arena, rules, [[rule, above]]))),
    finish,
  };
}

it('meets the rules that are there when it comes, which a later rule with the same key replaces or takes away', () => {
  const { harness, operator, rows, rule } = open(rules, 4096);
  rows(5);
  rule(1, 3);
  rule(2, 4);
  rows(4, 5);
  rule(1, 8);
  rows(5, 9);
  rule(2, null);
  rows(5);
  expect(harness.rows[0]).toEqual([
    [5n, null],
    [4n, 1],
    [5n, 1],
    [5n, 2],
    [5n, 2],
    [9n, 1],
    [9n, 2],
    [5n, null],
  ]);
  operator.close();
});

it('goes on in the middle of the rules of a row when a batch is full', () => {
  const { harness, operator, rows, rule } = open(rules, 3);
  for (let each = 0; each < 7; each++) rule(each, each);
  rows(1, 7, 0);
  const expected = [[1n, 0], ...Array.from({ length: 7 }, (_, each) => [7n, each]), [0n, null]];
  expect(harness.rows[0]).toEqual(expected);
  expect(Math.max(...harness.batchRows)).toBe(3);
  operator.close();
});

it('is held back by rules with event time only', () => {
  for (const [schema, passed] of [
    [rules, [10n]],
    [timed, [4n]],
  ] as const) {
    const { operator, watermarks, finish } = open(schema, 4096);
    finish(operator.processWatermark(0, 10n));
    finish(operator.processWatermark(1, 4n));
    expect(watermarks).toEqual(passed);
    operator.close();
  }
});
