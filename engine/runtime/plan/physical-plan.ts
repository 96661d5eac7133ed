/** What runs: tasks (chains of operators), the edges between them, and how rows cross. Immutable, plain data, sent to workers. */
import type { LogicalType } from '../../types/logical-type.ts';
import type { Schema } from '../../types/schema.ts';

export type Partitioning =
  | { readonly kind: 'forward' }
  | { readonly kind: 'hash'; readonly columns: readonly string[] }
  | { readonly kind: 'rebalance' }
  | { readonly kind: 'broadcast' }
  | { readonly kind: 'global' };

/** One operator of every subtask of its task. */
export interface PlanOperator {
  readonly index: number;
  /** Names state, metrics and errors; a fused chain of stages takes the id of its first node. */
  readonly nodeId: string;
  /** Document nodes this operator stands for, first to last. */
  readonly nodeIds: readonly string[];
  readonly kind: 'source' | 'operator';
  /** Module to load; `stages` is the runtime's own operator over fused stages. */
  readonly type: string;
  /** Folder of the module under `nodes/`. */
  readonly category: string;
  /** Checked config of the node, or the stages. Structured-clonable. */
  readonly config: unknown;
  readonly parallelism: number;
  readonly task: number;
  readonly inputSchemas: readonly Schema[];
  readonly outputSchemas: readonly Schema[];
  /** Parallel to the outputs of a source, else empty. */
  readonly requiredColumns: readonly (readonly string[] | null)[];
}

export interface PlanEdge {
  readonly index: number;
  /** Edges of the document that this one stands for (several where wiring-only nodes were between). */
  readonly documentEdges: readonly string[];
  readonly from: number;
  readonly fromPort: number;
  readonly to: number;
  readonly toPort: number;
  readonly partitioning: Partitioning;
  /** Types of the hash columns, in order. */
  readonly keyTypes: readonly LogicalType[];
  readonly schema: Schema;
  /** A call within the task instead of a channel. */
  readonly direct: boolean;
}

export interface PlanTask {
  readonly index: number;
  readonly name: string;
  readonly parallelism: number;
  /** Operator indexes in topological order. */
  readonly operators: readonly number[];
}

export interface PhysicalPlan {
  readonly jobId: string;
  readonly jobName: string;
  readonly parallelism: number;
  readonly maxParallelism: number;
  readonly batchRows: number;
  readonly timeZone: string;
  readonly baseDirectory: string;
  readonly memoryBytesPerWorker: number;
  readonly operators: readonly PlanOperator[];
  readonly edges: readonly PlanEdge[];
  readonly tasks: readonly PlanTask[];
  /** Changes when the logic of the document changes. */
  readonly specHash: string;
}

/** Channels of an edge into one consumer subtask: one per producer subtask, or one for a pointwise edge. */
export function channelCount(plan: PhysicalPlan, edge: PlanEdge): number {
  return edge.partitioning.kind === 'forward' ? 1 : plan.operators[edge.from].parallelism;
}
