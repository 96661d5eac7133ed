/** Checks of what people say about the parallelism of single nodes; the rules are Flink's. */
import { ownParallelismFix } from './fixes.ts';
import * as found from './graph-problems.ts';
import type { JobSettings } from './job-settings.ts';
import { isKeyedByNothing, parallelismOf } from './parallelism.ts';
import type { Problem } from './problem.ts';
import type { ResolvedGraph, ResolvedNode } from './resolved-graph.ts';

/** `job`: with the parallelism it is started with. */
export function checkParallelism(graph: ResolvedGraph, job: Pick<JobSettings, 'parallelism' | 'maxParallelism'>): readonly Problem[] {
  return graph.nodes.flatMap((node) => [...checkOwn(node, job), ...checkForward(graph, node, job), ...checkEventTime(graph, node, job)]);
}

function checkOwn(node: ResolvedNode, job: Pick<JobSettings, 'parallelism' | 'maxParallelism'>): readonly Problem[] {
  const { parallelism } = node.run;
  if (parallelism === null) return [];
  const place = { nodeId: node.id, field: 'parallelism' };
  const limit = node.definition.parallelismMax?.(node.config);
  if (isKeyedByNothing(node) && parallelism !== 1)
    return [found.keyedByNothing({ parallelism }, place, [ownParallelismFix(node.id, null)])];
  if (limit !== undefined && parallelism > limit)
    return [found.parallelismLimited({ limit, parallelism }, place, [ownParallelismFix(node.id, null)])];
  if (parallelism > job.maxParallelism) {
    const fixes = [ownParallelismFix(node.id, job.maxParallelism)];
    return [found.parallelismTooHigh({ parallelism, groups: job.maxParallelism }, place, fixes)];
  }
  return [];
}

/** Flink does not deal rows out in secret where somebody asked for them to stay. */
function checkForward(graph: ResolvedGraph, node: ResolvedNode, job: Pick<JobSettings, 'parallelism'>): readonly Problem[] {
  if (node.passThrough) return [];
  const exchange = node.definition.exchange?.(node.config);
  if (exchange?.kind !== 'forward' || exchange.strict !== true) return [];
  return runningBefore(graph, node).flatMap((from) =>
    runningBehind(graph, node).flatMap((to) => {
      const fromParallelism = parallelismOf(from, job);
      const toParallelism = parallelismOf(to, job);
      if (fromParallelism === toParallelism) return [];
      return [found.forwardUnequal({ from: from.label, to: to.label, fromParallelism, toParallelism }, { nodeId: node.id })];
    }),
  );
}

/** Each subtask of a watermark follows the furthest of the rows it is given; only those of one subtask come in the order that was declared. */
function checkEventTime(graph: ResolvedGraph, node: ResolvedNode, job: Pick<JobSettings, 'parallelism'>): readonly Problem[] {
  if (node.passThrough || !Object.values(node.definition.fields).some(({ kind }) => kind === 'watermark')) return [];
  const parallelism = parallelismOf(node, job);
  return runningBefore(graph, node).flatMap((from) => {
    const fromParallelism = parallelismOf(from, job);
    if (fromParallelism === 1 || fromParallelism === parallelism) return [];
    const fixes = [ownParallelismFix(node.id, fromParallelism)];
    return [found.watermarkMixes({ from: from.label, fromParallelism, parallelism }, { nodeId: node.id, field: 'parallelism' }, fixes)];
  });
}

function runs(node: ResolvedNode): boolean {
  return !node.passThrough && node.definition.execution !== 'plan';
}

/** Through nodes that only wire, on edges that leave their rows where they are. */
function runningBehind(graph: ResolvedGraph, node: ResolvedNode): readonly ResolvedNode[] {
  return node.outputs
    .flatMap((output) => output.edges)
    .flatMap((edge) => {
      const to = graph.node.get(edge.to.nodeId);
      if (to === undefined || edge.exchange.kind !== 'forward') return [];
      if (runs(to)) return [to];
      return to.passThrough || to.definition.exchange === undefined ? runningBehind(graph, to) : [];
    });
}

function runningBefore(graph: ResolvedGraph, node: ResolvedNode): readonly ResolvedNode[] {
  return node.inputs
    .flatMap((input) => input.edges)
    .flatMap((edge) => {
      const from = graph.node.get(edge.from.nodeId);
      if (from === undefined) return [];
      return runs(from) ? [from] : runningBefore(graph, from);
    });
}
