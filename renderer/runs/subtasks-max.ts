/** In how many subtasks a node may run at most, as the planner decides it. */
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import { nodeShape } from '../document/definitions.ts';

/** Infinity: as many as the job has. */
export function subtasksMax(node: NodeSpec, resolved: ResolvedNode | undefined): number {
  const { definition, config } = nodeShape(node);
  const byNothing = (resolved?.inputs ?? []).some(
    (input) => input.port.keyedBy !== undefined && input.edges.some((edge) => edge.exchange.kind === 'global'),
  );
  return byNothing ? 1 : (definition?.parallelismMax?.(config) ?? Number.POSITIVE_INFINITY);
}
