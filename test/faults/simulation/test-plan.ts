/** Physical plans of the fault tests' pipelines, written by hand. */

import { chainOperators, type Unchained, type UnchainedEdge } from '../../../engine/runtime/plan/chain-operators.ts';
import type { Partitioning, PhysicalPlan, PlanOperator } from '../../../engine/runtime/plan/physical-plan.ts';
import type { Schema } from '../../../engine/types/schema.ts';

export interface TestNode {
  readonly id: string;
  readonly type: string;
  readonly config?: unknown;
  readonly inputs: readonly Schema[];
  readonly outputs: readonly Schema[];
  readonly parallelism?: number;
}

/** `from` and `to` as `node` or `node/port index`. */
export interface TestEdge {
  readonly from: string;
  readonly to: string;
  readonly partitioning?: Partitioning;
}

export function testPlan(parallelism: number, nodes: readonly TestNode[], edges: readonly TestEdge[], batchRows = 16): PhysicalPlan {
  const operators = nodes.map((node): Omit<PlanOperator, 'index' | 'task'> & Unchained => ({
    nodeId: node.id,
    nodeIds: [node.id],
    kind: node.inputs.length === 0 ? 'source' : 'operator',
    type: node.type,
    folder: 'test',
    stageModules: [],
    innerEdges: [],
    stageFilters: [],
    config: node.config ?? {},
    parallelism: node.parallelism ?? parallelism,
    chaining: 'join',
    inputSchemas: node.inputs,
    outputSchemas: node.outputs,
    requiredColumns: node.outputs.map(() => null),
  }));
  const indexOf = (id: string) => nodes.findIndex((node) => node.id === id);
  const planned = edges.map((edge): UnchainedEdge => {
    const [from, fromPort = '0'] = edge.from.split('/');
    const [to, toPort = '0'] = edge.to.split('/');
    const schema = nodes[indexOf(from)].outputs[Number(fromPort)];
    return {
      documentEdges: [`${edge.from}>${edge.to}`],
      from: indexOf(from),
      fromPort: Number(fromPort),
      to: indexOf(to),
      toPort: Number(toPort),
      partitioning: edge.partitioning ?? { kind: 'forward' },
      schema,
    };
  });
  const { operators: chained, edges: crossings, tasks } = chainOperators(operators, planned);
  return {
    jobId: 'test-job',
    jobName: 'test job',
    parallelism,
    maxParallelism: 128,
    batchRows,
    timeZone: 'UTC',
    baseDirectory: '/',
    memoryBytesPerWorker: 64 * 1024 * 1024,
    alignsBarriers: true,
    resultsAtEnd: false,
    specHash: 'test',
    wiringNodes: [],
    operators: chained,
    edges: crossings,
    tasks,
  };
}
