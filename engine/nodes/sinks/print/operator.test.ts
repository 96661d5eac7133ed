/** The print sink prints each row with its kind and keeps to its rate. */
import { expect, test } from 'vitest';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import { BIGINT } from '../../../types/make-type.ts';
import { createOperator } from './operator.ts';

const schema = { fields: [{ name: 'n', type: BIGINT }] };

test('rows carry their kind; what is over the rate is left out and told', () => {
  const harness = new OperatorHarness({ inputSchemas: [schema] });
  const sink = createOperator({ prefix: 'p> ', rowsPerSecond: 2 }, harness.context);
  sink.processBatch(0, buildBatch(harness.arena, schema, [[1n], [2n], [3n]], { rowKinds: [0, 3, 1] }));
  harness.clock.nowMs += 1000;
  sink.processBatch(0, buildBatch(harness.arena, schema, [[4n]]));
  sink.endInput(0);
  expect(harness.published).toEqual(['p> {"op":"+I","n":1}', 'p> {"op":"-D","n":2}', 'p> {"op":"+I","n":4}']);
  expect(harness.logs).toEqual(['info: 1 rows were not printed, to keep to 2 a second']);
});
