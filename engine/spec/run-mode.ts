/** Whether a pipeline runs as a batch: event time moves once, at the end of the input, so that every result is final. */
import { jobFix } from './fixes.ts';
import { unboundedBatch } from './graph-problems.ts';
import type { JobSettings } from './job-settings.ts';
import type { Problem } from './problem.ts';
import type { ResolvedGraph, ResolvedNode } from './resolved-graph.ts';

function isUnbounded({ definition, config }: ResolvedNode): boolean {
  return definition.execution === 'source' && definition.bounded?.(config) !== true;
}

export function runsAsBatch({ job, nodes }: Pick<ResolvedGraph, 'job' | 'nodes'>): boolean {
  return job.mode !== 'streaming' && !nodes.some(isUnbounded);
}

/** Asked for, it must be possible; `automatic` takes what is. */
export function checkMode(graph: ResolvedGraph, job: Pick<JobSettings, 'mode'>): readonly Problem[] {
  if (job.mode !== 'batch') return [];
  return graph.nodes
    .filter(isUnbounded)
    .map((node) => unboundedBatch({ node: node.label }, { nodeId: node.id }, [jobFix('mode', 'streaming'), jobFix('mode', 'automatic')]));
}
