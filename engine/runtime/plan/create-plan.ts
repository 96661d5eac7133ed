/** The planner: resolved graph and run settings → physical plan. */

import { Checksum } from '../../base/checksum.ts';
import type { Stage } from '../../expressions/compile/stage.ts';
import type { ResolvedGraph, ResolvedNode } from '../../spec/resolved-graph.ts';
import { runsAsBatch } from '../../spec/run-mode.ts';
import type { NodeModule } from '../workers/operator-loader.ts';
import type { ChainedOperator } from './chain-operators.ts';
import { type LaidOutOperator, layOut } from './lay-out.ts';
import type { PhysicalPlan, PlanOperator, SortedInputs } from './physical-plan.ts';
import { isWiring, listWiringNodes, moduleName, type NodeGroup, stageConfigs, type WiredEdge } from './plan-nodes.ts';
import { RequiredColumns } from './required-columns.ts';
import { orderInputs } from './sorted-inputs.ts';

const MEGABYTE = 1024 * 1024;
/** Of a worker's memory, for rows of a batch that wait in order. */
const SORTED_SHARE = 0.25;

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
  const layout = layOut(graph, settings.parallelism);
  const stageOf = (node: ResolvedNode): Stage => {
    const create = module(node.type).createStage;
    if (create === undefined) throw new Error(`assertion failed: stage '${node.type}' exports createStage`);
    return create(node.config as never, { nodeId: node.id, inputSchema: node.inputs[0].schema, settings: { timeZone: job.timeZone } });
  };
  const onDisk = graph.nodes.filter((node) => keepsStateOnDisk(graph, node)).length;
  const stateBytesMax = Math.floor((job.stateMemory * MEGABYTE) / Math.max(1, onDisk));
  const resultsAtEnd = runsAsBatch(graph);
  const orders = new Map(resultsAtEnd ? graph.nodes.map((node) => [node, orderInputs(node)] as const) : []);
  const sorting = [...orders.values()].filter((inputs) => inputs !== null).length;
  const sortedBytesMax = Math.floor((job.memoryPerWorker * MEGABYTE * SORTED_SHARE) / Math.max(1, sorting));
  const required = new RequiredColumns(layout.wired, stageOf, job.timeZone);
  const { jobFolder, ...named } = settings;
  return {
    ...named,
    maxParallelism: job.maxParallelism,
    timeZone: job.timeZone,
    memoryBytesPerWorker: job.memoryPerWorker * MEGABYTE,
    ...(onDisk + sorting === 0 ? {} : { spillFolder: jobFolder }),
    alignsBarriers: job.guarantee !== 'at-least-once',
    resultsAtEnd,
    specHash: hashSpec(graph),
    wiringNodes: listWiringNodes(graph),
    operators: layout.operators.map((operator) => ({
      ...planOperator(operator, required),
      ...(keepsStateOnDisk(graph, operator.group.nodes[0]) ? { stateBytesMax } : {}),
      ...sortedInputs(orders.get(operator.group.nodes[0]) ?? null, sortedBytesMax),
      innerEdges: innerEdges(operator.group, layout.wired),
      stageFilters: operator.group.nodes.map((node) => node.definition.execution === 'stage' && stageOf(node).kind === 'filter'),
    })),
    edges: layout.edges,
    tasks: layout.tasks,
    // Workers beyond the widest task would have nothing to do.
    parallelism: Math.max(1, ...layout.tasks.map((task) => task.parallelism)),
  };
}

function sortedInputs(inputs: SortedInputs['inputs'] | null, bytesMax: number): { readonly sorted?: SortedInputs } {
  return inputs === null ? {} : { sorted: { inputs, bytesMax } };
}

/** Nodes that cannot were refused when the pipeline was checked. */
function keepsStateOnDisk({ job }: ResolvedGraph, { definition, config, passThrough }: ResolvedNode): boolean {
  return job.stateBackend === 'disk' && !passThrough && definition.stateOnDisk?.(config) === true;
}

function planOperator(
  { group, index, task, nodeId, parallelism }: ChainedOperator<LaidOutOperator>,
  required: RequiredColumns,
): Omit<PlanOperator, 'innerEdges' | 'stageFilters'> {
  const [first] = group.nodes;
  const last = group.nodes[group.nodes.length - 1];
  const isStage = first.definition.execution === 'stage';
  const isSource = first.definition.execution === 'source';
  return {
    index,
    task,
    nodeId,
    nodeIds: group.nodes.map((node) => node.id),
    kind: isSource ? 'source' : 'operator',
    ...(isStage ? { type: 'stages', folder: '' } : moduleName(first)),
    stageModules: isStage ? group.nodes.map(moduleName) : [],
    config: isStage ? { stages: stageConfigs(group) } : first.config,
    parallelism,
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
