/** The planner: resolved graph and run settings → physical plan. */

import { Checksum } from '../../base/checksum.ts';
import type { Stage } from '../../expressions/compile/stage.ts';
import type { ResolvedGraph, ResolvedNode } from '../../spec/resolved-graph.ts';
import type { NodeModule } from '../workers/operator-loader.ts';
import { chainOperators, type UnchainedEdge, type UnchainedOperator } from './chain-operators.ts';
import type { PhysicalPlan } from './physical-plan.ts';
import {
  groupNodes,
  isWiring,
  listWiringNodes,
  moduleName,
  type NodeGroup,
  stageConfigs,
  type WiredEdge,
  wireEdges,
} from './plan-nodes.ts';
import { RequiredColumns } from './required-columns.ts';

const MEGABYTE = 1024 * 1024;

export interface PlanSettings {
  readonly jobId: string;
  readonly jobName: string;
  readonly parallelism: number;
  readonly batchRows: number;
  readonly baseDirectory: string;
  /** Folder of the job's checkpoints: state on disk lies beside them. */
  readonly jobFolder: string;
}

/** Modules that must be loaded before the plan can be made and run. */
export function modulesOfGraph(graph: ResolvedGraph): { readonly type: string; readonly folder: string }[] {
  return graph.nodes.filter((node) => !isWiring(node)).map(moduleName);
}

export function createPlan(graph: ResolvedGraph, settings: PlanSettings, module: (type: string) => NodeModule): PhysicalPlan {
  const { job } = graph;
  const parallelismOf = (node: ResolvedNode): number => (isKeyedByNothing(node) ? 1 : parallelismWithin(node, settings.parallelism));
  const edges = wireEdges(graph);
  const groups = groupNodes(graph, edges, parallelismOf);
  const stageOf = (node: ResolvedNode): Stage => {
    const create = module(node.type).createStage;
    if (create === undefined) throw new Error(`assertion failed: stage '${node.type}' exports createStage`);
    return create(node.config as never, { nodeId: node.id, inputSchema: node.inputs[0].schema, settings: { timeZone: job.timeZone } });
  };
  const onDisk = graph.nodes.filter((node) => keepsStateOnDisk(graph, node)).length;
  const stateBytesMax = Math.floor((job.stateMemory * MEGABYTE) / Math.max(1, onDisk));
  const required = new RequiredColumns(edges, stageOf, job.timeZone);
  const chained = chainOperators(
    groups.map((group) => ({
      ...planOperator(group, parallelismOf, required),
      ...(keepsStateOnDisk(graph, group.nodes[0]) ? { stateBytesMax } : {}),
      innerEdges: innerEdges(group, edges),
      stageFilters: group.nodes.map((node) => node.definition.execution === 'stage' && stageOf(node).kind === 'filter'),
    })),
    edges.flatMap((edge) => planEdge(edge, groups)),
  );
  const { jobFolder, ...named } = settings;
  return {
    ...named,
    maxParallelism: job.maxParallelism,
    timeZone: job.timeZone,
    memoryBytesPerWorker: job.memoryPerWorker * MEGABYTE,
    ...(onDisk === 0 ? {} : { spillFolder: jobFolder }),
    specHash: hashSpec(graph),
    wiringNodes: listWiringNodes(graph),
    ...chained,
    // Workers beyond the widest task would have nothing to do.
    parallelism: Math.max(1, ...chained.tasks.map((task) => task.parallelism)),
  };
}

/** Nodes that cannot were refused when the pipeline was checked. */
function keepsStateOnDisk({ job }: ResolvedGraph, { definition, config, passThrough }: ResolvedNode): boolean {
  return job.stateBackend === 'disk' && !passThrough && definition.stateOnDisk?.(config) === true;
}

/** Rows that are grouped by nothing belong to one subtask, and so does the state they leave. */
function isKeyedByNothing(node: ResolvedNode): boolean {
  return node.inputs.some((input) => input.port.keyedBy !== undefined && input.edges.some((edge) => edge.exchange.kind === 'global'));
}

function parallelismWithin(node: ResolvedNode, parallelism: number): number {
  return Math.min(parallelism, node.definition.parallelismMax?.(node.config) ?? parallelism);
}

function planOperator(
  group: NodeGroup,
  parallelismOf: (node: ResolvedNode) => number,
  required: RequiredColumns,
): Omit<UnchainedOperator, 'innerEdges' | 'stageFilters'> {
  const [first] = group.nodes;
  const last = group.nodes[group.nodes.length - 1];
  const isStage = first.definition.execution === 'stage';
  const isSource = first.definition.execution === 'source';
  return {
    nodeId: first.id,
    nodeIds: group.nodes.map((node) => node.id),
    kind: isSource ? 'source' : 'operator',
    ...(isStage ? { type: 'stages', folder: '' } : moduleName(first)),
    stageModules: isStage ? group.nodes.map(moduleName) : [],
    config: isStage ? { stages: stageConfigs(group) } : first.config,
    parallelism: parallelismOf(first),
    inputSchemas: first.inputs.map((input) => input.schema),
    outputSchemas: last.outputs.map((output) => output.schema),
    requiredColumns: isSource
      ? first.outputs.map((_, port) => {
          const paths = required.ofOutput(first, port);
          return paths === null ? null : [...paths].sort();
        })
      : [],
  };
}

/** First document edge between each two neighbours of a group. */
function innerEdges(group: NodeGroup, edges: readonly WiredEdge[]): string[] {
  return group.nodes.slice(1).flatMap((node) => edges.find((edge) => edge.to === node)?.documentEdges[0] ?? []);
}

/** Edges within a group are gone. */
function planEdge(edge: WiredEdge, groups: readonly NodeGroup[]): UnchainedEdge[] {
  const from = groups.findIndex((group) => group.nodes.includes(edge.from));
  const to = groups.findIndex((group) => group.nodes.includes(edge.to));
  if (from === to) return [];
  const { documentEdges, fromPort, toPort, partitioning, schema } = edge;
  return [{ documentEdges, from, fromPort, to, toPort, partitioning, schema }];
}

/** Of the logic: what makes a checkpoint's state mean something else. */
function hashSpec(graph: ResolvedGraph): string {
  const logic = graph.nodes.map((node) => [
    node.id,
    node.type,
    node.config,
    node.inputs.map((input) => input.edges.map((edge) => edge.id)),
  ]);
  const text = JSON.stringify(logic, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  return new Checksum().update(new TextEncoder().encode(text)).digest().toString(16).padStart(8, '0');
}
