/** Graph checks at the ports: what is open, what arrives without event time or with updates, whether anything runs at all. */
import type { Catalog, InputPort } from './define-node.ts';
import { jobFix, timeColumns } from './fixes.ts';
import type { Connections } from './graph-edges.ts';
import * as found from './graph-problems.ts';
import type { Fix, Problem } from './problem.ts';
import type { ResolvedEdge, ResolvedGraph, ResolvedInput, ResolvedNode } from './resolved-graph.ts';
import { text } from './text.ts';

/** Time that rows may come late, in a watermark node that is put in; to be looked at. */
const DELAY_OFFERED = '5 s';

export function checkPorts(graph: ResolvedGraph, catalog: Catalog, connections: Connections, off: ReadonlySet<string>): readonly Problem[] {
  const problems: Problem[] = [];
  for (const node of graph.nodes) {
    if (node.passThrough) continue;
    for (const input of node.inputs) problems.push(...checkInput(graph, node, input, catalog));
    problems.push(...checkOutputs(node, connections));
    if (graph.job.stateBackend === 'disk' && keepsKeyedState(node) && node.definition.stateOnDisk?.(node.config) !== true)
      problems.push(found.stateNotOnDisk({ node: node.label }, { nodeId: node.id }, [jobFix('stateBackend', 'memory')]));
  }
  if (graph.nodes.length === 0) problems.push(found.nothingToRun({}));
  else if (off.size === 0 && !graph.nodes.some((node) => node.definition.execution === 'sink')) problems.push(found.sinkMissing({}));
  return problems;
}

function keepsKeyedState({ definition: { execution, inputs } }: ResolvedNode): boolean {
  return execution === 'operator' && inputs.some((port) => port.keyedBy !== undefined);
}

function checkInput(graph: ResolvedGraph, node: ResolvedNode, input: ResolvedInput, catalog: Catalog): readonly Problem[] {
  const { port } = input;
  const place = { nodeId: node.id };
  if (input.edges.length === 0)
    return port.optional === true ? [] : [found.inputOpen({ port: port.label }, place, [connectFix(node.id, port.name, 'in')])];
  if (input.edges.length > 1 && port.many !== true)
    return [found.inputTaken({ port: port.label }, place, mergeFixes(catalog, node.id, port.name))];
  return input.edges.flatMap((edge) => {
    const edgePlace = { ...place, edgeId: edge.id };
    if (port.changelog === 'append' && edge.changelog !== 'append') {
      return [found.changelogRefused({ from: graph.node.get(edge.from.nodeId)?.label ?? edge.from.nodeId }, edgePlace)];
    }
    if (port.needs === 'watermark' && edge.schema.rowtime === undefined && edge.schema.fields.length > 0) {
      return [found.watermarkMissing({}, edgePlace, watermarkFixes(catalog, edge))];
    }
    return [];
  });
}

/** Any node type with a watermark field can be put in between. */
function watermarkFixes(catalog: Catalog, { id, schema }: ResolvedEdge): readonly Fix[] {
  for (const definition of catalog.values()) {
    const field = Object.entries(definition.fields).find(([, candidate]) => candidate.kind === 'watermark')?.[0];
    if (field === undefined) continue;
    const label = text({ en: `Insert “${definition.label.en}”`, zh: `插入“${definition.label.zh}”` });
    const [column] = timeColumns(schema);
    const config = column === undefined ? {} : { [field]: { column, delay: DELAY_OFFERED } };
    return [{ label, edit: { kind: 'insert-node', edgeId: id, type: definition.type, config } }];
  }
  return [];
}

/** Any node type that takes many edges and only wires can bring them together. */
function mergeFixes(catalog: Catalog, nodeId: string, port: string): readonly Fix[] {
  const definition = [...catalog.values()].find(
    ({ execution, inputs }) => execution === 'plan' && inputs.some((input) => input.many === true),
  );
  if (definition === undefined) return [];
  const label = text({ en: `Insert “${definition.label.en}”`, zh: `插入“${definition.label.zh}”` });
  return [{ label, edit: { kind: 'merge-edges', nodeId, port, type: definition.type } }];
}

function connectFix(nodeId: string, port: string, side: 'in' | 'out'): Fix {
  return { label: text({ en: 'Add a node', zh: '添加节点' }), edit: { kind: 'connect-port', nodeId, port, side } };
}

function checkOutputs(node: ResolvedNode, connections: Connections): readonly Problem[] {
  return node.outputs.flatMap((output) =>
    output.port.role === 'main' && connections.out(node.id, output.port.name).length === 0
      ? [found.outputOpen({ port: output.port.label }, { nodeId: node.id }, [connectFix(node.id, output.port.name, 'out')])]
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
