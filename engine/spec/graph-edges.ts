/** Edges of a document that join real ports, found fast from either end; the others become problems. */
import type { EdgeSpec } from './document.ts';
import * as found from './graph-problems.ts';
import type { Problem } from './problem.ts';
import type { ReadNode } from './resolve-node.ts';
import { text } from './text.ts';

export interface Connections {
  /** In document order. */
  readonly edges: readonly EdgeSpec[];
  into(nodeId: string, port: string): readonly EdgeSpec[];
  out(nodeId: string, port: string): readonly EdgeSpec[];
  readonly problems: readonly Problem[];
}

const INPUT = text({ en: 'input', zh: '输入' });
const OUTPUT = text({ en: 'output', zh: '输出' });

/** `known` holds every node id of the document, those of unknown types too. */
export function connect(edges: readonly EdgeSpec[], nodes: ReadonlyMap<string, ReadNode>, known: ReadonlySet<string>): Connections {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  const good = edges.filter((edge) => {
    const own = checkEdge(edge, nodes, known);
    const ends = JSON.stringify([edge.from.node, edge.from.port, edge.to.node, edge.to.port]);
    const twin = seen.get(ends);
    if (own === null && twin !== undefined) {
      problems.push(found.edgeTwice({ first: twin, second: edge.id }, { edgeId: edge.id }, [removal(edge)]));
      return false;
    }
    seen.set(ends, edge.id);
    if (own === null) return nodes.has(edge.from.node) && nodes.has(edge.to.node);
    problems.push(own);
    return false;
  });
  const into = group(good, (edge) => `${edge.to.node}/${edge.to.port}`);
  const out = group(good, (edge) => `${edge.from.node}/${edge.from.port}`);
  return {
    edges: good,
    problems,
    into: (nodeId, port) => into.get(`${nodeId}/${port}`) ?? [],
    out: (nodeId, port) => out.get(`${nodeId}/${port}`) ?? [],
  };
}

function checkEdge(edge: EdgeSpec, nodes: ReadonlyMap<string, ReadNode>, known: ReadonlySet<string>): Problem | null {
  for (const end of [edge.from, edge.to]) {
    if (!known.has(end.node)) return found.edgeEndMissing({ edge: edge.id, node: end.node }, { edgeId: edge.id }, [removal(edge)]);
  }
  const from = nodes.get(edge.from.node);
  if (from !== undefined && !from.outputs.some((port) => port.name === edge.from.port)) {
    const parameters = { node: nameOf(from), side: OUTPUT, port: edge.from.port };
    return found.portMissing(parameters, { edgeId: edge.id, nodeId: edge.from.node }, [removal(edge)]);
  }
  const to = nodes.get(edge.to.node);
  if (to !== undefined && !to.definition.inputs.some((port) => port.name === edge.to.port)) {
    const parameters = { node: nameOf(to), side: INPUT, port: edge.to.port };
    return found.portMissing(parameters, { edgeId: edge.id, nodeId: edge.to.node }, [removal(edge)]);
  }
  return null;
}

function removal(edge: EdgeSpec): { label: { en: string; zh: string }; edit: { kind: 'remove-edge'; edgeId: string } } {
  return { label: text({ en: 'Remove the edge', zh: '删除连线' }), edit: { kind: 'remove-edge', edgeId: edge.id } };
}

function nameOf(node: ReadNode): string {
  return node.spec.label ?? node.spec.id;
}

function group(edges: readonly EdgeSpec[], key: (edge: EdgeSpec) => string): ReadonlyMap<string, readonly EdgeSpec[]> {
  const groups = new Map<string, EdgeSpec[]>();
  for (const edge of edges) {
    const list = groups.get(key(edge));
    if (list === undefined) groups.set(key(edge), [edge]);
    else list.push(edge);
  }
  return groups;
}
