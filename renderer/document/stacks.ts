/** The stacks of a drawing that can be drawn: neighbours joined by an edge, in one group. What a file or an edit broke apart stands alone. */
import type { EdgeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { groupIndex } from './group-index.ts';

/** A stacked run of nodes, upstream first, with the edge between each node and the next. */
export interface Stack {
  readonly nodes: readonly string[];
  readonly joints: readonly EdgeSpec[];
}

const NO_STACKS: ReadonlyMap<string, Stack> = new Map();

/** By each of its nodes. */
export function drawnStacks(document: PipelineDocument): ReadonlyMap<string, Stack> {
  const { stacks } = document.drawing;
  if (stacks === undefined || stacks.length === 0) return NO_STACKS;
  const groups = groupIndex(document);
  const present = new Set(document.nodes.map((node) => node.id));
  const between = new Map<string, EdgeSpec>();
  for (const edge of document.edges) {
    const key = `${edge.from.node}>${edge.to.node}`;
    if (!between.has(key)) between.set(key, edge);
  }
  const found = new Map<string, Stack>();
  const keep = (nodes: readonly string[], joints: readonly EdgeSpec[]) => {
    const stack = { nodes, joints };
    if (nodes.length > 1) for (const id of nodes) found.set(id, stack);
  };
  for (const stack of stacks) {
    let nodes: string[] = [];
    let joints: EdgeSpec[] = [];
    for (const id of stack) {
      if (!present.has(id) || found.has(id) || nodes.includes(id)) continue;
      const above = nodes.at(-1);
      const joint = above === undefined ? undefined : between.get(`${above}>${id}`);
      if (above !== undefined && joint !== undefined && groups.groupOf(above) === groups.groupOf(id)) {
        nodes.push(id);
        joints.push(joint);
      } else {
        keep(nodes, joints);
        nodes = [id];
        joints = [];
      }
    }
    keep(nodes, joints);
  }
  return found;
}
