/** Groups operators into tasks by Flink's chaining rules; at parallelism 1 every edge is a direct call. */
import type { Partitioning, PlanEdge, PlanOperator, PlanTask } from './physical-plan.ts';

/** An operator that has not been given its task, an edge that has not been classified. */
export type UnchainedOperator = Omit<PlanOperator, 'task' | 'index'>;
export type UnchainedEdge = Omit<PlanEdge, 'direct' | 'index'>;

export interface Chained {
  readonly operators: readonly PlanOperator[];
  readonly edges: readonly PlanEdge[];
  readonly tasks: readonly PlanTask[];
}

/** `operators` in topological order; edges refer to them by position. */
export function chainOperators(operators: readonly UnchainedOperator[], edges: readonly UnchainedEdge[]): Chained {
  const everywhereOne = operators.every((operator) => operator.parallelism === 1);
  const planned = edges.map((edge, index): PlanEdge => {
    const partitioning = effectivePartitioning(edge.partitioning, operators[edge.from].parallelism, operators[edge.to].parallelism);
    const inputs = edges.filter((other) => other.to === edge.to).length;
    const sameSubtask = partitioning.kind === 'forward' || (operators[edge.from].parallelism === 1 && operators[edge.to].parallelism === 1);
    // With several inputs a chain could close a circle of tasks that wait for each other's barriers.
    return { ...edge, index, partitioning, direct: everywhereOne || (sameSubtask && inputs === 1) };
  });
  const taskOf = groupByDirectEdges(operators.length, planned);
  const tasks: PlanTask[] = [];
  const indexOfRoot = new Map<number, number>();
  const result = operators.map((operator, index): PlanOperator => {
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
  return { operators: result, edges: planned, tasks };
}

function effectivePartitioning(wanted: Partitioning, from: number, to: number): Partitioning {
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
