/** Fused chains: what they compute, what they pass by reference, marks, failures and bail-outs. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { readRows } from '../../columnar/row-reader.ts';
import { parseType } from '../../types/parse-type.ts';
import type { Schema } from '../../types/schema.ts';
import { checkExpression } from '../check/check-expression.ts';
import type { TypedExpression } from '../typed-expression.ts';
import { ChainKernel } from './chain-kernel.ts';
import type { Stage } from './stage.ts';
import { stageOutputSchema } from './stage.ts';

const runtime = { timeZone: 'UTC', now: () => 0 };
const schema = schemaOf({ k: 'BIGINT', v: 'INT', name: 'STRING', ts: 'TIMESTAMP(3)', bid: 'ROW<auction BIGINT, channel STRING>' });
let memory: JobMemory;
let arena: Arena;

beforeEach(() => {
  memory = new JobMemory({ initialBytes: 1024 * 1024 });
  arena = new Arena(memory);
});

function schemaOf(columns: Readonly<Record<string, string>>): Schema {
  return {
    fields: Object.entries(columns).map(([name, text]) => {
      const parsed = parseType(text);
      if ('problem' in parsed) throw new Error(parsed.problem.text.en);
      return { name, type: parsed.type };
    }),
  };
}

function typed(text: string, input = schema): TypedExpression {
  const result = checkExpression(text, input, runtime);
  if ('problems' in result) throw new Error(result.problems[0].text.en);
  return result.expression;
}

const filter = (text: string, input = schema): Stage => ({ kind: 'filter', nodeId: 'only', predicate: typed(text, input) });
const project = (columns: Readonly<Record<string, string>>, input = schema): Stage => ({
  kind: 'project',
  nodeId: 'derive',
  columns: Object.entries(columns).map(([name, text]) => ({ name, expression: typed(text, input) })),
});
const watermark = (rule: 'sql' | 'datastream', text = 'ts'): Stage => ({
  kind: 'watermark',
  nodeId: 'times',
  rowtime: 'ts',
  expression: typed(text),
  delayMs: 1000,
  rule,
});

const at = (millis: number): bigint => BigInt(millis) * 1_000_000n;
const ROWS = [
  [1n, 10, 'a', at(5000), [7n, 'Google']],
  [2n, null, 'bc', at(4000), [8n, null]],
  [null, 30, null, at(7000), null],
  [4n, -5, 'é', at(9500), [9n, 'Baidu']],
];

function run(stages: readonly Stage[], rows: readonly (readonly never[])[] = ROWS as never): Batch {
  return new ChainKernel({ input: schema, stages, runtime, memory, arena }).process(buildBatch(arena, schema, rows));
}

function marksOf(batch: Batch): [number, bigint][] {
  return Array.from({ length: batch.markCount }, (_, index) => [
    memory.i32[(batch.markRows >>> 2) + index],
    memory.i64[(batch.markWatermarks >>> 3) + index],
  ]);
}

describe('a chain of stages', () => {
  it('filters and projects in one loop, nested columns included', () => {
    expect(readRows(run([filter('v > 0'), project({ twice: 'v * 2', channel: 'bid.channel', k: 'k' })]))).toEqual([
      [20, 'Google', 1n],
      [60, null, null],
    ]);
  });

  it('asks whether a nested row is there, and passes it whole', () => {
    expect(readRows(run([filter('bid IS NOT NULL'), project({ bid: 'bid', none: 'bid.channel IS NULL' })]))).toEqual([
      [[7n, 'Google'], false],
      [[8n, null], true],
      [[9n, 'Baidu'], false],
    ]);
  });

  it('lets a later stage see what an earlier one computed', () => {
    const first = project({ x: 'v + 1', name: 'UPPER(name)' });
    const second = stageOutputSchema(first, schema);
    expect(readRows(run([first, filter('x > 0', second), project({ y: "name || '!'", x: 'x' }, second)]))).toEqual([
      ['A!', 11],
      [null, 31],
    ]);
  });

  it('passes untouched columns by reference and selects instead of copying', () => {
    const input = buildBatch(arena, schema, ROWS);
    const output = new ChainKernel({ input: schema, stages: [filter('k IS NOT NULL')], runtime, memory, arena }).process(input);
    expect(output.columns.map((column, index) => column === input.columns[index])).toEqual([true, true, true, true, true]);
    expect([output.rowCount, output.selectedCount]).toEqual([4, 3]);
  });

  it('keeps the marks of its input when it sets no watermarks', () => {
    const input = buildBatch(arena, schema, ROWS, { marks: [{ row: 2, watermark: 77n }] });
    const output = new ChainKernel({ input: schema, stages: [filter('v > 10')], runtime, memory, arena }).process(input);
    expect(marksOf(output)).toEqual([[2, 77n]]);
  });

  it('does a batch exactly when a value leaves the fast range, and goes back', () => {
    const kernel = new ChainKernel({ input: schema, stages: [project({ k: 'k * 3' })], runtime, memory, arena });
    const big = 2n ** 62n;
    const answer = (k: bigint) => readRows(kernel.process(buildBatch(arena, schema, [[k, 0, '', 0n, null]])))[0][0];
    expect([answer(5n), answer(big), ...Array.from({ length: 12 }, () => answer(6n))]).toEqual([
      15n,
      BigInt.asIntN(64, big * 3n),
      ...Array.from({ length: 12 }, () => 18n),
    ]);
  });

  it('names node, row and place of a failure', () => {
    expect(() => run([project({ bad: '10 / (v - 10)' })])).toThrow(
      expect.objectContaining({ code: 'MR3001', details: expect.objectContaining({ nodeId: 'derive' }) }),
    );
    expect(() => run([project({ bad: 'CAST(name AS INT)' })])).toThrow(
      "'a' cannot be cast to INT; TRY_CAST gives NULL instead (row 0 of the batch in column bad, characters 1–17)",
    );
  });

  it('takes lists and chains of thousands', () => {
    const list = Array.from({ length: 3000 }, (_, index) => index + 9).join(', ');
    const chain = Array.from({ length: 2000 }, (_, index) => `v = ${index + 9}`).join(' OR ');
    const cases = Array.from({ length: 1500 }, (_, index) => `WHEN v = ${index} THEN ${index + 1}`).join(' ');
    expect(readRows(run([project({ listed: `v IN (${list})`, chained: chain, chosen: `CASE ${cases} ELSE 0 END` })]))).toEqual([
      [true, true, 11],
      [null, null, 0],
      [true, true, 31],
      [false, false, 0],
    ]);
  });

  it('says which input columns it needs', () => {
    const kernel = new ChainKernel({ input: schema, stages: [filter('v > 0'), project({ a: 'bid.auction' })], runtime, memory, arena });
    expect(kernel.sourceIndexes()).toEqual([1, 4]);
  });
});

describe('a watermark stage', () => {
  it('marks only the rows that raise it, one millisecond apart by rule', () => {
    expect(marksOf(run([watermark('sql')]))).toEqual([
      [0, 4000n],
      [2, 6000n],
      [3, 8500n],
    ]);
    expect(marksOf(run([watermark('datastream')]))).toEqual([
      [0, 3999n],
      [2, 5999n],
      [3, 8499n],
    ]);
  });

  it('counts only rows that pass the filter before it, and remembers between batches', () => {
    const kernel = new ChainKernel({ input: schema, stages: [filter('v < 20'), watermark('sql')], runtime, memory, arena });
    expect(marksOf(kernel.process(buildBatch(arena, schema, ROWS)))).toEqual([
      [0, 4000n],
      [3, 8500n],
    ]);
    expect(marksOf(kernel.process(buildBatch(arena, schema, ROWS)))).toEqual([]);
  });

  it('lets the last of several decide', () => {
    const later: Stage = { ...watermark('sql'), nodeId: 'again', delayMs: 0 } as Stage;
    expect(marksOf(run([watermark('sql'), filter('v > 0'), later]))).toEqual([
      [0, 5000n],
      [2, 7000n],
    ]);
  });

  it('declares event time and stamps the records', () => {
    const output = run([watermark('sql')]);
    expect([output.schema.rowtime, output.timestamps]).toEqual(['ts', output.columns[3].data]);
  });

  it('refuses a row without a time', () => {
    expect(() => run([watermark('sql')], [[1n, 1, '', null, null]] as never)).toThrow(
      expect.objectContaining({ code: 'MR3004', details: expect.objectContaining({ nodeId: 'times' }) }),
    );
  });

  it('appends a computed time and is exact at the ends of the range', () => {
    const stage: Stage = {
      kind: 'watermark',
      nodeId: 'times',
      rowtime: 'later',
      expression: typed("ts + INTERVAL '1' SECOND"),
      delayMs: 0,
      rule: 'sql',
    };
    const output = run([stage], [[1n, 1, '', (2n ** 63n - 1n - 1000n) * 1_000_000n, null]] as never);
    expect([output.schema.fields.at(-1)?.name, marksOf(output)]).toEqual(['later', [[0, 2n ** 63n - 1n]]]);
  });
});
