/** How many subtasks a node has: the one truth of planner, checks and the stacks of the page. */
import type { JobSettings } from './job-settings.ts';
import type { ResolvedNode } from './resolved-graph.ts';

/** Rows that are grouped by nothing belong to one subtask, and so does the state they leave. */
export function isKeyedByNothing(node: ResolvedNode): boolean {
  return node.inputs.some((input) => input.port.keyedBy !== undefined && input.edges.some((edge) => edge.exchange.kind === 'global'));
}

/** Its own, else the job's; never more than its type allows. */
export function parallelismOf(node: ResolvedNode, job: Pick<JobSettings, 'parallelism'>): number {
  if (isKeyedByNothing(node)) return 1;
  const wanted = node.run.parallelism ?? job.parallelism;
  return Math.min(wanted, node.definition.parallelismMax?.(node.config) ?? wanted);
}
