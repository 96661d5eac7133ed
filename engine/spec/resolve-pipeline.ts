/**
 * From document to typed, checked graph: the one truth of canvas, host, command line and exporters. Work is cached by the
 * identity of nodes and shapes, so that a keystroke in one node of five hundred types that node and what follows from it.
 */

import { checkParallelism } from './check-parallelism.ts';
import { checkPorts } from './check-ports.ts';
import type { AnyNode, Catalog, Exchange, InputPort, PortShape } from './define-node.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument } from './document.ts';
import { DOCUMENT_LIMITS } from './document.ts';
import type { Connections } from './graph-edges.ts';
import { connect } from './graph-edges.ts';
import { sortNodes } from './graph-order.ts';
import * as found from './graph-problems.ts';
import type { JobSettings } from './job-settings.ts';
import type { Problem } from './problem.ts';
import { readJobSettings } from './read-job.ts';
import type { ReadNode, TypedNode } from './resolve-node.ts';
import { EMPTY_SHAPE, readNode, typeNode } from './resolve-node.ts';
import type { Resolution, ResolvedEdge, ResolvedGraph, ResolvedInput, ResolvedNode, ResolvedOutput } from './resolved-graph.ts';
import { checkMode } from './run-mode.ts';

export interface Resolver {
  resolve(document: PipelineDocument): Resolution;
}

/** Nodes that the limits on columns stopped, and all behind them: one problem says it, and they are typed anew each time. */
const tooWide = new WeakSet<TypedNode>();

/** Checks one document once. */
export function resolvePipeline(document: PipelineDocument, catalog: Catalog): Resolution {
  return createResolver(catalog).resolve(document);
}

/** Keeps what it worked out; give it every new version of the same document. */
export function createResolver(catalog: Catalog): Resolver {
  const reads = new WeakMap<NodeSpec, ReadNode>();
  let typed = new Map<string, TypedNode>();
  let job: ReturnType<typeof readJobSettings> | null = null;
  return {
    resolve(document) {
      if (job === null || job.json !== document.job) job = readJobSettings(document.job);
      const run = new Run(document, catalog, job.settings, reads, typed);
      const resolution = run.resolve(job.problems);
      typed = run.typed;
      return resolution;
    },
  };
}

/** One pass over one document. */
class Run {
  readonly typed = new Map<string, TypedNode>();
  private readonly document: PipelineDocument;
  private readonly catalog: Catalog;
  private readonly job: JobSettings;
  private readonly reads: WeakMap<NodeSpec, ReadNode>;
  private readonly before: ReadonlyMap<string, TypedNode>;
  private readonly nodes = new Map<string, ReadNode>();
  private readonly problems: Problem[] = [];
  private columnsInAll = 0;

  constructor(
    document: PipelineDocument,
    catalog: Catalog,
    job: JobSettings,
    reads: WeakMap<NodeSpec, ReadNode>,
    before: ReadonlyMap<string, TypedNode>,
  ) {
    this.document = document;
    this.catalog = catalog;
    this.job = job;
    this.reads = reads;
    this.before = before;
  }

  resolve(jobProblems: readonly Problem[]): Resolution {
    this.problems.push(...jobProblems);
    for (const spec of this.document.nodes) this.readOne(spec);
    const connections = connect(this.document.edges, this.nodes, new Set(this.document.nodes.map((node) => node.id)));
    this.problems.push(...connections.problems);
    const { order, cycles } = sortNodes([...this.nodes.keys()], connections.edges);
    for (const names of cycles)
      this.problems.push(found.cycle({ path: names.map((id) => labelOf(this.nodes.get(id))).join(' → ') }, { nodeId: names[0] }));
    for (const id of order) this.typeOne(id, connections);
    const off = this.findOff(order, connections);
    const live = order.filter((id) => !off.has(id));
    const graph = this.build(
      live,
      connections.edges.filter((edge) => !off.has(edge.from.node) && !off.has(edge.to.node)),
    );
    this.problems.push(
      ...checkPorts(graph, this.catalog, connections, off),
      ...checkParallelism(graph, this.job),
      ...checkMode(graph, this.job),
    );
    return { graph, problems: this.sorted() };
  }

  private readOne(spec: NodeSpec): void {
    const definition = this.catalog.get(spec.type);
    if (this.nodes.has(spec.id)) this.problems.push(found.idTwice({ id: spec.id }, { nodeId: spec.id }));
    else if (definition === undefined) this.problems.push(found.unknownType({ type: spec.type }, { nodeId: spec.id }));
    else this.nodes.set(spec.id, this.cachedRead(spec, definition));
  }

  private cachedRead(spec: NodeSpec, definition: AnyNode): ReadNode {
    const known = this.reads.get(spec);
    if (known !== undefined && known.definition === definition) return known;
    const read = readNode(spec, definition);
    this.reads.set(spec, read);
    return read;
  }

  /** Types a node for what arrives; the same shapes as last time give the same answer, by identity. */
  private typeOne(id: string, connections: Connections): void {
    const read = this.nodes.get(id);
    if (read === undefined) return;
    const arriving = read.definition.inputs.map((port) => connections.into(id, port.name).map((edge) => this.shapeOf(edge)));
    const last = this.before.get(id);
    if (read.definition.inputs.some((port) => connections.into(id, port.name).some((edge) => this.isTooWide(edge.from.node)))) {
      const untyped = { read, arriving, shapes: {}, problems: [] };
      tooWide.add(untyped);
      this.typed.set(id, untyped);
      return;
    }
    const same = last !== undefined && last.read === read && !tooWide.has(last) && sameShapes(last.arriving, arriving);
    const node = this.limitColumns(same ? last : keepShapes(typeNode(read, arriving, this.job), last));
    this.typed.set(id, node);
    if (read.spec.disabled !== true) this.problems.push(...node.problems);
  }

  /** Rows wider than the limits go no further, so that a small file cannot ask for endless work behind them. */
  private limitColumns(node: TypedNode): TypedNode {
    const { columnsMax, columnsInAllMax } = DOCUMENT_LIMITS;
    const nodeId = node.read.spec.id;
    const passed = new Set(node.arriving.flat().map((shape) => shape.schema));
    const made = Object.entries(node.shapes).filter(([, shape]) => !passed.has(shape.schema));
    const widest = made.find(([, shape]) => shape.schema.fields.length > columnsMax);
    const columns = made.reduce((sum, [, shape]) => sum + shape.schema.fields.length, this.columnsInAll);
    if (widest === undefined && columns <= columnsInAllMax) {
      this.columnsInAll = columns;
      return node;
    }
    const problem =
      widest === undefined
        ? found.tooManyColumnsInAll({ columns, limit: columnsInAllMax }, { nodeId })
        : found.tooManyColumns({ port: widest[0], columns: widest[1].schema.fields.length, limit: columnsMax }, { nodeId });
    const limited = { ...node, shapes: {}, problems: [...node.problems, problem] };
    tooWide.add(limited);
    return limited;
  }

  private isTooWide(id: string): boolean {
    const node = this.typed.get(id);
    return node !== undefined && tooWide.has(node);
  }

  private shapeOf(edge: EdgeSpec): PortShape {
    const from = this.typed.get(edge.from.node);
    if (from === undefined) return EMPTY_SHAPE;
    if (from.read.spec.disabled === true) return from.arriving[0]?.[0] ?? EMPTY_SHAPE;
    return from.shapes[edge.from.port] ?? EMPTY_SHAPE;
  }

  /** Nodes that do not run: switched off without passing through, or with nothing left that could reach them. */
  private findOff(order: readonly string[], connections: Connections): ReadonlySet<string> {
    const off = new Set<string>();
    for (const id of order) {
      const node = this.typed.get(id);
      if (node === undefined) continue;
      if (node.read.spec.disabled === true && !passesThrough(node)) off.add(id);
      const cut = node.read.definition.inputs.some((port) => {
        const edges = connections.into(id, port.name);
        return edges.length > 0 && edges.every((edge) => off.has(edge.from.node));
      });
      if (cut && !off.has(id)) {
        off.add(id);
        this.problems.push(found.branchOff({}, { nodeId: id }));
      }
    }
    return off;
  }

  private build(ids: readonly string[], edges: readonly EdgeSpec[]): ResolvedGraph {
    const resolvedEdges = edges.map((edge) => this.buildEdge(edge));
    const byPort = groupByPort(resolvedEdges);
    const nodes = ids.flatMap((id) => {
      const typed = this.typed.get(id);
      return typed === undefined ? [] : [buildNode(typed, byPort)];
    });
    return { document: this.document, job: this.job, nodes, edges: resolvedEdges, node: new Map(nodes.map((node) => [node.id, node])) };
  }

  private buildEdge(edge: EdgeSpec): ResolvedEdge {
    const shape = this.shapeOf(edge);
    const from = this.nodes.get(edge.from.node);
    const to = this.nodes.get(edge.to.node);
    const portIndex = to?.definition.inputs.findIndex((port) => port.name === edge.to.port) ?? -1;
    return {
      id: edge.id,
      from: {
        nodeId: edge.from.node,
        port: edge.from.port,
        portIndex: from?.outputs.findIndex((port) => port.name === edge.from.port) ?? -1,
      },
      to: { nodeId: edge.to.node, port: edge.to.port, portIndex },
      schema: shape.schema,
      changelog: shape.changelog,
      exchange: to === undefined || to.spec.disabled === true ? { kind: 'forward' } : exchangeInto(to, portIndex),
    };
  }

  /** In the order of the document, so that a list of problems does not jump while someone types. */
  private sorted(): readonly Problem[] {
    const places = new Map(this.document.nodes.map((node, index) => [node.id, index]));
    const place = (problem: Problem): number => (problem.nodeId === undefined ? -1 : (places.get(problem.nodeId) ?? -1));
    return this.problems
      .map((problem, index) => ({ problem, index }))
      .sort((left, right) => place(left.problem) - place(right.problem) || left.index - right.index)
      .map((entry) => entry.problem);
  }
}

type EdgesByPort = ReadonlyMap<string, readonly ResolvedEdge[]>;

function groupByPort(edges: readonly ResolvedEdge[]): EdgesByPort {
  const groups = new Map<string, ResolvedEdge[]>();
  const add = (key: string, edge: ResolvedEdge): void => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [edge]);
    else group.push(edge);
  };
  for (const edge of edges) {
    add(`from ${edge.from.nodeId} ${edge.from.port}`, edge);
    add(`to ${edge.to.nodeId} ${edge.to.port}`, edge);
  }
  return groups;
}

/** Shapes that say the same as before stay the same objects, so that nothing behind an edit is typed again without need. */
function keepShapes(node: TypedNode, before: TypedNode | undefined): TypedNode {
  if (before === undefined) return node;
  const shapes: { [port: string]: PortShape } = {};
  for (const [port, shape] of Object.entries(node.shapes)) {
    const old = before.shapes[port];
    shapes[port] = old !== undefined && JSON.stringify(old) === JSON.stringify(shape) ? old : shape;
  }
  return { ...node, shapes };
}

function buildNode(typed: TypedNode, edges: EdgesByPort): ResolvedNode {
  const { read } = typed;
  const id = read.spec.id;
  const passThrough = read.spec.disabled === true;
  const inputs = read.definition.inputs.map((port, index): ResolvedInput => {
    const first = typed.arriving[index]?.[0] ?? EMPTY_SHAPE;
    return {
      port,
      schema: first.schema,
      changelog: first.changelog,
      edges: edges.get(`to ${id} ${port.name}`) ?? [],
    };
  });
  const outputs = read.outputs.map((port): ResolvedOutput => {
    const shape = passThrough ? (typed.arriving[0]?.[0] ?? EMPTY_SHAPE) : (typed.shapes[port.name] ?? EMPTY_SHAPE);
    return {
      port,
      schema: shape.schema,
      changelog: shape.changelog,
      edges: edges.get(`from ${id} ${port.name}`) ?? [],
    };
  });
  const { definition, config, run } = read;
  return { id, type: read.spec.type, label: labelOf(read), definition, config, run, inputs, outputs, passThrough };
}

function exchangeInto(node: ReadNode, portIndex: number): Exchange {
  const port = node.definition.inputs[portIndex];
  if (isBroadcast(port, node.config)) return { kind: 'broadcast' };
  if (port?.keyedBy === undefined) return { kind: 'forward' };
  const columns = node.config[port.keyedBy] as readonly string[];
  if (columns.length > 0) return { kind: 'hash', columns };
  return { kind: port.keyless ?? 'global' };
}

function isBroadcast(port: InputPort | undefined, config: ReadNode['config']): boolean {
  if (port?.broadcast === undefined || port.broadcast === true) return port?.broadcast === true;
  return config[port.broadcast.field] === port.broadcast.is;
}

/** One input, one output, and the output has the input's columns. */
function passesThrough(node: TypedNode): boolean {
  const { definition, outputs } = node.read;
  if (definition.inputs.length !== 1 || outputs.length !== 1) return false;
  const before = node.arriving[0][0]?.schema.fields;
  const after = node.shapes[outputs[0].name]?.schema.fields;
  return before !== undefined && after !== undefined && JSON.stringify(before) === JSON.stringify(after);
}

function sameShapes(left: readonly (readonly PortShape[])[], right: readonly (readonly PortShape[])[]): boolean {
  return (
    left.length === right.length &&
    left.every((shapes, port) => shapes.length === right[port].length && shapes.every((shape, index) => shape === right[port][index]))
  );
}

function labelOf(node: ReadNode | undefined): string {
  return node === undefined ? '' : (node.spec.label ?? node.definition.label.en);
}
