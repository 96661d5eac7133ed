/** What a keyed operator sees in a batch: its keys one after the other, rows by time then by arrival, its time at the end, beyond memory as well. */
import { describe, expect, test } from 'vitest';
import { FaultStorage } from '../../../test/faults/storage/fault-storage.ts';
import { OperatorHarness } from '../../../test/support/operator-harness.ts';
import { SeededRandom } from '../../base/random.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { readRows } from '../../columnar/row-reader.ts';
import { SpillFolder } from '../../state/spill/spill-folder.ts';
import { INT, STRING, timestampType } from '../../types/make-type.ts';
import type { Operator, OperatorContext } from '../operator.ts';
import { WATERMARK_MAX } from '../operator.ts';
import { SortingOperator } from './sorting-operator.ts';

const SCHEMA = {
  fields: [
    { name: 'number', type: INT },
    { name: 'key', type: STRING },
    { name: 'time', type: timestampType(3) },
  ],
  rowtime: 'time',
};
const NANOS = 1_000_000n;
const SEED = Number(process.env['MILLRACE_SEED'] ?? 1);

interface Row {
  readonly input: number;
  readonly number: number;
  readonly key: string | null;
  readonly time: number | null;
}

/** Notes what it is told, life by life, and asks for the clock once in each. */
class Told implements Operator {
  readonly lives: { rows: Row[]; ends: string[] }[] = [];
  private context: OperatorContext | null = null;

  create(context: OperatorContext): Operator {
    this.context = context;
    this.lives.push({ rows: [], ends: [] });
    context.requestProcessingTime(5000);
    return this;
  }

  get life(): { rows: Row[]; ends: string[] } {
    return this.lives[this.lives.length - 1];
  }

  open(): void {}

  processBatch(input: number, batch: Batch) {
    expect(this.life.ends.filter((end) => !end.startsWith('end 1'))).toEqual([]);
    for (const [number, key, time] of readRows(batch))
      this.life.rows.push({
        input,
        number: Number(number),
        key: key as string | null,
        time: time === null ? null : Number((time as bigint) / NANOS),
      });
    return 'done' as const;
  }

  processWatermark(input: number, watermark: bigint) {
    this.life.ends.push(`watermark ${input} ${watermark === WATERMARK_MAX}`);
    return 'done' as const;
  }

  processStatus() {
    return 'done' as const;
  }

  drain() {
    return 'done' as const;
  }

  onProcessingTime(nowMs: number) {
    this.life.ends.push(`timer ${nowMs} ${this.context?.clock.now()}`);
    return 'done' as const;
  }

  endInput(input: number) {
    this.life.ends.push(`end ${input}`);
    return 'done' as const;
  }

  snapshot(): void {}

  notifyCheckpointComplete(): void {}

  close(): void {}
}

function run(rows: readonly Row[], inputs: number, memoryBytes: number) {
  const harness = new OperatorHarness({
    inputSchemas: Array.from({ length: inputs }, () => SCHEMA),
    outputSchemas: [SCHEMA],
    batchRows: 50,
  });
  const storage = new FaultStorage();
  const folder = new SpillFolder(storage, '/job/spill-1-0/0-node-input');
  const told = new Told();
  const keys = Array.from({ length: inputs }, () => ['key']);
  const operator = new SortingOperator(
    { inputs: keys.map((columns) => ({ kind: 'by-key' as const, keys: columns })), create: (context) => told.create(context) },
    { memoryBytes, folder },
    harness.context,
  );
  operator.open([]);
  for (let at = 0; at < rows.length; at += 37) {
    for (let input = 0; input < inputs; input++) {
      const some = rows.slice(at, at + 37).filter((row) => row.input === input);
      const values = some.map(({ number, key, time }): ColumnValue[] => [number, key, time === null ? null : BigInt(time) * NANOS]);
      operator.processBatch(input, buildBatch(harness.arena, SCHEMA, values));
      harness.arena.reset();
    }
  }
  for (let input = 0; input < inputs; input++)
    for (let state = operator.processWatermark(input, WATERMARK_MAX); state === 'more'; state = operator.drain()) harness.arena.reset();
  operator.close();
  const written = folder.writtenBytes;
  expect([folder.diskBytes, storage.exists(folder.path) ? storage.list(folder.path) : []]).toEqual([0, []]);
  return { told, written };
}

function makeRows(inputs: number): Row[] {
  const random = new SeededRandom(SEED);
  return Array.from({ length: 3000 }, (_, number) => {
    const key = random.nextInt(20) === 0 ? null : `${'k'.repeat(random.nextInt(4))}${random.nextInt(12)}`;
    return { input: random.nextInt(inputs), number, key, time: random.nextInt(30) === 0 ? null : random.nextInt(400) - 200 };
  });
}

/** By key, in the order in which they were seen. */
function byKey(rows: readonly Row[]): Map<string | null, Row[]> {
  const found = new Map<string | null, Row[]>();
  let last: string | null | undefined;
  for (const row of rows) {
    if (row.key !== last) expect(found.has(row.key), `${row.key} a second time`).toBe(false);
    last = row.key;
    found.set(row.key, [...(found.get(row.key) ?? []), row]);
  }
  return found;
}

const inTime = (left: Row, right: Row) =>
  (left.time ?? -1e9) - (right.time ?? -1e9) || left.input - right.input || left.number - right.number;

describe.each([1, 2])('%d inputs', (inputs) => {
  test.each([
    ['in memory', 64 * 1024 * 1024],
    ['mostly on disk', 20_000],
    ['on disk behind every batch', 1],
  ])('%s', (place, memoryBytes) => {
    const rows = makeRows(inputs);
    const { told, written } = run(rows, inputs, memoryBytes);
    const seen = byKey(told.lives.flatMap((life) => life.rows));
    for (const [key, own] of seen) expect(own, `${key}`).toEqual(rows.filter((row) => row.key === key).sort(inTime));
    expect(seen.size).toBe(new Set(rows.map(({ key }) => key)).size);
    const ends = Array.from({ length: inputs }, (_, input) => input);
    const expected = [...ends.map((input) => `watermark ${input} true`), 'timer 5000 5000', ...ends.map((input) => `end ${input}`)];
    for (const life of told.lives) expect(life.ends).toEqual(expected);
    if (place === 'in memory') expect([told.lives.length, written]).toEqual([1, 0]);
    else expect(written).toBeGreaterThan(100_000);
    if (memoryBytes === 1) expect(told.lives.length).toBe(seen.size);
  });
});

test('no rows, no keys: its time ends all the same', () => {
  const { told } = run([], 1, 1);
  expect(told.lives).toEqual([{ rows: [], ends: ['watermark 0 true', 'timer 5000 5000', 'end 0'] }]);
});

test('what is broadcast is seen at once and ends before the first row of the others', () => {
  const harness = new OperatorHarness({ inputSchemas: [SCHEMA, SCHEMA], outputSchemas: [SCHEMA] });
  const folder = new SpillFolder(new FaultStorage(), '/job/spill-1-0/0-node-input');
  const told = new Told();
  const operator = new SortingOperator(
    { inputs: [{ kind: 'as-they-come' }, { kind: 'first' }], create: (context) => told.create(context) },
    { memoryBytes: 1, folder },
    harness.context,
  );
  const give = (input: number, number: number) =>
    operator.processBatch(input, buildBatch(harness.arena, SCHEMA, [[number, 'k', 5n - BigInt(number)]]));
  operator.open([]);
  for (const [input, number] of [
    [0, 1],
    [1, 2],
    [0, 3],
    [1, 4],
  ])
    give(input, number);
  expect(told.life.rows.map(({ number }) => number)).toEqual([2, 4]);
  operator.processWatermark(1, WATERMARK_MAX);
  for (let state = operator.processWatermark(0, WATERMARK_MAX); state === 'more'; state = operator.drain()) harness.arena.reset();
  expect(told.lives.map(({ rows, ends }) => [rows.map(({ number }) => number), ends])).toEqual([
    [
      [2, 4, 1, 3],
      ['end 1', 'watermark 0 true', 'watermark 1 true', 'timer 5000 5000', 'end 0'],
    ],
  ]);
  operator.close();
});
