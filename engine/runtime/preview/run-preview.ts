/**
 * A preview of a whole pipeline: node after node in the order of the rows, each over what the ones before it gave. Sinks
 * and live sources are never opened, so nothing leaves and nothing waits; a node that fails hides only what is behind it.
 */
import { EngineError } from '../../base/errors.ts';
import type { ErrorMessage, FieldMessage, PreviewNode, PreviewPort, PreviewState } from '../../host/contract.ts';
import { catalog } from '../../nodes/node-types.ts';
import { bringsCode, untrustedCode } from '../../spec/custom-code/find-custom-code.ts';
import { inputOpen } from '../../spec/graph-problems.ts';
import { loadDocument } from '../../spec/load-document.ts';
import type { Problem } from '../../spec/problem.ts';
import { resolvePipeline } from '../../spec/resolve-pipeline.ts';
import type { ResolvedGraph, ResolvedInput, ResolvedNode, ResolvedOutput } from '../../spec/resolved-graph.ts';
import { printType } from '../../types/print-type.ts';
import type { Schema } from '../../types/schema.ts';
import { isWiring, moduleName } from '../plan/plan-nodes.ts';
import { describeFailure } from '../workers/failure.ts';
import { mergeItems, type PortItems, type PreviewItem, type PreviewRow, rowsOf } from './preview-items.ts';
import { PreviewOver, type PreviewSettings, type PreviewWorld } from './preview-world.ts';
import { isFollowed, type NodeOutcome, runNode } from './run-node.ts';

/** Characters of rows and columns in one answer; beyond them ports tell only how many rows they have. */
const TEXT_MAX = 6 * 1024 * 1024;

export interface PreviewRequest {
  readonly text: string;
  /** Folder that relative paths of the pipeline are resolved against. */
  readonly baseDirectory: string;
  readonly rowsMax: number;
  readonly nodes?: readonly string[];
  /** A person trusts this pipeline: its custom code may run. */
  readonly trusted?: boolean;
}

/** Reports node by node as they are done; those that nobody asked for are left out. */
export async function runPreview(request: PreviewRequest, world: PreviewWorld, report: (node: PreviewNode) => void): Promise<void> {
  const loaded = loadDocument(request.text);
  if (loaded.document === null) {
    throw new EngineError('MR6403', `this is no pipeline: ${loaded.problems.map((problem) => problem.text.en).join('; ')}`, {
      domain: 'user',
    });
  }
  const { graph, problems } = resolvePipeline(loaded.document, catalog);
  const wanted = request.nodes === undefined ? null : new Set(request.nodes);
  const preview = new PipelinePreview(graph, problems, request, world);
  const needed = wanted === null ? null : withAncestors(graph, wanted);
  const nodes = graph.nodes.filter((node) => needed === null || needed.has(node.id));
  await world.loader.load(nodes.filter((node) => !isWiring(node) && node.definition.execution !== 'sink').map(moduleName));
  for (const node of nodes) {
    const answer = preview.runOne(node);
    if (wanted === null || wanted.has(node.id)) report(answer);
  }
  for (const spec of loaded.document.nodes) {
    if (graph.node.has(spec.id) || (wanted !== null && !wanted.has(spec.id))) continue;
    report(preview.absent(spec.id, catalog.has(spec.type) ? 'off' : 'invalid'));
  }
}

function withAncestors(graph: ResolvedGraph, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const needed = new Set(wanted);
  for (const node of [...graph.nodes].reverse()) {
    if (needed.has(node.id)) for (const input of node.inputs) for (const edge of input.edges) needed.add(edge.from.nodeId);
  }
  return needed;
}

/** What one node has for those behind it. */
interface Done {
  readonly state: PreviewState;
  /** Where the rows stop, for whoever waits for them. */
  readonly stop: string | null;
  readonly outputs: ReadonlyMap<string, readonly PreviewItem[]>;
}

class PipelinePreview {
  private readonly world: PreviewWorld;
  private readonly settings: PreviewSettings;
  private readonly errors: ReadonlyMap<string, Problem>;
  private readonly done = new Map<string, Done>();
  private readonly columns = new Map<Schema, readonly FieldMessage[]>();
  private readonly trusted: boolean;
  private textLeft = TEXT_MAX;

  constructor(graph: ResolvedGraph, problems: readonly Problem[], request: PreviewRequest, world: PreviewWorld) {
    this.world = world;
    const { job, document } = graph;
    this.settings = {
      jobId: document.id,
      timeZone: job.timeZone,
      maxParallelism: job.maxParallelism,
      baseDirectory: request.baseDirectory,
      rowsMax: request.rowsMax,
    };
    this.errors = firstErrors(problems);
    this.trusted = request.trusted === true;
  }

  absent(nodeId: string, state: PreviewState): PreviewNode {
    const problem = this.errors.get(nodeId);
    const error = problem === undefined || state === 'off' ? null : messageOf(problem, nodeId);
    return { nodeId, state, because: null, inputs: [], outputs: [], error, rowErrors: [] };
  }

  runOne(node: ResolvedNode): PreviewNode {
    const inputs = node.inputs.map((input) => this.itemsOf(input));
    const waits = this.findWait(node);
    const problem = this.errors.get(node.id);
    if (node.definition.execution === 'sink') return this.finish(node, inputs, 'sink', waits);
    if (problem !== undefined) return this.finish(node, inputs, 'invalid', node.id, null, messageOf(problem, node.id));
    if (waits !== null) return this.finish(node, inputs, 'waiting', waits);
    if (!this.trusted && bringsCode(node.definition) && !isWiring(node)) return this.refuse(node, inputs);
    if (isWiring(node)) return this.pass(node, inputs);
    if (this.isLive(node)) return this.finish(node, inputs, 'live', node.id);
    try {
      const outcome = runNode(node, inputs, this.settings, this.world);
      const failed = outcome.error !== null && outcome.rowErrors.every(({ error }) => error !== outcome.error);
      return this.finish(node, inputs, failed ? 'failed' : 'complete', null, outcome);
    } catch (error) {
      if (error instanceof PreviewOver) return this.finish(node, inputs, 'late', node.id);
      throw error;
    }
  }

  private refuse(node: ResolvedNode, inputs: readonly (readonly PreviewItem[])[]): PreviewNode {
    const { code, message, remedy, field } = describeFailure(untrustedCode([node.id]), node.id);
    return this.finish(node, inputs, 'failed', node.id, null, { code, message, remedy, nodeId: node.id, field });
  }

  /** Nodes of which nothing runs: every way out has every row. */
  private pass(node: ResolvedNode, inputs: readonly (readonly PreviewItem[])[]): PreviewNode {
    const items = mergeItems(inputs);
    const outputs = new Map(node.outputs.map((output) => [output.port.name, items]));
    const state = node.passThrough ? 'off' : 'complete';
    this.done.set(node.id, { state, stop: null, outputs });
    return {
      nodeId: node.id,
      state,
      because: null,
      inputs: node.inputs.map((input, index) => this.port(input, inputs[index])),
      outputs: node.outputs.map((output) => this.port(output, items)),
      error: null,
      rowErrors: [],
    };
  }

  /** `stop`: the node where the rows that are missing behind this one end. */
  private finish(
    node: ResolvedNode,
    inputs: readonly (readonly PreviewItem[])[],
    state: PreviewState,
    stop: string | null,
    outcome: NodeOutcome | null = null,
    error: ErrorMessage | null = null,
  ): PreviewNode {
    const followed = outcome !== null && isFollowed(node);
    const outputs = node.outputs.map((output, index) => ({ output, made: outcome?.outputs[index] }));
    this.done.set(node.id, {
      state,
      stop,
      outputs: new Map(outputs.map(({ output, made }) => [output.port.name, made?.items ?? []])),
    });
    return {
      nodeId: node.id,
      state,
      because: stop === node.id ? null : stop,
      inputs: node.inputs.map((input, index) => this.port(input, inputs[index])),
      outputs: outputs.map(({ output, made }) => this.port(output, made?.items ?? [], made, followed)),
      error: error ?? outcome?.error ?? null,
      rowErrors: outcome?.rowErrors ?? [],
    };
  }

  /** What is connected to the outside is not opened: nobody has asked for that yet. */
  private isLive(node: ResolvedNode): boolean {
    const { execution } = node.definition;
    return (execution === 'source' || execution === 'operator') && this.world.loader.module(node.type).usesEventLoop === true;
  }

  private itemsOf(input: ResolvedInput): readonly PreviewItem[] {
    const streams = input.edges.flatMap((edge) => {
      const before = this.done.get(edge.from.nodeId);
      return before === undefined || before.stop !== null ? [] : [before.outputs.get(edge.from.port) ?? []];
    });
    return streams.length === 0 ? [] : mergeItems(streams);
  }

  /** The node whose missing rows an input needs; an input of many edges goes on with those it has. The node itself: not connected. */
  private findWait(node: ResolvedNode): string | null {
    for (const input of node.inputs) {
      const stops = input.edges.map((edge) => {
        const before = this.done.get(edge.from.nodeId);
        return before === undefined ? edge.from.nodeId : before.stop;
      });
      if (stops.length === 0 && input.port.optional !== true) return node.id;
      if (stops.length > 0 && stops.every((stop) => stop !== null)) return stops[0];
    }
    return null;
  }

  private columnsOf(schema: Schema): readonly FieldMessage[] {
    const columns = this.columns.get(schema) ?? schema.fields.map((field) => ({ name: field.name, type: printType(field.type) }));
    this.columns.set(schema, columns);
    const length = columns.reduce((sum, { name, type }) => sum + name.length + type.length, 0);
    if (length > this.textLeft) return [];
    this.textLeft -= length;
    return columns;
  }

  private port(port: ResolvedInput | ResolvedOutput, items: readonly PreviewItem[], made?: PortItems, followed = false): PreviewPort {
    const rows = rowsOf(items);
    const shown: PreviewRow[] = [];
    for (const row of rows.slice(0, this.settings.rowsMax)) {
      if (row.text === null || row.text.length > this.textLeft) break;
      this.textLeft -= row.text.length;
      shown.push(row);
    }
    return {
      port: port.port.name,
      columns: this.columnsOf(port.schema),
      rows: shown.map(({ text }) => text ?? ''),
      total: made?.total ?? rows.length,
      ...(followed && shown.every(({ from }) => from >= 0) ? { from: shown.map(({ from }) => from) } : {}),
    };
  }
}

/** A node with an open input only waits; it has nothing to be put right in itself. */
function firstErrors(problems: readonly Problem[]): ReadonlyMap<string, Problem> {
  const errors = new Map<string, Problem>();
  for (const problem of problems) {
    const { nodeId, severity, code } = problem;
    if (nodeId !== undefined && severity === 'error' && code !== inputOpen.code && !errors.has(nodeId)) errors.set(nodeId, problem);
  }
  return errors;
}

function messageOf(problem: Problem, nodeId: string): ErrorMessage {
  return { code: problem.code, message: problem.text.en, remedy: null, nodeId, field: problem.field ?? null };
}
