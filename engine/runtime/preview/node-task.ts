/** One node of a preview as a task of its own, between feeds and captures: run by the same code as in a job. */
import { assert } from '../../base/assert.ts';
import { NORMAL_SPEED } from '../../operators/operator.ts';
import type { ResolvedNode } from '../../spec/resolved-graph.ts';
import type { PhysicalPlan, PlanEdge, PlanOperator } from '../plan/physical-plan.ts';
import { moduleName, stageConfigs } from '../plan/plan-nodes.ts';
import { TaskBuilder } from '../tasks/build-tasks.ts';
import type { SubtaskEnvironment } from '../tasks/operator-context.ts';
import type { Task } from '../tasks/task.ts';
import type { TaskHost } from '../tasks/task-host.ts';
import type { TaskOperator } from '../tasks/task-operator.ts';
import type { NodeModule } from '../workers/operator-loader.ts';
import type { PreviewSettings, PreviewWorld } from './preview-world.ts';

const FEED = 'preview-feed';
const CAPTURE = 'preview-capture';
/** Any number does; the same one gives the same rows after every edit. */
const SEED = 1;

export interface NodeTask {
  readonly task: Task;
  /** The node's own operator. */
  readonly operator: TaskOperator;
}

export function buildNodeTask(
  node: ResolvedNode,
  settings: PreviewSettings,
  world: PreviewWorld,
  ends: { readonly feed: NodeModule; readonly capture: NodeModule },
  requestSplit: () => void,
): NodeTask {
  const plan = planNode(node, settings);
  const memory = world.memory();
  const environment: SubtaskEnvironment = {
    plan,
    subtask: 0,
    attempt: 1,
    seed: SEED,
    memory,
    clock: world.clock,
    storage: world.storage,
    replay: NORMAL_SPEED,
    spills: null,
    log: () => undefined,
    publishRows: () => undefined,
    wake: () => undefined,
  };
  const wiring = {
    memories: [memory],
    doorbells: [],
    ring: () => {
      throw new Error('assertion failed: a preview has no channels');
    },
  };
  const builder = new TaskBuilder(environment, wiring, (type) =>
    type === FEED ? ends.feed : type === CAPTURE ? ends.capture : world.loader.module(type),
  );
  const host: TaskHost = { requestSplit, sourceEnded: () => undefined, snapshot: () => undefined, inFlight: () => undefined };
  const task = builder.build(plan.tasks[0], host);
  const operator = task.operators.find((each) => each.plan.nodeId === node.id);
  assert(operator !== undefined, 'the node is in its own task');
  return { task, operator };
}

/** Feeds, the node, captures: every edge is a call. */
function planNode(node: ResolvedNode, settings: PreviewSettings): PhysicalPlan {
  const isSource = node.definition.execution === 'source';
  const feeds = isSource ? [] : node.inputs;
  const own = feeds.length;
  const operators: PlanOperator[] = [
    ...feeds.map((input, index) => ({
      ...END,
      index,
      nodeId: `${FEED} ${index}`,
      kind: 'source' as const,
      type: FEED,
      config: index,
      outputSchemas: [input.schema],
      requiredColumns: [null],
    })),
    ownOperator(node, own),
    ...node.outputs.map((output, index) => ({
      ...END,
      index: own + 1 + index,
      nodeId: `${CAPTURE} ${index}`,
      kind: 'operator' as const,
      type: CAPTURE,
      config: index,
      inputSchemas: [output.schema],
    })),
  ];
  const edges: PlanEdge[] = [
    ...feeds.map((input, index) => ({ ...CALL, index, from: index, fromPort: 0, to: own, toPort: index, schema: input.schema })),
    ...node.outputs.map((output, index) => ({
      ...CALL,
      index: own + index,
      from: own,
      fromPort: index,
      to: own + 1 + index,
      toPort: 0,
      schema: output.schema,
    })),
  ];
  return {
    jobId: settings.jobId,
    jobName: '',
    parallelism: 1,
    maxParallelism: settings.maxParallelism,
    batchRows: settings.rowsMax,
    timeZone: settings.timeZone,
    baseDirectory: settings.baseDirectory,
    memoryBytesPerWorker: 0,
    alignsBarriers: true,
    resultsAtEnd: false,
    operators,
    edges,
    tasks: [{ index: 0, name: node.id, parallelism: 1, operators: operators.map(({ index }) => index) }],
    wiringNodes: [],
    specHash: '',
  };
}

const END = {
  nodeIds: [],
  folder: '',
  stageModules: [],
  innerEdges: [],
  stageFilters: [],
  parallelism: 1,
  task: 0,
  inputSchemas: [],
  outputSchemas: [],
  requiredColumns: [],
} as const;

const CALL = { documentEdges: [], partitioning: { kind: 'forward' }, direct: true } as const;

function ownOperator(node: ResolvedNode, index: number): PlanOperator {
  const isStage = node.definition.execution === 'stage';
  const isSource = node.definition.execution === 'source';
  return {
    ...END,
    index,
    nodeId: node.id,
    nodeIds: [node.id],
    kind: isSource ? 'source' : 'operator',
    ...(isStage ? { type: 'stages', folder: '' } : moduleName(node)),
    stageModules: isStage ? [moduleName(node)] : [],
    stageFilters: isStage ? [false] : [],
    config: isStage ? { stages: stageConfigs({ nodes: [node] }) } : node.config,
    inputSchemas: node.inputs.map((input) => input.schema),
    outputSchemas: node.outputs.map((output) => output.schema),
    requiredColumns: isSource ? node.outputs.map(() => null) : [],
  };
}
