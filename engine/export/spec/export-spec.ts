/** The clean spec: the logic of a pipeline with every default written out, without the drawing, for machines that run or compare it. */
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Catalog } from '../../spec/define-node.ts';
import type { PipelineDocument } from '../../spec/document.ts';
import { printJson } from '../../spec/document-text/json-print.ts';
import type { Fields } from '../../spec/fields.ts';
import { jobFields } from '../../spec/job-settings.ts';

export function exportSpec(document: PipelineDocument, catalog: Catalog): string {
  const nodes = [...document.nodes]
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .map((node): JsonObject => {
      const fields = catalog.get(node.type)?.fields;
      const config = fields === undefined ? node.config : completeConfig(fields, node.config);
      return { id: node.id, type: node.type, ...(node.disabled === true ? { disabled: true } : {}), config };
    });
  const edges = [...document.edges]
    .map((edge): JsonObject => ({ from: `${edge.from.node}/${edge.from.port}`, to: `${edge.to.node}/${edge.to.port}` }))
    .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
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

/** In the order of the fields; unknown values come last. */
function completeConfig(fields: Fields, config: JsonObject): JsonObject {
  const complete: { [name: string]: JsonValue } = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = config[name] ?? field.default;
    if (value !== undefined && value !== null) complete[name] = value;
  }
  return { ...complete, ...config };
}
