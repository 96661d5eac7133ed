/** Rows leave in the order they came, a batch at a time, whenever each is done; times, kinds and marks stay with them. */
import { expect, it } from 'vitest';
import { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch, type RowsOptions } from '../../columnar/row-builder.ts';
import { readRows } from '../../columnar/row-reader.ts';
import { assertExpression } from '../../spec/type-expression.ts';
import { BIGINT, INT, notNull, STRING } from '../../types/make-type.ts';
import type { OperatorContext } from '../operator.ts';
import { IterateOperator } from './iterate-operator.ts';

const SCHEMA = {
  fields: [
    { name: 'id', type: INT },
    { name: 'left', type: BIGINT },
    { name: 'word', type: STRING },
  ],
};
const OUTPUT = { fields: [...SCHEMA.fields, { name: 'round', type: notNull(INT) }] };

interface Leaving {
  readonly port: number;
  readonly rows: unknown[][];
  readonly kinds: number[];
  readonly marks: [row: number, watermark: bigint][];
}

/** Counts `left` down to 0 and lengthens `word`. */
function count(
  rows: readonly (readonly [number, bigint | null, string])[],
  rounds: number,
  emitsEach: boolean,
  options: RowsOptions = {},
): Leaving[] {
  const memory = new JobMemory();
  const arena = new Arena(memory);
  const left: Leaving[] = [];
  const emit = (port: number, batch: Batch): void => {
    const { u8, i32, i64 } = memory;
    left.push({
      port,
      rows: readRows(batch),
      kinds: batch.rowKinds === 0 ? [] : Array.from({ length: batch.rowCount }, (_, row) => u8[batch.rowKinds + row]),
      marks: Array.from({ length: batch.markCount }, (_, mark) => [
        i32[(batch.markRows >>> 2) + mark],
        i64[(batch.markWatermarks >>> 3) + mark],
      ]),
    });
  };
  const context = {
    ...{ nodeId: 'i', memory, arena, batchRows: 100, timeZone: 'UTC', inputSchemas: [SCHEMA], outputSchemas: [OUTPUT, OUTPUT] },
    clock: { now: () => 0 },
    output: { emit },
  } as unknown as OperatorContext;
  const typed = (words: string) => assertExpression(words, SCHEMA, { timeZone: 'UTC' });
  const assignments = [
    { column: 1, expression: typed('CAST(`left` - 1 AS BIGINT)') },
    { column: 2, expression: typed("CAST(word || 'é' AS STRING)") },
  ];
  const operator = new IterateOperator(
    { assignments, until: typed('`left` <= 0'), schema: SCHEMA, rounds, emitsEach, numbered: true, apart: true },
    context,
  );
  const input = buildBatch(arena, SCHEMA, rows, options);
  let progress = operator.processBatch(0, input);
  while (progress === 'more') {
    const mark = arena.mark();
    progress = operator.drain();
    arena.release(mark);
  }
  operator.close();
  return left;
}

it('leaves rows in order, however many rounds each takes', () => {
  const rows = Array.from({ length: 500 }, (_, id): [number, bigint, string] => [id, BigInt((id * 37) % 60), `w${id}`]);
  const left = count(rows, 50, false);
  const all = left.filter(({ port }) => port === 0);
  const apart = left.filter(({ port }) => port === 1);
  expect(Math.max(...left.map(({ rows: some }) => some.length))).toBeLessThanOrEqual(100);
  const expected = rows.map(([id, number, word]) => {
    const rounds = Math.min(Math.max(Number(number), 1), 50);
    return [id, number - BigInt(rounds), word + 'é'.repeat(rounds), rounds];
  });
  expect(all.flatMap(({ rows: some }) => some)).toEqual(expected.filter(([, rest]) => BigInt(Number(rest)) <= 0n));
  expect(apart.flatMap(({ rows: some }) => some)).toEqual(expected.filter(([, rest]) => BigInt(Number(rest)) > 0n));
});

it('leaves each round behind its row, with kind and marks of the row', () => {
  const rows: [number, bigint | null, string][] = [
    [1, 2n, 'a'],
    [2, 5n, 'not selected'],
    [3, null, 'b'],
    [4, 1n, 'c'],
  ];
  const options = {
    rowKinds: [0, 0, 2, 3],
    selection: [0, 2, 3],
    marks: [
      { row: 0, watermark: 10n },
      { row: 2, watermark: 20n },
      { row: 3, watermark: 30n },
    ],
  };
  expect(count(rows, 2, true, options)).toEqual([
    {
      port: 0,
      rows: [
        [1, 1n, 'aé', 1],
        [1, 0n, 'aéé', 2],
        [3, null, 'bé', 1],
        [4, 0n, 'cé', 1],
      ],
      kinds: [0, 0, 2, 3],
      marks: [
        [1, 10n],
        [2, 20n],
        [3, 30n],
      ],
    },
    { port: 1, rows: [[3, null, 'béé', 2]], kinds: [2], marks: [] },
  ]);
});
