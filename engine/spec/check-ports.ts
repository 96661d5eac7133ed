/** Graph checks at the ports: what is open, what arrives without event time or with updates, whether anything runs at all. */
import type { Catalog, InputPort } from './define-node.ts';
import type { Connections } from './graph-edges.ts';
import * as found from './graph-problems.ts';
import type { Fix, Problem } from './problem.ts';
import type { ResolvedGraph, ResolvedInput, ResolvedNode } from './resolved-graph.ts';
import { text } from './text.ts';

export function checkPorts(graph: ResolvedGraph, catalog: Catalog, connections: Connections, off: ReadonlySet<string>): readonly Problem[] {
  const problems: Problem[] = [];
  for (const node of graph.nodes) {
    if (node.passThrough) continue;
    for (const input of node.inputs) problems.push(...checkInput(graph, node, input, catalog));
    problems.push(...checkOutputs(node, connections));
  }
  if (graph.nodes.length === 0) problems.push(found.nothingToRun({}));
  else if (off.size === 0 && !graph.nodes.some((node) => node.definition.execution === 'sink')) problems.push(found.sinkMissing({}));
  return problems;
}

function checkInput(graph: ResolvedGraph, node: ResolvedNode, input: ResolvedInput, catalog: Catalog): readonly Problem[] {
  const { port } = input;
  const place = { nodeId: node.id };
  if (input.edges.length === 0) return port.optional === true ? [] : [found.inputOpen({ port: port.label }, place)];
  if (input.edges.length > 1 && port.many !== true) return [found.inputTaken({ port: port.label }, place)];
  return input.edges.flatMap((edge) => {
    const edgePlace = { ...place, edgeId: edge.id };
    if (port.changelog === 'append' && edge.changelog !== 'append') {
      return [found.changelogRefused({ from: graph.node.get(edge.from.nodeId)?.label ?? edge.from.nodeId }, edgePlace)];
    }
    if (port.needs === 'watermark' && edge.schema.rowtime === undefined && edge.schema.fields.length > 0) {
      return [found.watermarkMissing({}, edgePlace, watermarkFixes(catalog, edge.id))];
    }
    return [];
  });
}

/** Any node type with a watermark field can be put in between. */
function watermarkFixes(catalog: Catalog, edgeId: string): readonly Fix[] {
  const definition = [...catalog.values()].find((candidate) => Object.values(candidate.fields).some((field) => field.kind === 'watermark'));
  if (definition === undefined) return [];
  const label = text({ en: `Insert “${definition.label.en}”`, zh: `插入“${definition.label.zh}”` });
  return [{ label, edit: { kind: 'insert-node', edgeId, type: definition.type, config: {} } }];
}

function checkOutputs(node: ResolvedNode, connections: Connections): readonly Problem[] {
  return node.outputs.flatMap((output) =>
    output.port.role === 'main' && connections.out(node.id, output.port.name).length === 0
      ? [found.outputOpen({ port: output.port.label }, { nodeId: node.id })]
      : [],
  );
}

/** Whether an edge may be drawn, told while it is being drawn: the same rules as above, for one pair of ports. */
export function refusalToConnect(
  from: { readonly changelog: string; readonly rowtime: string | undefined },
  to: InputPort,
  taken: boolean,
): Problem | null {
  if (taken && to.many !== true) return found.inputTaken({ port: to.label });
  if (to.changelog === 'append' && from.changelog !== 'append') return found.changelogRefused({ from: '' });
  if (to.needs === 'watermark' && from.rowtime === undefined) return found.watermarkMissing({});
  return null;
}
