/** A case as a pipeline: collections feed the node's inputs, files take its outputs. */
import type { JsonObject } from '../../engine/base/json.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import type { CaseInput, RowsCase } from '../../engine/spec/node-cases.ts';

export const NODE_ID = 'node';

interface Built {
  readonly nodes: NodeSpec[];
  readonly edges: EdgeSpec[];
}

/** Without `outputs` only the inputs are connected, which is enough for checks. */
export function casePipeline(
  definition: AnyNode,
  config: JsonObject,
  inputs: RowsCase['inputs'],
  outputs: readonly string[],
  job: JsonObject = {},
): PipelineDocument {
  const built: Built = { nodes: [{ id: NODE_ID, type: definition.type, config }], edges: [] };
  for (const [port, given] of Object.entries(inputs ?? {})) {
    for (const [index, input] of (isList(given) ? given : [given]).entries()) connectInput(built, port, `${port}-${index}`, input);
  }
  for (const port of outputs) {
    built.nodes.push({ id: `out-${port}`, type: 'file-sink', config: { path: `written/${port}` } });
    built.edges.push(edge(NODE_ID, port, `out-${port}`, 'in'));
  }
  return { format: 'millrace-pipeline', version: 1, id: 'case', name: 'case', job, ...built, drawing: { positions: {} } };
}

function connectInput(built: Built, port: string, id: string, input: CaseInput): void {
  const names = Object.keys(input.columns);
  const schema = names.map((name) => ({ name, type: input.columns[name] }));
  const rows = input.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
  built.nodes.push({ id, type: 'collection-source', config: { schema, rows } });
  let from = id;
  if (input.watermark !== undefined) {
    from = `${id}-time`;
    built.nodes.push({ id: from, type: 'watermark', config: { time: { ...input.watermark } } });
    built.edges.push(edge(id, 'out', from, 'in'));
  }
  built.edges.push(edge(from, 'out', NODE_ID, port));
}

function edge(from: string, fromPort: string, to: string, toPort: string): EdgeSpec {
  return { id: `${from}-${fromPort}-${to}`, from: { node: from, port: fromPort }, to: { node: to, port: toPort } };
}

function isList(given: CaseInput | readonly CaseInput[]): given is readonly CaseInput[] {
  return Array.isArray(given);
}
