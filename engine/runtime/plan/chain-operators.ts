/**
 * Groups operators into tasks by Flink's chaining rules, and says of every exchange between tasks why it is one. Where every
 * operator has one subtask, and nobody asked otherwise, all edges are direct calls: keyed edges and unions too.
 */
import type { NodeRun } from '../../spec/node-run.ts';
import type { Partitioning, PlanEdge, PlanTask } from './physical-plan.ts';

/** An operator that has not been given its task, an edge that has not been classified. */
export interface Unchained {
  readonly nodeId: string;
  readonly parallelism: number;
  readonly chaining: NodeRun['chaining'];
}
export type UnchainedEdge = Omit<PlanEdge, 'direct' | 'index'>;

/**
 * Why rows of an edge cross a channel: they are dealt out anew; the parallelism is another; more than one edge ends there (a
 * chain could close a circle of tasks that wait for each other's barriers); somebody switched chaining off.
 */
export type ChainBreak = 'shuffle' | 'parallelism' | 'inputs' | 'switched-off';

export type ChainedOperator<O extends Unchained> = O & { readonly index: number; readonly task: number };

export interface Chained<O extends Unchained> {
  readonly operators: readonly ChainedOperator<O>[];
  readonly edges: readonly PlanEdge[];
  readonly tasks: readonly PlanTask[];
  /** Parallel to the edges; null: a direct call. */
  readonly breaks: readonly (ChainBreak | null)[];
}

/** `operators` in topological order; edges refer to them by position. */
export function chainOperators<O extends Unchained>(operators: readonly O[], edges: readonly UnchainedEdge[]): Chained<O> {
  const oneTask = operators.every((operator) => operator.parallelism === 1 && operator.chaining === 'join');
  const breaks = edges.map((edge) => (oneTask ? null : breakOf(edge, operators, edges)));
  const planned = edges.map((edge, index): PlanEdge => {
    const partitioning = effectivePartitioning(edge.partitioning, operators[edge.from].parallelism, operators[edge.to].parallelism);
    return { ...edge, index, partitioning, direct: breaks[index] === null };
  });
  const taskOf = groupByDirectEdges(operators.length, planned);
  const tasks: PlanTask[] = [];
  const indexOfRoot = new Map<number, number>();
  const result = operators.map((operator, index): ChainedOperator<O> => {
    let task = indexOfRoot.get(taskOf[index]);
    if (task === undefined) {
      task = tasks.length;
      indexOfRoot.set(taskOf[index], task);
      tasks.push({ index: task, name: operator.nodeId, parallelism: operator.parallelism, operators: [] });
    }
    const known = tasks[task];
    tasks[task] = {
      ...known,
      name: known.operators.length === 0 ? operator.nodeId : `${known.name} → ${operator.nodeId}`,
      operators: [...known.operators, index],
    };
    return { ...operator, index, task };
  });
  return { operators: result, edges: planned, tasks, breaks };
}

function breakOf(edge: UnchainedEdge, operators: readonly Unchained[], edges: readonly UnchainedEdge[]): ChainBreak | null {
  const from = operators[edge.from];
  const to = operators[edge.to];
  if (from.parallelism !== to.parallelism) return 'parallelism';
  if (effectivePartitioning(edge.partitioning, from.parallelism, to.parallelism).kind !== 'forward') return 'shuffle';
  if (edges.filter((other) => other.to === edge.to).length > 1) return 'inputs';
  return from.chaining === 'never' || to.chaining !== 'join' ? 'switched-off' : null;
}

export function effectivePartitioning(wanted: Partitioning, from: number, to: number): Partitioning {
  if (from === 1 && to === 1) return { kind: 'forward' };
  if (to === 1) return { kind: 'global' };
  if (wanted.kind === 'forward' && from !== to) return { kind: 'rebalance' };
  return wanted;
}

/** Representative operator of each operator's group (union-find, smallest index). */
function groupByDirectEdges(count: number, edges: readonly PlanEdge[]): number[] {
  const parent = Array.from({ length: count }, (_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root];
    return root;
  };
  for (const edge of edges) {
    if (!edge.direct) continue;
    const a = find(edge.from);
    const b = find(edge.to);
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  return parent.map((_, index) => find(index));
}
