/** From the resolved graph to operators and edges: wiring-only nodes disappear into edges, neighbouring stages fuse. */
import { assert } from '../../base/assert.ts';
import type { Exchange } from '../../spec/define-node.ts';
import { nodeFolder } from '../../spec/node-folder.ts';
import type { ResolvedEdge, ResolvedGraph, ResolvedNode } from '../../spec/resolved-graph.ts';
import type { Schema } from '../../types/schema.ts';
import type { Partitioning, StageConfig, WiringNode } from './physical-plan.ts';

/** An edge between nodes that run. */
export interface WiredEdge {
  readonly documentEdges: readonly string[];
  readonly from: ResolvedNode;
  readonly fromPort: number;
  readonly to: ResolvedNode;
  readonly toPort: number;
  readonly partitioning: Partitioning;
  readonly schema: Schema;
}

/** Nodes that become one operator: one node, or stages in order. */
export interface NodeGroup {
  readonly nodes: readonly ResolvedNode[];
}

/** True for nodes of which nothing runs. */
export function isWiring(node: ResolvedNode): boolean {
  return node.passThrough || node.definition.execution === 'plan';
}

/** Edges of the graph with wiring-only nodes taken out: their rows go straight on, spread as the last of them says. */
export function wireEdges(graph: ResolvedGraph): WiredEdge[] {
  return graph.nodes
    .filter((node) => !isWiring(node))
    .flatMap((node) => node.outputs.flatMap((output) => output.edges.flatMap((edge) => follow(graph, node, edge))));
}

function follow(graph: ResolvedGraph, from: ResolvedNode, first: ResolvedEdge): WiredEdge[] {
  const reached: WiredEdge[] = [];
  const walk = (edge: ResolvedEdge, documentEdges: readonly string[], before: Exchange): void => {
    const to = graph.node.get(edge.to.nodeId);
    assert(to !== undefined, `edge ${edge.id} ends at a node of the graph`);
    const exchange = edge.exchange.kind === 'forward' ? before : edge.exchange;
    if (!isWiring(to)) {
      reached.push({
        documentEdges,
        from,
        fromPort: first.from.portIndex,
        to,
        toPort: edge.to.portIndex,
        partitioning: exchange.kind === 'forward' ? { kind: 'forward' } : exchange,
        schema: edge.schema,
      });
      return;
    }
    const own = to.passThrough ? { kind: 'forward' as const } : (to.definition.exchange?.(to.config) ?? { kind: 'forward' as const });
    // Asked for, it takes back what was said before it.
    const next = own.kind === 'forward' && own.strict !== true ? exchange : own;
    to.outputs
      .flatMap((output) => output.edges)
      .forEach((outgoing, index) => {
        // An edge into a node with several ways out is counted on the first of them only.
        walk(outgoing, index === 0 ? [...documentEdges, outgoing.id] : [outgoing.id], next);
      });
  };
  walk(first, [first.id], { kind: 'forward' });
  return reached;
}

/** Wiring-only nodes with the edges that tell how much passes them. */
export function listWiringNodes(graph: ResolvedGraph): WiringNode[] {
  return graph.nodes.filter(isWiring).map((node) => ({
    nodeId: node.id,
    inputEdges: node.inputs.flatMap((input) => input.edges.map((edge) => edge.id)),
  }));
}

/** Groups in topological order; stages join the group of the stage before them when nothing else reads it. */
export function groupNodes(graph: ResolvedGraph, edges: readonly WiredEdge[], parallelismOf: (node: ResolvedNode) => number): NodeGroup[] {
  const groups: ResolvedNode[][] = [];
  const groupOf = new Map<string, ResolvedNode[]>();
  for (const node of graph.nodes) {
    if (isWiring(node)) continue;
    const arriving = edges.filter((edge) => edge.to === node);
    const [edge] = arriving;
    const fits =
      node.definition.execution === 'stage' &&
      arriving.length === 1 &&
      edge.from.definition.execution === 'stage' &&
      edge.partitioning.kind === 'forward' &&
      edge.from.run.chaining !== 'never' &&
      node.run.chaining === 'join' &&
      edges.filter((other) => other.from === edge.from).length === 1 &&
      parallelismOf(edge.from) === parallelismOf(node);
    const group = fits ? groupOf.get(edge.from.id) : undefined;
    if (group === undefined) {
      const started = [node];
      groups.push(started);
      groupOf.set(node.id, started);
    } else {
      group.push(node);
      groupOf.set(node.id, group);
    }
  }
  return groups.map((nodes) => ({ nodes }));
}

/** What the operator of fused stages is told. */
export function stageConfigs(group: NodeGroup): StageConfig[] {
  return group.nodes.map((node) => ({ nodeId: node.id, type: node.type, config: node.config, inputSchema: node.inputs[0].schema }));
}

export function moduleName(node: ResolvedNode): { readonly type: string; readonly folder: string } {
  return { type: node.type, folder: nodeFolder(node.definition) };
}
