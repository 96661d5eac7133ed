/** What runs: tasks (chains of operators), the edges between them, and how rows cross. Immutable, plain data, sent to workers. */
import type { InputOrder } from '../../operators/batch/sorting-operator.ts';
import type { Schema } from '../../types/schema.ts';

export type Partitioning =
  | { readonly kind: 'forward' }
  | { readonly kind: 'hash'; readonly columns: readonly string[] }
  | { readonly kind: 'rebalance' }
  | { readonly kind: 'rescale' }
  | { readonly kind: 'shuffle' }
  | { readonly kind: 'custom'; readonly column: string }
  | { readonly kind: 'broadcast' }
  | { readonly kind: 'global' };

/** That decide where a row goes. */
export function spreadColumns(partitioning: Partitioning): readonly string[] {
  if (partitioning.kind === 'hash') return partitioning.columns;
  return partitioning.kind === 'custom' ? [partitioning.column] : [];
}

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
  /** Folder of the module under `nodes/`, `sources/file`; empty for `stages`. */
  readonly folder: string;
  /** Modules of the stages that are fused into this operator. */
  readonly stageModules: readonly { readonly type: string; readonly folder: string }[];
  /** Document edges between the fused stages, in order. */
  readonly innerEdges: readonly string[];
  /** Which of the fused stages may drop rows. */
  readonly stageFilters: readonly boolean[];
  /** Checked config of the node, or the stages. Structured-clonable. */
  readonly config: unknown;
  readonly parallelism: number;
  /** Memory that its state may take in one subtask, the rest lies on disk; absent: all of it stays in memory. */
  readonly stateBytesMax?: number;
  /** In a batch: rows wait until all are there; `bytesMax` of them in memory, the rest on disk. */
  readonly sorted?: SortedInputs;
  readonly task: number;
  readonly inputSchemas: readonly Schema[];
  readonly outputSchemas: readonly Schema[];
  /** Parallel to the outputs of a source, else empty. */
  readonly requiredColumns: readonly (readonly string[] | null)[];
}

export interface SortedInputs {
  readonly inputs: readonly InputOrder[];
  readonly bytesMax: number;
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

/** One of the stages of a `stages` operator; the worker makes the stage out of it. */
export interface StageConfig {
  readonly nodeId: string;
  readonly type: string;
  readonly config: unknown;
  readonly inputSchema: Schema;
}

/** A node of the document that only wires (union, partition, a disabled node): shown with the rows of its input edges. */
export interface WiringNode {
  readonly nodeId: string;
  readonly inputEdges: readonly string[];
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
  /** Folder in which state may lie that is larger than memory may hold; absent: none may. */
  readonly spillFolder?: string;
  /** Exactly once: barriers hold back what comes behind them. At least once they do not. */
  readonly alignsBarriers: boolean;
  /** A batch: event time and the clock move once, at the end of the input. */
  readonly resultsAtEnd: boolean;
  readonly operators: readonly PlanOperator[];
  readonly edges: readonly PlanEdge[];
  readonly tasks: readonly PlanTask[];
  readonly wiringNodes: readonly WiringNode[];
  /** Changes when the logic of the document changes. */
  readonly specHash: string;
}

/** Producer subtasks with a channel over `edge` into the consumer subtask `consumer`, ascending. */
export function producersOf(plan: PhysicalPlan, edge: PlanEdge, consumer: number): readonly number[] {
  if (edge.direct || edge.partitioning.kind === 'forward') return [consumer];
  const [from, to] = [plan.operators[edge.from].parallelism, plan.operators[edge.to].parallelism];
  const all = Array.from({ length: from }, (_, producer) => producer);
  return edge.partitioning.kind === 'rescale' ? all.filter((producer) => areConnected(producer, from, consumer, to)) : all;
}

/** Consumer subtasks with a channel over `edge` from the producer subtask `producer`, ascending. */
export function consumersOf(plan: PhysicalPlan, edge: PlanEdge, producer: number): readonly number[] {
  if (edge.direct || edge.partitioning.kind === 'forward') return [producer];
  const [from, to] = [plan.operators[edge.from].parallelism, plan.operators[edge.to].parallelism];
  const all = Array.from({ length: to }, (_, consumer) => consumer);
  return edge.partitioning.kind === 'rescale' ? all.filter((consumer) => areConnected(producer, from, consumer, to)) : all;
}

/** Over all subtasks. */
export function countChannels({ direct, partitioning }: PlanEdge, from: number, to: number): number {
  if (direct || partitioning.kind === 'forward') return to;
  return partitioning.kind === 'rescale' ? Math.max(from, to) : from * to;
}

/** Flink's pointwise pattern (VertexInputInfoComputationUtils): the side with more subtasks is divided among those of the other. */
function areConnected(producer: number, from: number, consumer: number, to: number): boolean {
  if (from >= to) return producer >= Math.floor((consumer * from) / to) && producer < Math.floor(((consumer + 1) * from) / to);
  return consumer >= Math.ceil((producer * to) / from) && consumer < Math.ceil(((producer + 1) * to) / from);
}
