/**
 * The clean spec: the logic of a pipeline with every default written out and without the drawing, for machines that run or
 * compare it. It is itself a pipeline file.
 */
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Catalog } from '../../spec/define-node.ts';
import type { EdgeSpec, PipelineDocument } from '../../spec/document.ts';
import { printJson } from '../../spec/document-text/json-print.ts';
import type { Fields } from '../../spec/fields.ts';
import { jobFields } from '../../spec/job-settings.ts';
import { nodeRunJson } from '../../spec/node-run.ts';

export function exportSpec(document: PipelineDocument, catalog: Catalog): string {
  const nodes = [...document.nodes]
    .sort((left, right) => compareText(left.id, right.id))
    .map((node): JsonObject => {
      const fields = catalog.get(node.type)?.fields;
      const config = fields === undefined ? node.config : completeConfig(fields, node.config);
      return { id: node.id, type: node.type, ...(node.disabled === true ? { disabled: true } : {}), ...nodeRunJson(node), config };
    });
  const edges = [...document.edges]
    .sort((left, right) => compareText(edgeKey(left), edgeKey(right)))
    .map(({ id, from, to }): JsonObject => ({ id, from: { node: from.node, port: from.port }, to: { node: to.node, port: to.port } }));
  const spec: JsonObject = {
    format: document.format,
    version: document.version,
    id: document.id,
    name: document.name,
    job: completeConfig(jobFields, document.job),
    nodes,
    edges,
  };
  return `${printJson(spec, 0, [], (path) => path.length <= 2)}\n`;
}

function edgeKey(edge: EdgeSpec): string {
  return `${edge.from.node}/${edge.from.port} ${edge.to.node}/${edge.to.port}`;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** In the order of the fields; unknown values come last. */
function completeConfig(fields: Fields, config: JsonObject): JsonObject {
  const complete: { [name: string]: JsonValue } = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = config[name] ?? field.default;
    if (value !== undefined && value !== null) complete[name] = value;
  }
  return { ...complete, ...config };
}
