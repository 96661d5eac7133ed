/** Custom code as the process node runs it: its small world, errors with the person's line, values that columns cannot hold. */
import { describe, expect, test } from 'vitest';
import { OperatorHarness } from '../../../test/support/operator-harness.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import type { ProcessConfig } from '../../nodes/transforms/process/node.ts';
import { createOperator } from '../../nodes/transforms/process/operator.ts';
import { BIGINT, STRING } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';

const schema: Schema = {
  fields: [
    { name: 'id', type: BIGINT },
    { name: 'name', type: STRING },
  ],
};

function rowsOf(body: string, config: Partial<ProcessConfig> = {}): unknown {
  const harness = new OperatorHarness({ inputSchemas: [schema], outputSchemas: [schema] });
  const code = body.includes('function processElement') ? body : `function processElement(row: Row, ctx: Context, out: Output) { ${body} }`;
  const operator = createOperator({ keys: [], columns: [], states: [], sideOutputs: [], code, ...config }, harness.context);
  operator.open([]);
  const batch = buildBatch(harness.arena, schema, [
    [1n, 'a'],
    [2n, null],
  ]);
  for (let state = operator.processBatch(0, batch); state === 'more'; ) state = operator.drain();
  operator.close();
  return harness.rows[0];
}

test.each(['process', 'require', 'fetch', 'setTimeout', 'globalThis', 'console', 'WebAssembly', 'SharedArrayBuffer', 'eval', 'Function'])(
  'there is no %s',
  (name) => {
    expect(rowsOf(`out.emit({ id: 1, name: typeof ${name} });`)).toEqual([
      [1n, 'undefined'],
      [1n, 'undefined'],
    ]);
  },
);

test('no code is made of text', () => {
  const make = `(() => {}).constructor("return 1")()`;
  expect(rowsOf(`let said = ""; try { ${make}; } catch (error) { said = error.name; } out.emit({ id: 0n, name: said });`)).toEqual([
    [0n, 'EvalError'],
    [0n, 'EvalError'],
  ]);
});

test('the clock is the engine’s', () => {
  const now = BigInt(new OperatorHarness().clock.nowMs);
  expect(rowsOf('out.emit({ id: Date.now(), name: String(new Date().getTime() === ctx.processingTime) });')).toEqual([
    [now, 'true'],
    [now, 'true'],
  ]);
});

test('rows can be kept', () => {
  const code = `let before: Row | null = null;
function processElement(row: Row, ctx: Context, out: Output) {
  if (before !== null) out.emit(before);
  before = row;
}`;
  expect(rowsOf(code)).toEqual([[1n, 'a']]);
});

describe('what fails names node, line and column of the TypeScript', () => {
  test.each([
    [
      `interface Gone {\n  a: number;\n}\nfunction processElement(row: Row): void {\n  const x = (row as any).gone.deeper;\n}`,
      'line 5, column 31',
      'TypeError',
    ],
    [
      `function processElement(row: Row, ctx: Context, out: Output) {\n  out.emit({ id: "x" });\n}`,
      'line 2, column 7',
      'column "id" is BIGINT and cannot hold "x"',
    ],
    [`function processElement(row: Row, ctx, out) {\n  out.emit(7);\n}`, 'line 2, column 7', 'a row is an object'],
    [`function processElement(row: Row, ctx, out) {\n  missing = 1;\n}`, 'line 2, column 11', 'ReferenceError'],
    [`throw new Error("at once");\nfunction processElement() {}`, 'line 1, column 7', 'at once'],
    [`function processElement() {\n  throw "words";\n}`, 'processElement of node', 'it threw "words"'],
    ['async function processElement() {}', 'processElement', 'neither async nor a generator'],
  ])('%s', (code, place, words) => {
    expect(() => rowsOf(code)).toThrow(place);
    expect(() => rowsOf(code)).toThrow(words);
    try {
      rowsOf(code);
    } catch (error) {
      expect(error).toMatchObject({ code: 'MR3020', details: { domain: 'user', nodeId: 'node', field: 'code' } });
    }
  });
});

test('one row may answer more than a batch holds', () => {
  const rows = rowsOf('for (let at = 0; at < 20000; at++) out.emit({ id: at, name: at % 3 === 0 ? null : "é" + at });') as unknown[][];
  expect(rows.length).toBe(40_000);
  expect([rows[19_999], rows[20_001], rows[39_999]]).toEqual([
    [19_999n, 'é19999'],
    [1n, 'é1'],
    [19_999n, 'é19999'],
  ]);
});
