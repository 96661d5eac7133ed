/** The shape of what will run, from the graph alone: which nodes are one operator, which operators are one task, how rows cross. */
import { parallelismOf } from '../../spec/parallelism.ts';
import type { ResolvedGraph } from '../../spec/resolved-graph.ts';
import { type Chained, chainOperators, type Unchained, type UnchainedEdge } from './chain-operators.ts';
import { groupNodes, type NodeGroup, type WiredEdge, wireEdges } from './plan-nodes.ts';

export interface LaidOutOperator extends Unchained {
  readonly group: NodeGroup;
}

export interface Layout extends Chained<LaidOutOperator> {
  /** Edges between nodes that run, those within an operator included. */
  readonly wired: readonly WiredEdge[];
}

/** `parallelism`: of nodes that have none of their own. */
export function layOut(graph: ResolvedGraph, parallelism: number): Layout {
  const wired = wireEdges(graph);
  const groups = groupNodes(graph, wired, (node) => parallelismOf(node, { parallelism }));
  const operators = groups.map((group): LaidOutOperator => {
    const [first] = group.nodes;
    return { group, nodeId: first.id, parallelism: parallelismOf(first, { parallelism }), chaining: chainingOf(group) };
  });
  const edges = wired.flatMap((edge) => planEdge(edge, groups));
  return { ...chainOperators(operators, edges), wired };
}

/** A node that is never chained is never fused either, so it stands alone. */
function chainingOf({ nodes: [first] }: NodeGroup): Unchained['chaining'] {
  return first.run.chaining;
}

/** Edges within a group are gone. */
function planEdge(edge: WiredEdge, groups: readonly NodeGroup[]): UnchainedEdge[] {
  const from = groups.findIndex((group) => group.nodes.includes(edge.from));
  const to = groups.findIndex((group) => group.nodes.includes(edge.to));
  if (from === to) return [];
  const { documentEdges, fromPort, toPort, partitioning, schema } = edge;
  return [{ documentEdges, from, fromPort, to, toPort, partitioning, schema }];
}
