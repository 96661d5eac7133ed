/** Everything about a pipeline that needs no run, for pages and command line alike: check, describe, infer, export. */
import { EngineError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { pipelineJsonSchema } from '../export/json-schema/pipeline-schema.ts';
import { catalog, nodes } from '../nodes/node-types.ts';
import { describePlan } from '../runtime/plan/describe-plan.ts';
import type { AnyNode } from '../spec/define-node.ts';
import { computeGuarantee } from '../spec/guarantee.ts';
import type { LoadedDocument } from '../spec/load-document.ts';
import { loadDocument } from '../spec/load-document.ts';
import type { Problem } from '../spec/problem.ts';
import { resolvePipeline } from '../spec/resolve-pipeline.ts';
import type { ResolvedGraph, ResolvedNode } from '../spec/resolved-graph.ts';
import type { Language } from '../spec/text.ts';
import { printType } from '../types/print-type.ts';
import type { Schema } from '../types/schema.ts';
import type { CommandLineTools } from './command-line/command-line-tools.ts';
import type { RunNodeIds } from './command-line/run-command.ts';
import type { ProblemMessage, Result } from './contract.ts';
import { nodeHelpLines } from './node-help.ts';

interface CheckedPipeline {
  readonly loaded: LoadedDocument;
  readonly graph: ResolvedGraph | null;
  readonly problems: readonly Problem[];
}

/** `parallelism`: instead of the job's. */
export function checkPipeline(text: string, parallelism?: number): CheckedPipeline {
  const loaded = loadDocument(text);
  if (loaded.document === null) return { loaded, graph: null, problems: loaded.problems };
  const { document } = loaded;
  const started = parallelism === undefined ? document : { ...document, job: { ...document.job, parallelism } };
  const { graph, problems } = resolvePipeline(started, catalog);
  return { loaded, graph, problems: [...loaded.problems, ...problems] };
}

export function messageOfProblem(problem: Problem): ProblemMessage {
  const { code, severity, nodeId, edgeId, field, source } = problem;
  return {
    code,
    severity,
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(edgeId === undefined ? {} : { edgeId }),
    ...(field === undefined ? {} : { field }),
    text:
      // Problems of the document's shape name their place by themselves.
      source === undefined || problem.text.en.includes(`column ${source.column}`)
        ? problem.text
        : {
            en: `${problem.text.en} (line ${source.line}, column ${source.column})`,
            zh: `${problem.text.zh}（第 ${source.line} 行，第 ${source.column} 列）`,
          },
  };
}

type GraphTools = Pick<
  CommandLineTools,
  'check' | 'plan' | 'runNodes' | 'describe' | 'describeAsJson' | 'listNodes' | 'nodeHelp' | 'nodesAsJson' | 'pipelineJsonSchema'
>;

export const graphTools: GraphTools = {
  check: (text) => checkPipeline(text).problems.map(messageOfProblem),
  plan: planPipeline,
  runNodes: (text) => findRunNodes(checkPipeline(text).graph),
  describe: (text, language) => describeGraph(requireGraph(text), language),
  describeAsJson: (text, language) => graphAsJson(requireGraph(text), language),
  listNodes: (type, language) =>
    type === undefined ? nodes.map((node) => listNode(node, language)) : describeNode(findNode(type), language),
  nodeHelp: (type, language) => nodeHelpLines(findNode(type), language),
  nodesAsJson: (type, language) => (type === undefined ? nodes : [findNode(type)]).map((node) => nodeAsJson(node, language)),
  pipelineJsonSchema: () => pipelineJsonSchema(nodes),
};

function planPipeline(text: string, parallelism?: number): Result<'pipeline.plan'> {
  const { graph, problems } = checkPipeline(text, parallelism);
  const errors = problems.filter(({ severity }) => severity === 'error');
  return { plan: graph === null || errors.length > 0 ? null : describePlan(graph), problems: errors.map(messageOfProblem) };
}

/** The graph of a document that is at least a pipeline; it may have problems. */
export function requireGraph(text: string): ResolvedGraph {
  const { graph, problems } = checkPipeline(text);
  if (graph !== null) return graph;
  throw new EngineError('MR6403', `this is no pipeline: ${problems.map((problem) => problem.text.en).join('; ')}`, { domain: 'user' });
}

function findRunNodes(graph: ResolvedGraph | null): RunNodeIds {
  const idsWhere = (fits: (node: ResolvedNode) => boolean): ReadonlySet<string> =>
    new Set((graph?.nodes ?? []).filter(fits).map((node) => node.id));
  return {
    sources: idsWhere((node) => node.definition.execution === 'source'),
    sinks: idsWhere((node) => node.definition.execution === 'sink'),
    printing: idsWhere((node) => node.definition.prints === true),
  };
}

function describeGraph(graph: ResolvedGraph, language: Language): readonly string[] {
  const { guarantee, reason } = computeGuarantee(graph);
  const nodeLines = graph.nodes.flatMap((node) => [
    `${node.id} (${node.type}) ${node.label}: ${node.definition.describe(node.config, language)}`,
    ...node.outputs.flatMap((output) => [
      `  ${output.port.name} → ${output.edges.map((edge) => `${edge.to.nodeId}.${edge.to.port}`).join(', ') || '–'}`,
      `    ${describeSchema(output.schema)}${output.changelog === 'append' ? '' : `  [${output.changelog}]`}`,
    ]),
  ]);
  return [
    graph.document.name,
    ...nodeLines,
    `${guarantee}: ${reason[language]}`,
    `parallelism ${graph.job.parallelism}, time zone ${graph.job.timeZone}`,
  ];
}

function describeSchema(schema: Schema): string {
  return schema.fields
    .map((field) => `${field.name} ${printType(field.type)}${field.name === schema.rowtime ? ' *rowtime*' : ''}`)
    .join(', ');
}

function graphAsJson(graph: ResolvedGraph, language: Language): JsonValue {
  const { guarantee, reason } = computeGuarantee(graph);
  return {
    name: graph.document.name,
    guarantee,
    guaranteeReason: reason[language],
    parallelism: graph.job.parallelism,
    nodes: graph.nodes.map((node) => ({
      id: node.id,
      type: node.type,
      label: node.label,
      description: node.definition.describe(node.config, language),
      outputs: node.outputs.map((output) => ({
        port: output.port.name,
        changelog: output.changelog,
        rowtime: output.schema.rowtime ?? null,
        columns: output.schema.fields.map((field) => ({ name: field.name, type: printType(field.type) })),
        to: output.edges.map((edge) => `${edge.to.nodeId}.${edge.to.port}`),
      })),
    })),
  };
}

function findNode(type: string): AnyNode {
  const node = catalog.get(type);
  if (node !== undefined) return node;
  throw new EngineError('MR6404', `there is no node type ${JSON.stringify(type)}`, { domain: 'user', remedy: 'millrace nodes lists them' });
}

function listNode(node: AnyNode, language: Language): string {
  return `${node.category.padEnd(11)} ${node.type.padEnd(20)} ${node.summary[language]}`;
}

function describeNode(node: AnyNode, language: Language): readonly string[] {
  const ports = (names: readonly string[]): string => (names.length === 0 ? '–' : names.join(', '));
  return [
    `${node.type}: ${node.label[language]}`,
    node.summary[language],
    `inputs: ${ports(node.inputs.map((input) => input.name))}`,
    'fields:',
    ...Object.entries(node.fields).map(([name, field]) => {
      const preset = field.default === undefined ? (field.required ? 'required' : 'optional') : `default ${JSON.stringify(field.default)}`;
      return `  ${name} (${field.kind}, ${preset}) ${field.label[language]}`;
    }),
  ];
}

function nodeAsJson(node: AnyNode, language: Language): JsonObject {
  return {
    type: node.type,
    category: node.category,
    label: node.label[language],
    summary: node.summary[language],
    inputs: node.inputs.map((input) => input.name),
    fields: Object.entries(node.fields).map(([name, field]) => ({
      name,
      kind: field.kind,
      label: field.label[language],
      required: field.required,
      default: field.default ?? null,
    })),
  };
}
