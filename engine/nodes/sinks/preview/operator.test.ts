/** Print and preview show the rows they should: newest first to go, kinds, rates. */
import { expect, test } from 'vitest';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import { BIGINT, STRING } from '../../../types/make-type.ts';
import { createOperator } from './operator.ts';

const schema = {
  fields: [
    { name: 'n', type: BIGINT },
    { name: 's', type: STRING },
  ],
};
const rows = (from: number, count: number) => Array.from({ length: count }, (_unused, index) => [BigInt(from + index), `é${from + index}`]);
const line = (n: number) => `{"n":${n},"s":"é${n}"}`;

test('preview shows the newest rows, now and then and at the end', () => {
  const harness = new OperatorHarness({ inputSchemas: [schema] });
  const sink = createOperator({ rowsMax: 3 }, harness.context);
  sink.processBatch(0, buildBatch(harness.arena, schema, rows(0, 2)));
  sink.processBatch(0, buildBatch(harness.arena, schema, rows(2, 10), { selection: [0, 4, 9] }));
  expect(harness.published).toEqual([]);
  sink.onProcessingTime(harness.clock.now() + 100);
  expect(harness.published).toEqual([line(2), line(6), line(11)]);
  sink.processBatch(0, buildBatch(harness.arena, schema, rows(20, 10)));
  sink.processBatch(0, buildBatch(harness.arena, schema, rows(30, 2)));
  sink.endInput(0);
  expect(harness.published.slice(3)).toEqual([line(29), line(30), line(31)]);
  sink.close();
});
