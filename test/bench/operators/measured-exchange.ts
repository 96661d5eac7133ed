/**
 * A node of which nothing runs is measured by what it makes of its edges: a channel per stream of a union, channels to
 * two subtasks behind a partition. Writing and reading count, both in one thread.
 */
import type { Batch } from '../../../engine/columnar/batch.ts';
import type { JobMemory } from '../../../engine/columnar/job-memory.ts';
import { createKeyGroupAssigner } from '../../../engine/columnar/key-kernels.ts';
import type { Operator, OperatorContext } from '../../../engine/operators/operator.ts';
import { StatelessOperator } from '../../../engine/operators/stateless-operator.ts';
import { EdgeWriter } from '../../../engine/runtime/channels/edge-writer.ts';
import { createNumberKernel, createPartitioner } from '../../../engine/runtime/channels/partitioner.ts';
import { RING_CONTROL_BYTES, RingReader, RingWriter } from '../../../engine/runtime/channels/ring-channel.ts';
import { RowNumbers } from '../../../engine/runtime/channels/row-numbers.ts';
import { resolveColumn } from '../../../engine/spec/column-path.ts';
import type { ResolvedNode } from '../../../engine/spec/resolved-graph.ts';
import type { Schema } from '../../../engine/types/schema.ts';

const RING_BYTES = 1024 * 1024;
const SUBTASKS = 2;

export function createExchange(node: ResolvedNode, context: OperatorContext): Operator {
  const { memory, maxParallelism } = context;
  const [schema] = context.outputSchemas;
  const partitioning = node.definition.exchange?.(node.config) ?? { kind: 'forward' as const };
  const subtasks = partitioning.kind === 'forward' ? 1 : SUBTASKS;
  const rings = Array.from({ length: subtasks }, () => createRing(memory, schema));
  const pathOf = (column: string) => resolveColumn(schema, column)?.path ?? [];
  const partitioner = createPartitioner(partitioning, subtasks, maxParallelism, 0, {
    keyGroups: (columns) => {
      const assigner = createKeyGroupAssigner(schema, columns.map(pathOf), maxParallelism);
      return (batch, target) => assigner.assign(batch, target);
    },
    numbers: (column, bound) => createNumberKernel(pathOf(column), bound),
  });
  const writer = new EdgeWriter(
    partitioner,
    rings.map((ring) => ring.writer),
    context.arena,
  );
  return new (class extends StatelessOperator {
    override processBatch(_input: number, batch: Batch) {
      for (let written = false; !written; ) {
        written = writer.writeBatch(batch);
        for (const { reader } of rings)
          for (let item = reader.take(); item !== null; item = reader.take()) {
            if (item.batch !== null) context.output.emit(0, item.batch);
            reader.release();
          }
      }
      return 'done' as const;
    }
  })();
}

function createRing(memory: JobMemory, schema: Schema): { readonly writer: RingWriter; readonly reader: RingReader } {
  const place = { address: memory.allocateRegion(RING_CONTROL_BYTES + RING_BYTES), bytes: RING_BYTES };
  const bell = { ring: () => undefined };
  return {
    writer: new RingWriter(memory, new RowNumbers(memory), memory, place, bell),
    reader: new RingReader(memory, place, schema, bell, memory),
  };
}
