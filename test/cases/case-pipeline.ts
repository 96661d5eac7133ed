/** A case as a pipeline: files feed the node's inputs, files take its outputs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../engine/base/json.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import type { CaseInput, RowsCase } from '../../engine/spec/node-cases.ts';

export const NODE_ID = 'node';

interface Built {
  readonly nodes: NodeSpec[];
  readonly edges: EdgeSpec[];
  /** Where the rows of a stream are read. */
  readonly pathOf: (id: string) => string;
}

/** Without `outputs` only the inputs are connected, which is enough for checks. */
export function casePipeline(
  definition: AnyNode,
  config: JsonObject,
  inputs: RowsCase['inputs'],
  outputs: readonly string[],
  job: JsonObject = {},
  pathOf = inputPath,
): PipelineDocument {
  const built: Built = { nodes: [{ id: NODE_ID, type: definition.type, config }], edges: [], pathOf };
  for (const { port, id, input } of listInputs(inputs)) connectInput(built, port, id, input);
  for (const port of outputs) {
    built.nodes.push({ id: `out-${port}`, type: 'file-sink', config: { path: `written/${port}` } });
    built.edges.push(edge(NODE_ID, port, `out-${port}`, 'in'));
  }
  const { nodes, edges } = built;
  return { format: 'millrace-pipeline', version: 1, id: 'case', name: 'case', job, nodes, edges, drawing: { positions: {} } };
}

function inputPath(id: string): string {
  return `in/${id}.ndjson`;
}

/** Every stream of a case with a name of its own. */
export function listInputs(
  inputs: RowsCase['inputs'],
): readonly { readonly port: string; readonly id: string; readonly input: CaseInput }[] {
  return Object.entries(inputs ?? {}).flatMap(([port, given]) =>
    (isList(given) ? given : [given]).map((input, index) => ({ port, id: `${port}-${index}`, input })),
  );
}

/** The files that the pipeline of a case reads: text by path. */
export function caseFiles(one: RowsCase): { readonly [path: string]: string } {
  const files = { ...one.files };
  for (const { id, input } of listInputs(one.inputs)) files[inputPath(id)] = printRows(input);
  return files;
}

/** Writes them below `folder`. */
export function writeCaseFiles(folder: string, one: RowsCase): void {
  for (const [name, text] of Object.entries(caseFiles(one))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

export function printRows(input: CaseInput): string {
  const names = Object.keys(input.columns);
  const objects = input.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('');
}

function connectInput(built: Built, port: string, id: string, input: CaseInput): void {
  const schema = Object.entries(input.columns).map(([name, type]) => ({ name, type }));
  built.nodes.push({ id, type: 'file-source', config: { path: built.pathOf(id), schema } });
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
