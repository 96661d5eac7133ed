/** Property: over random typed expressions, rows with nulls, and selections, kernel and interpreter give the same answer. */
import { describe, expect, it } from 'vitest';
import { RANDOM_SCHEMA, RandomExpressions, randomRows } from '../../../test/support/random-expressions.ts';
import { SeededRandom } from '../../base/random.ts';
import { Arena } from '../../columnar/arena.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { readRows } from '../../columnar/row-reader.ts';
import { checkExpression } from '../check/check-expression.ts';
import { createInterpreter } from '../evaluate/interpret.ts';
import type { TypedExpression } from '../typed-expression.ts';
import type { Value } from '../value.ts';
import { ChainKernel } from './chain-kernel.ts';

const SEED = Number(process.env.MILLRACE_SEED ?? 20261122);
const ROUNDS = 400;
const runtime = { timeZone: 'America/Los_Angeles', now: () => 0 };

describe(`kernel and interpreter, MILLRACE_SEED=${SEED}`, () => {
  it('agree on every row, and fail on the same ones', () => {
    const random = new SeededRandom(SEED);
    const expressions = new RandomExpressions(random);
    const memory = new JobMemory({ initialBytes: 1024 * 1024, maximumBytes: 512 * 1024 * 1024 });
    const arena = new Arena(memory);
    let compared = 0;
    for (let round = 0; round < ROUNDS; round++) {
      arena.reset();
      const texts = [expressions.ofType('BOOLEAN', 3), expressions.any(3), expressions.any(2)];
      const checked = texts.map((text) => checkExpression(text, RANDOM_SCHEMA, { timeZone: runtime.timeZone }));
      const typed = checked.flatMap((result) => ('problems' in result ? [] : [result.expression]));
      if (typed.length < texts.length) continue;
      const rows = randomRows(random, 37);
      const selection = rows.map((_row, index) => index).filter(() => random.nextInt(4) > 0);
      const expected = interpretRows(typed, rows, selection);
      const actual = runKernel(typed, rows, selection, memory, arena);
      expect(actual, `round ${round}: ${texts.join(' | ')}`).toEqual(expected);
      compared++;
    }
    expect(compared).toBeGreaterThan(ROUNDS / 2);
  });
});

function interpretRows(
  [predicate, ...columns]: readonly TypedExpression[],
  rows: readonly (readonly Value[])[],
  selection: readonly number[],
): unknown {
  const keep = createInterpreter(predicate, runtime);
  const compute = columns.map((column) => createInterpreter(column, runtime));
  try {
    return selection.filter((row) => keep(rows[row]) === true).map((row) => compute.map((column) => column(rows[row])));
  } catch {
    return 'fails';
  }
}

function runKernel(
  [predicate, ...columns]: readonly TypedExpression[],
  rows: readonly (readonly Value[])[],
  selection: readonly number[],
  memory: JobMemory,
  arena: Arena,
): unknown {
  const stages = [
    { kind: 'filter', nodeId: 'f', predicate },
    { kind: 'project', nodeId: 'p', columns: columns.map((expression, index) => ({ name: `c${index}`, expression })) },
  ] as const;
  const kernel = new ChainKernel({ input: RANDOM_SCHEMA, stages, runtime, memory, arena, keepNanos: true });
  try {
    return readRows(kernel.process(buildBatch(arena, RANDOM_SCHEMA, rows, { selection })));
  } catch (error) {
    if (error instanceof Error && /^MR30/.test((error as { code?: string }).code ?? '')) return 'fails';
    throw error;
  } finally {
    kernel.close();
  }
}
