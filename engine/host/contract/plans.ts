/** What the engine will make of a pipeline: tasks, what fuses into them, how rows cross between them, and who works where. */
import type { ProblemMessage } from './messages.ts';

export interface PlanViewNode {
  readonly nodeId: string;
  readonly label: string;
  readonly type: string;
}

export interface PlanViewOperator {
  readonly nodes: readonly PlanViewNode[];
  /** Fed by the operator before it in the list; else by an earlier one, or it is the first. */
  readonly follows: boolean;
}

export interface PlanViewTask {
  readonly index: number;
  readonly parallelism: number;
  /** Operators of the chain, upstream first; the nodes of one are a single generated loop. */
  readonly operators: readonly PlanViewOperator[];
  /** Key groups of each subtask, first and last, where rows arrive by key. */
  readonly keyGroups: readonly { readonly start: number; readonly end: number }[] | null;
}

/** Why two operators are not in one task. */
export type PlanViewBreak = 'shuffle' | 'parallelism' | 'inputs' | 'switched-off';

export interface PlanViewExchange {
  /** Edges of the document that it stands for: nodes that only wire lie between them. */
  readonly edgeIds: readonly string[];
  readonly fromTask: number;
  readonly toTask: number;
  readonly from: PlanViewNode;
  readonly to: PlanViewNode;
  readonly partitioning: 'forward' | 'hash' | 'rebalance' | 'rescale' | 'shuffle' | 'custom' | 'broadcast' | 'global';
  /** Columns of the key. */
  readonly columns: readonly string[];
  /** Channels, over all subtasks. */
  readonly channels: number;
  readonly because: PlanViewBreak;
}

export interface PlanView {
  /** Of nodes that have none of their own. */
  readonly parallelism: number;
  readonly maxParallelism: number;
  readonly tasks: readonly PlanViewTask[];
  readonly exchanges: readonly PlanViewExchange[];
  /** Slots: worker `w` runs subtask `w` of every task that has one. */
  readonly workers: readonly { readonly index: number; readonly tasks: readonly number[] }[];
}

export interface PlanMethods {
  /** Null while there are errors, which are then told. */
  'pipeline.plan': { side: 'engine'; params: { text: string }; result: { plan: PlanView | null; problems: readonly ProblemMessage[] } };
}
