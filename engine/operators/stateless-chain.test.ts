/** The chain as an operator: what it emits, and when it says nothing. */
import { expect, it } from 'vitest';
import { Arena } from '../columnar/arena.ts';
import type { Batch } from '../columnar/batch.ts';
import { JobMemory } from '../columnar/job-memory.ts';
import { buildBatch } from '../columnar/row-builder.ts';
import { readRows } from '../columnar/row-reader.ts';
import { checkExpression } from '../expressions/check/check-expression.ts';
import type { TypedExpression } from '../expressions/typed-expression.ts';
import type { Schema } from '../types/schema.ts';
import type { OperatorContext } from './operator.ts';
import { createStatelessChain } from './stateless-chain.ts';

const schema: Schema = {
  fields: [
    { name: 'v', type: { kind: 'INTEGER', nullable: true } },
    { name: 'ts', type: { kind: 'TIMESTAMP', precision: 3, nullable: true } },
  ],
};

function typed(text: string): TypedExpression {
  const result = checkExpression(text, schema, { timeZone: 'UTC' });
  if ('problems' in result) throw new Error(result.problems[0].text.en);
  return result.expression;
}

function harness(): { context: OperatorContext; arena: Arena; emitted: unknown[][][] } {
  const memory = new JobMemory({ initialBytes: 1024 * 1024 });
  const arena = new Arena(memory);
  const emitted: unknown[][][] = [];
  const context = {
    memory,
    arena,
    timeZone: 'UTC',
    clock: { now: () => 0, monotonic: () => 0 },
    output: { emit: (_port: number, batch: Batch) => emitted.push(readRows(batch)) },
  } as unknown as OperatorContext;
  return { context, arena, emitted };
}

it('emits what passes, and nothing for a batch that has nothing to say', () => {
  const { context, arena, emitted } = harness();
  const chain = createStatelessChain([{ kind: 'filter', nodeId: 'f', predicate: typed('v > 1') }], schema, context);
  expect([
    chain.watermarks,
    chain.processBatch(
      0,
      buildBatch(arena, schema, [
        [1, 0n],
        [2, 0n],
      ]),
    ),
    chain.processBatch(0, buildBatch(arena, schema, [[1, 0n]])),
  ]).toEqual(['forward', 'done', 'done']);
  expect(emitted).toEqual([[[2, 0n]]]);
  chain.close();
});

it('owns its watermarks once it sets them, and emits marks without rows', () => {
  const { context, arena, emitted } = harness();
  const stages = [
    { kind: 'watermark', nodeId: 'w', rowtime: 'ts', expression: typed('ts'), delayMs: 0, rule: 'sql' },
    { kind: 'filter', nodeId: 'f', predicate: typed('v > 1') },
  ] as const;
  const chain = createStatelessChain(stages, schema, context);
  chain.processBatch(0, buildBatch(arena, schema, [[1, 5_000_000n]]));
  expect([chain.watermarks, emitted]).toEqual(['own', [[]]]);
  chain.close();
});
