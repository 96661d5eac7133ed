/** Deduplication against a plain map, with state that moves between memory and disk, restores at any point, and a time to live that is exact across them. */
import { expect, test } from 'vitest';
import { SeededRandom } from '../../engine/base/random.ts';
import type { ColumnValue } from '../../engine/columnar/column-value.ts';
import { createOperator } from '../../engine/nodes/transforms/deduplicate/operator.ts';
import { BIGINT, STRING } from '../../engine/types/make-type.ts';
import { measureDeduplication } from '../bench/deduplicate-on-disk.ts';
import { Harness } from '../conformance/operators/harness.ts';
import { movingDisk, OperatorDisk } from '../support/operator-disk.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 20261123);
const ROUNDS = 24;
const STEPS = 60;
const ROWS_MAX = 200;
const FORGET_MS = 50;
const ROWS = {
  fields: [
    { name: 'name', type: STRING },
    { name: 'number', type: BIGINT },
    { name: 'order', type: BIGINT },
  ],
};

function createHarness(keys: readonly string[], forgetAfter: number | null, disk: OperatorDisk): Harness {
  return new Harness({
    create: (context) => createOperator({ keys, forgetAfter }, context),
    inputSchemas: [ROWS],
    outputSchemas: [ROWS],
    keys: keys.map((key) => [ROWS.fields.findIndex(({ name }) => name === key)]),
    disk,
  });
}

/** Rows that must leave: those whose key is not remembered. */
class Remembered {
  private readonly seen = new Map<string, number>();
  private readonly forgetAfter: number | null;

  constructor(forgetAfter: number | null) {
    this.forgetAfter = forgetAfter;
  }

  isNew(key: string, nowMs: number): boolean {
    const since = this.seen.get(key);
    if (since !== undefined && (this.forgetAfter === null || since + this.forgetAfter > nowMs)) return false;
    this.seen.set(key, nowMs);
    return true;
  }
}

const spilled = { bytes: 0 };

for (let round = 0; round < ROUNDS; round++) {
  const seed = SEED + round;
  test(`seed ${seed}`, () => {
    const random = new SeededRandom(seed);
    const keys = [['name'], ['number'], ['number', 'name']][round % 3];
    const forgetAfter = round % 4 < 2 ? FORGET_MS : null;
    const disk = movingDisk(random);
    const harness = createHarness(keys, forgetAfter, disk);
    const model = new Remembered(forgetAfter);
    const names = 20 + random.nextInt(3000);
    let order = 0n;
    let nowMs = 1_700_000_000_000;
    for (let step = 0; step < STEPS; step++) {
      nowMs += random.nextInt(20);
      harness.processingTime(BigInt(nowMs));
      const rows: ColumnValue[][] = Array.from({ length: 1 + random.nextInt(ROWS_MAX) }, () => {
        const pick = random.nextInt(names);
        return [pick % 50 === 7 ? null : `${pick}`.padStart(pick % 30, '-'), pick % 60 === 9 ? null : BigInt(pick) * 7n, order++];
      });
      const expected = rows
        .filter(([name, number]) => model.isNew(keys.map((key) => (key === 'name' ? `${name}` : `${number}`)).join(' '), nowMs))
        .map((row) => row[2]);
      const found = harness
        .element(
          rows,
          rows.map(() => null),
        )
        .flatMap((emission) => (emission.kind === 'row' ? [emission.values[2]] : []));
      expect(found.sort(), `seed ${seed} step ${step}`).toEqual(expected.sort());
      if (random.nextInt(5) === 0) harness.restore(1 + random.nextInt(3));
    }
    harness.close();
    expect(
      disk.folders.reduce((sum, folder) => sum + folder.diskBytes, 0),
      'bytes left on disk',
    ).toBe(0);
    spilled.bytes += disk.writtenBytes;
  });
}

test('keys were on disk', () => expect(spilled.bytes).toBeGreaterThan(1_000_000));

test('keys many times beyond the memory: it stays within it', { timeout: 60_000 }, () => {
  const [keys, budget] = [250_000, 1024 * 1024];
  const [inMemory, onDisk] = measureDeduplication({ rows: 2 * keys, keys, budgets: [null, budget] });
  expect(inMemory.memoryBytes).toBeGreaterThan(10 * budget);
  expect(onDisk.diskBytes).toBeGreaterThan(5 * budget);
  // The arena of a step has a chunk of a megabyte.
  expect(onDisk.memoryBytes).toBeLessThan(2 * budget);
});

test('a value is forgotten at the millisecond, on disk and across restores', () => {
  const places = [1, null, 1, 1];
  let asked = 0;
  const disk = new OperatorDisk(() => places[asked++ % places.length]);
  const harness = createHarness(['name'], FORGET_MS, disk);
  const add = (nowMs: number): number => {
    harness.processingTime(BigInt(nowMs));
    return harness.element([['a', 1n, 1n]], [null]).filter(({ kind }) => kind === 'row').length;
  };
  const seen = [add(1000)];
  for (const nowMs of [1001, 1048, 1049, 1050, 1099, 1100]) {
    harness.restore(1);
    seen.push(add(nowMs));
  }
  expect(seen).toEqual([1, 0, 0, 0, 1, 0, 1]);
});
