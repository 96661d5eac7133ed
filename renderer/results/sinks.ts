/** The nodes of a pipeline whose rows can be looked at: those where rows end. Nodes made for looking come first. */
import type { NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { nodeShape } from '../document/definitions.ts';
import { graphShape } from '../runs/graph-shape.ts';

export function resultSinks(document: PipelineDocument): readonly NodeSpec[] {
  const { sinks } = graphShape(document);
  const found = document.nodes.filter((node) => sinks.has(node.id) && node.disabled !== true && nodeShape(node).inputs.length > 0);
  return [...found.filter(isForLooking), ...found.filter((node) => !isForLooking(node))];
}

export function hasResults(document: PipelineDocument): boolean {
  return resultSinks(document).length > 0;
}

export function isForLooking(node: NodeSpec): boolean {
  const { definition, config } = nodeShape(node);
  return definition?.delivery?.(config) === 'observing';
}

/** Nodes on the way to `nodeId`, from the source, by the first input of each; at most `most`. */
export function wayTo(document: PipelineDocument, nodeId: string, most: number): readonly NodeSpec[] {
  const way: NodeSpec[] = [];
  const seen = new Set<string>();
  let at: string | undefined = nodeId;
  while (at !== undefined && !seen.has(at) && way.length < most) {
    const id: string = at;
    seen.add(id);
    const node = document.nodes.find((candidate) => candidate.id === id);
    if (node !== undefined) way.unshift(node);
    at = document.edges.find((edge) => edge.to.node === id)?.from.node;
  }
  return way;
}
