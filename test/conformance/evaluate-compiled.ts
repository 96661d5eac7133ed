/** Evaluates one expression over boxed rows through a batch in job memory and the generated kernel. */
import { Arena } from '../../engine/columnar/arena.ts';
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import { buildBatch } from '../../engine/columnar/row-builder.ts';
import { readRows } from '../../engine/columnar/row-reader.ts';
import { ChainKernel } from '../../engine/expressions/compile/chain-kernel.ts';
import type { FunctionRuntime } from '../../engine/expressions/functions/define-function.ts';
import type { TypedExpression } from '../../engine/expressions/typed-expression.ts';
import type { Value } from '../../engine/expressions/value.ts';
import type { Schema } from '../../engine/types/schema.ts';

const memory = new JobMemory({ initialBytes: 8 * 1024 * 1024, maximumBytes: 1024 * 1024 * 1024 });
const arena = new Arena(memory);

export function evaluateCompiled(
  expression: TypedExpression,
  schema: Schema,
  rows: readonly (readonly Value[])[],
  runtime: FunctionRuntime,
): Value[] {
  arena.reset();
  const stages = [{ kind: 'project', nodeId: 'conformance', columns: [{ name: 'answer', expression }] }] as const;
  const kernel = new ChainKernel({ input: schema, stages, runtime, memory, arena, keepNanos: true });
  try {
    return readRows(kernel.process(buildBatch(arena, schema, rows))).map((row) => row[0]);
  } finally {
    kernel.close();
  }
}
