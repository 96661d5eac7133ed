/** The order in which rows leave a sort, in steps of any size, and with the watermark behind the row that let them go. */
import { expect, it } from 'vitest';
import { Harness } from '../../../../test/conformance/operators/harness.ts';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import { SeededRandom } from '../../../base/random.ts';
import type { ColumnValue } from '../../../columnar/column-value.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import type { Progress } from '../../../operators/operator.ts';
import { WATERMARK_MAX } from '../../../operators/operator.ts';
import { INT, STRING, timestampType } from '../../../types/make-type.ts';
import type { SortConfig } from './node.ts';
import { createOperator } from './operator.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 7);
const input = {
  fields: [
    { name: 'name', type: STRING },
    { name: 'number', type: INT },
    { name: 'at', type: timestampType(3) },
  ],
  rowtime: 'at',
};
const at = (ms: number): bigint => BigInt(ms) * 1_000_000n;

function open(config: Partial<SortConfig>, batchRows: number) {
  const harness = new OperatorHarness({ inputSchemas: [input], outputSchemas: [input, input], batchRows });
  const operator = createOperator({ keys: [], thenBy: [], lateRows: 'late-output', forgetAfter: null, ...config }, harness.context);
  operator.open([]);
  const finish = (progress: Progress) => {
    for (let state = progress; state === 'more'; ) state = operator.drain();
  };
  return {
    harness,
    operator,
    finish,
    send: (rows: readonly (readonly ColumnValue[])[], marks: { row: number; watermark: bigint }[] = []) =>
      finish(operator.processBatch(0, buildBatch(harness.arena, input, rows, { marks }))),
  };
}

it('lets rows of one time leave by the further columns, then by arrival', () => {
  const thenBy = [
    { column: 'name', direction: 'descending' },
    { column: 'number', direction: 'ascending' },
  ] as const;
  const { harness, operator, send, finish } = open({ thenBy }, 4096);
  const rows: ColumnValue[][] = [
    ['b', 2, at(5)],
    [null, 1, at(5)],
    ['b', null, at(5)],
    ['c', 9, at(5)],
    ['a', 1, at(1)],
    ['b', 2, at(5)],
  ];
  send(rows);
  expect(harness.rows[0]).toEqual([]);
  finish(operator.processWatermark(0, 5n));
  expect(harness.rows[0]).toEqual([rows[4], rows[3], rows[2], rows[0], rows[5], rows[1]]);
  operator.close();
});

it.each([1, 3, 4096])('is in order whatever comes, and late is what is behind a row that left; batches of %i', (batchRows) => {
  const random = new SeededRandom(SEED);
  const { harness, operator, send, finish } = open({}, batchRows);
  let watermark = -1n;
  let last = -1n;
  let waiting: ColumnValue[][] = [];
  const expected: ColumnValue[][][] = [[], []];
  const pass = (to: bigint) => {
    watermark = to;
    const gone = waiting.filter((row) => (row[2] as bigint) <= to * 1_000_000n).sort((a, b) => Number((a[2] as bigint) - (b[2] as bigint)));
    waiting = waiting.filter((row) => !gone.includes(row));
    expected[0].push(...gone);
    if (gone.length > 0) last = gone[gone.length - 1][2] as bigint;
  };
  for (let batch = 0; batch < 40; batch++) {
    const rows: ColumnValue[][] = [];
    const marks: { row: number; watermark: bigint }[] = [];
    for (let row = 0; row < 20; row++) {
      const made = [`row ${batch} ${row}`, row, at(batch * 5 + random.nextInt(30))];
      rows.push(made);
      if ((made[2] as bigint) <= last) expected[1].push(made);
      else waiting.push(made);
      const next = BigInt(batch * 5 + row / 4 - 3 - ((row / 4) % 1));
      if (row % 4 !== 0 || next <= watermark) continue;
      marks.push({ row, watermark: next });
      pass(next);
    }
    send(rows, marks);
  }
  finish(operator.processWatermark(0, WATERMARK_MAX));
  pass(2n ** 40n);
  expect(harness.rows[0], `MILLRACE_SEED=${SEED}`).toEqual(expected[0]);
  expect(harness.rows[1], `MILLRACE_SEED=${SEED}`).toEqual(expected[1]);
  expect(expected[1].length).toBeGreaterThan(10);
  expect(harness.context.metrics.lateRecords).toBe(expected[1].length);
  operator.close();
});

/** A sort by name that forgets a group after 100 ms of the clock, or never. */
function startForgetting(forgetAfter: number | null) {
  const setting = { forgetAfter };
  const harness = new Harness({
    create: (context) => createOperator({ keys: ['name'], thenBy: [], lateRows: 'late-output', ...setting }, context),
    inputSchemas: [input],
    outputSchemas: [input, input],
    keys: [[0]],
  });
  const portsOf = (emissions: ReturnType<Harness['element']>) => emissions.flatMap((each) => (each.kind === 'row' ? [each.port] : []));
  let watermark = 50;
  const come = (name: string, time: number): number[] => {
    watermark = Math.max(watermark + 1, time);
    return portsOf([...harness.element([[name, 1, at(time)]], [null]), ...harness.watermark(BigInt(watermark))]);
  };
  const keys = (): number => harness.metrics().reduce((sum, { stateKeys }) => sum + stateKeys, 0);
  return { harness, setting, come, keys };
}

it('forgets a group some time after its last row, by the clock, and not while a row of it waits', () => {
  const { harness, come, keys } = startForgetting(100);
  harness.processingTime(1000n);
  expect(come('a', 50)).toEqual([0]);
  harness.processingTime(1099n);
  expect(come('a', 40)).toEqual([1]);
  harness.element([['waits', 1, at(10_000)]], [null]);
  harness.processingTime(1199n);
  expect(come('a', 40)).toEqual([0]);
  expect(keys()).toBe(2);
  for (let name = 0; name < 50; name++) harness.element([[`once ${name}`, 1, at(9000)]], [null]);
  harness.watermark(9000n);
  expect(keys()).toBe(52);
  harness.processingTime(5000n);
  for (let row = 0; row < 30; row++) come('b', 9500);
  expect(keys()).toBe(2);
  expect(harness.watermark(10_000n).filter(({ kind }) => kind === 'row')).toHaveLength(1);
  harness.close();
});

it.each([1, 2, 3])(
  'goes on forgetting behind a restore with %d subtasks, also with a setting that was given, changed or taken away',
  (parallelism) => {
    const { harness, setting, come, keys } = startForgetting(null);
    const restore = (forgetAfter: number | null): void => {
      setting.forgetAfter = forgetAfter;
      harness.restore(parallelism);
    };
    harness.processingTime(1000n);
    for (const name of ['a', 'b', 'c']) expect(come(name, 50)).toEqual([0]);
    harness.element([['e', 1, at(90)]], [null]);
    restore(100);
    harness.processingTime(1099n);
    expect(come('a', 40)).toEqual([1]);
    restore(150);
    harness.processingTime(1150n);
    expect([come('b', 40), come('c', 40)]).toEqual([[0], [0]]);
    restore(null);
    harness.processingTime(9000n);
    expect([come('b', 40), come('a', 50), come('c', 41)]).toEqual([[1], [1], [0]]);
    expect(harness.watermark(90n).filter(({ kind }) => kind === 'row')).toHaveLength(1);
    expect(keys()).toBe(4);
    harness.close();
  },
);
