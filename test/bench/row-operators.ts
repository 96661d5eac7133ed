/** Rows per second of operators that make other rows of a row, alone: batches that stand in memory go in, what leaves is dropped. */
import { Arena } from '../../engine/columnar/arena.ts';
import type { Batch } from '../../engine/columnar/batch.ts';
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import { buildBatch } from '../../engine/columnar/row-builder.ts';
import { createOperator as createFlatten } from '../../engine/nodes/transforms/flatten/operator.ts';
import type { Operator, OperatorContext } from '../../engine/operators/operator.ts';
import { BIGINT, notNull, STRING } from '../../engine/types/make-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { OperatorSpeed } from './join-operators.ts';

const BATCH_ROWS = 4096;

const input: Schema = {
  fields: [
    { name: 'id', type: BIGINT },
    { name: 'text', type: STRING },
    { name: 'json', type: STRING },
    { name: 'a', type: BIGINT },
    { name: 'b', type: BIGINT },
  ],
};
const text = { path: '$', type: 'STRING', without: 'drop', nulls: 'keep', name: null, element: 'element', position: null } as const;

interface Candidate {
  readonly name: string;
  readonly output: Schema;
  create(context: OperatorContext): Operator;
}

const CANDIDATES: readonly Candidate[] = [
  {
    name: 'flatten, 5 pieces of a text',
    output: { fields: [...input.fields, { name: 'element', type: STRING }] },
    create: (context) => createFlatten({ ...text, from: 'text', column: 'text', separator: ',', values: [], keepSource: true }, context),
  },
  {
    name: 'flatten, 5 numbers of JSON',
    output: { fields: [...input.fields, { name: 'element', type: BIGINT }] },
    create: (context) =>
      createFlatten({ ...text, from: 'json', column: 'json', separator: ',', type: 'BIGINT', values: [], keepSource: true }, context),
  },
  {
    name: 'flatten, 2 columns',
    output: {
      fields: [...input.fields.slice(0, 3), { name: 'name', type: notNull(STRING) }, { name: 'element', type: BIGINT }],
    },
    create: (context) => {
      const values = ['a', 'b'].map((name) => ({ name, expression: name }));
      return createFlatten({ ...text, from: 'columns', column: '', separator: ',', values, name: 'name', keepSource: false }, context);
    },
  },
];

function measure({ name, output, create }: Candidate, rows: number): OperatorSpeed {
  const memory = new JobMemory();
  const batches = new Arena(memory);
  const arena = new Arena(memory);
  let left = 0;
  const context = {
    nodeId: 'bench',
    memory,
    arena,
    timeZone: 'UTC',
    batchRows: BATCH_ROWS,
    clock: { now: () => 0, monotonic: () => 0 },
    inputSchemas: [input],
    outputSchemas: [output],
    output: {
      emit: (_port: number, batch: Batch) => {
        left += batch.selectedCount;
      },
    },
  } as unknown as OperatorContext;
  const operator = create(context);
  const batch = buildBatch(
    batches,
    input,
    Array.from({ length: BATCH_ROWS }, (_, at) => {
      const five = Array.from({ length: 5 }, (_, piece) => String((at * 7919 + piece * 104729) % 1_000_000));
      return [BigInt(at), five.join(','), `[${five.join(', ')}]`, BigInt(at % 100), BigInt(at % 7)];
    }),
  );
  const feed = (): void => {
    let progress = operator.processBatch(0, batch);
    while (progress === 'more') {
      arena.reset();
      progress = operator.drain();
    }
    arena.reset();
  };
  for (let warm = 0; warm < 20; warm++) feed();
  left = 0;
  const rounds = Math.ceil(rows / BATCH_ROWS);
  const startMs = performance.now();
  for (let round = 0; round < rounds; round++) feed();
  const seconds = (performance.now() - startMs) / 1000;
  operator.close();
  const fed = rounds * BATCH_ROWS;
  return { operator: name, millionRowsPerSecond: fed / seconds / 1e6, rowsOutPerRow: left / fed };
}

export function measureRowOperators(rows: number): readonly OperatorSpeed[] {
  return CANDIDATES.map((candidate) => measure(candidate, rows));
}
