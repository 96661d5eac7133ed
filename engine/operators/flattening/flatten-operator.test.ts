/** Elements leave in pieces of a batch, with the times, kinds and marks of their rows; the short way through JSON answers as the long one. */
import { describe, expect, it } from 'vitest';
import { mix32, SeededRandom } from '../../base/random.ts';
import { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch, type RowsOptions } from '../../columnar/row-builder.ts';
import { readRows } from '../../columnar/row-reader.ts';
import { compileJsonPath } from '../../expressions/functions/support/json/json-path.ts';
import { INT, STRING } from '../../types/make-type.ts';
import type { OperatorContext } from '../operator.ts';
import type { FlattenTextConfig } from './flatten-operator.ts';
import { FlattenTextOperator } from './flatten-operator.ts';

const SCHEMA = {
  fields: [
    { name: 'id', type: INT },
    { name: 'text', type: STRING },
  ],
};
const OUTPUT = {
  fields: [
    { name: 'id', type: INT },
    { name: 'element', type: STRING },
    { name: 'n', type: INT },
  ],
};
const COMMA: FlattenTextConfig['cut'] = { kind: 'separator', bytes: Uint8Array.of(0x2c) };

interface Leaving {
  readonly rows: unknown[];
  readonly kinds: number[];
  readonly times: bigint[];
  readonly marks: [row: number, watermark: bigint][];
}

function flattened(
  cut: FlattenTextConfig['cut'],
  rows: readonly (readonly [number, string | null])[],
  options: RowsOptions = {},
  batchRows = 4,
  keepsEmpty = true,
): Leaving[] {
  const memory = new JobMemory();
  const arena = new Arena(memory);
  const left: Leaving[] = [];
  const emit = (_port: number, batch: Batch): void => {
    const { u8, i32, i64 } = memory;
    const at = Array.from({ length: batch.rowCount }, (_, row) => row);
    left.push({
      rows: readRows(batch),
      kinds: batch.rowKinds === 0 ? [] : at.map((row) => u8[batch.rowKinds + row]),
      times: batch.timestamps === 0 ? [] : at.map((row) => i64[(batch.timestamps >>> 3) + row]),
      marks: Array.from({ length: batch.markCount }, (_, mark) => [
        i32[(batch.markRows >>> 2) + mark],
        i64[(batch.markWatermarks >>> 3) + mark],
      ]),
    });
  };
  const context = { nodeId: 'f', memory, arena, batchRows, outputSchemas: [OUTPUT], output: { emit } } as unknown as OperatorContext;
  const operator = new FlattenTextOperator({ column: [1], cut, kept: [0], convert: null, numbered: true, keepsEmpty }, context);
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

describe('flatten', () => {
  it('hands a long list on a batch at a time; kinds, times and marks go with the rows', () => {
    const rows: readonly (readonly [number, string | null])[] = [
      [1, null],
      [2, 'a,b,c,d,e,f'],
      [3, 'not selected'],
      [4, 'x'],
      [5, ''],
    ];
    const options = {
      rowKinds: [0, 3, 0, 2, 0],
      timestamps: [10n, 20n, 30n, null, 50n],
      marks: [
        { row: 0, watermark: 9n },
        { row: 1, watermark: 19n },
        { row: 2, watermark: 29n },
        { row: 4, watermark: 49n },
      ],
      selection: [0, 1, 3, 4],
    };
    const none = -(2n ** 63n);
    expect(flattened(COMMA, rows, options, 4, false)).toEqual([
      {
        rows: [
          [2, 'a', 1],
          [2, 'b', 2],
          [2, 'c', 3],
          [2, 'd', 4],
        ],
        kinds: [3, 3, 3, 3],
        times: [20n, 20n, 20n, 20n],
        marks: [[-1, 9n]],
      },
      {
        rows: [
          [2, 'e', 5],
          [2, 'f', 6],
        ],
        kinds: [3, 3],
        times: [20n, 20n],
        marks: [],
      },
      {
        rows: [[4, 'x', 1]],
        kinds: [2],
        times: [none],
        marks: [
          [-1, 19n],
          [-1, 29n],
          [0, 49n],
        ],
      },
    ]);
  });

  it('keeps rows without elements in their place', () => {
    const left = flattened(COMMA, [
      [1, ''],
      [2, 'a'],
      [3, null],
    ]);
    expect(left.flatMap(({ rows }) => rows)).toEqual([
      [1, null, null],
      [2, 'a', 1],
      [3, null, null],
    ]);
  });

  it('grows with a text of many pieces', () => {
    const pieces = Array.from({ length: 20_000 }, (_, at) => String(at));
    const left = flattened(COMMA, [[1, pieces.join(',')]], {}, 4096);
    expect(left.map(({ rows }) => rows.length)).toEqual([4096, 4096, 4096, 4096, 3616]);
    expect(left.flatMap(({ rows }) => rows)).toEqual(pieces.map((piece, at) => [1, piece, at + 1]));
  });

  const seed = Number(process.env['MILLRACE_SEED'] ?? 1);
  it(`reads plain arrays as it reads others (MILLRACE_SEED=${seed})`, () => {
    const random = new SeededRandom(mix32(seed));
    const parts = ['[', ']', ',', ' ', '\t', '\u000b', '"', 'a', 'é', '\\n', '0', '1', '-', '.5', 'e3', 'true', 'null', 'nul', '{}', '[1]'];
    const pick = (): string => parts[random.nextInt(parts.length)];
    const texts = Array.from({ length: 3000 }, () => {
      const inner = Array.from({ length: random.nextInt(8) }, pick).join('');
      return random.nextInt(10) < 8 ? `[${inner}]` : inner;
    });
    const rows = texts.map((text, at): readonly [number, string] => [at, text]);
    const wrapped = texts.map((text, at): readonly [number, string] => [at, `[${text}]`]);
    const short = flattened({ kind: 'json', path: compileJsonPath('$') }, rows, {}, 100_000)[0].rows;
    // A step on the path takes the long way; what follows the inner array must not be read as part of the outer one.
    const long = flattened({ kind: 'json', path: compileJsonPath('$[0]') }, wrapped, {}, 100_000)[0].rows;
    const wellFormed = new Set(texts.flatMap((text, at) => (isJson(text) ? [at] : [])));
    expect(wellFormed.size).toBeGreaterThan(200);
    const of = (all: readonly unknown[]): unknown[] => all.filter((row) => Array.isArray(row) && wellFormed.has(Number(row[0])));
    expect(of(short)).toEqual(of(long));
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
