/**
 * Whether a pipeline as it is drawn now could go on from a checkpoint, found out without running it: the same refusals that a start
 * would meet, and the stored state of every node opened by the operator that would get it.
 */

import { systemClock } from '../../base/node-clock.ts';
import type { Storage } from '../../base/storage.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import type { ErrorMessage } from '../../host/contract.ts';
import { NORMAL_SPEED } from '../../operators/operator.ts';
import { bringsCode } from '../../spec/custom-code/find-custom-code.ts';
import type { AnyNode } from '../../spec/define-node.ts';
import { type AssignedState, assignState } from '../checkpoints/assign-state.ts';
import { chooseByPath } from '../checkpoints/choose-checkpoint.ts';
import type { JobStartRequest } from '../job-manager-api.ts';
import { loadPipeline } from '../load-pipeline.ts';
import { createPlan, modulesOfGraph } from '../plan/create-plan.ts';
import type { PhysicalPlan, PlanOperator } from '../plan/physical-plan.ts';
import { TaskBuilder } from '../tasks/build-tasks.ts';
import { IN_FLIGHT } from '../tasks/in-flight.ts';
import { describeFailure } from '../workers/failure.ts';
import type { NodeModule, OperatorLoader } from '../workers/operator-loader.ts';
import { readSections } from '../workers/read-section.ts';

/** State of one subtask beyond this is not opened: the answer is wanted while somebody looks at a menu. */
const OPENED_BYTES_MAX = 32 * 1024 * 1024;
const MEMORY_BYTES_MAX = 512 * 1024 * 1024;

/** What stands against it; empty: it can. Throws nothing. */
export async function checkRestore(
  storage: Storage,
  loader: OperatorLoader,
  checkpointPath: string,
  request: JobStartRequest,
): Promise<readonly ErrorMessage[]> {
  try {
    // Nothing here runs code that came with the pipeline, trusted or not.
    const { graph, settings, options } = loadPipeline({ ...request, trusted: true });
    await loader.load(modulesOfGraph(graph));
    const plan = createPlan(graph, settings, (type) => loader.module(type));
    const state = assignState(chooseByPath(storage, checkpointPath), plan, options.allowNonRestoredState);
    return plan.operators
      .filter(({ nodeId, type }) => keepsOwnState(graph.node.get(nodeId)?.definition, loader.module(type)))
      .flatMap((operator) => openStored(storage, loader, plan, operator, state));
  } catch (error) {
    return [messageOf(error, null)];
  }
}

function keepsOwnState(definition: AnyNode | undefined, { createStored }: NodeModule): boolean {
  return createStored !== undefined || (definition?.execution === 'operator' && !bringsCode(definition));
}

/** Nothing of a pipeline's own code is run. */
function withoutCode(module: NodeModule): NodeModule {
  return module.createStored === undefined ? module : { ...module, createOperator: module.createStored };
}

/** By the first subtask that gets any: what has changed has changed for all. */
function openStored(
  storage: Storage,
  loader: OperatorLoader,
  plan: PhysicalPlan,
  operator: PlanOperator,
  state: AssignedState,
): readonly ErrorMessage[] {
  const { index, nodeId, parallelism } = operator;
  const sectionsOf = (subtask: number) =>
    (state.sections[subtask] ?? []).filter((section) => section.nodeId === nodeId && section.name !== IN_FLIGHT);
  const subtask = state.sections.findIndex((_, each) => sectionsOf(each).length > 0);
  if (subtask < 0) return [];
  const sections = sectionsOf(subtask);
  if (sections.reduce((sum, { length }) => sum + length, 0) > OPENED_BYTES_MAX) return [];
  // What stands for a source without its code is an operator that no row reaches.
  const operators = plan.operators.map((each) => (each === operator ? { ...each, kind: 'operator' as const } : each));
  const tasks = [{ index: 0, name: nodeId, parallelism, operators: [index] }];
  const alone: PhysicalPlan = { ...plan, operators, edges: [], tasks };
  const nothing = (): undefined => undefined;
  const environment = { plan: alone, subtask, attempt: 0, seed: 0, clock: systemClock, storage, replay: NORMAL_SPEED, spills: null };
  const memory = new JobMemory({ maximumBytes: MEMORY_BYTES_MAX });
  const wiring = {
    memories: [],
    doorbells: [],
    ring: () => {
      throw new Error('assertion failed: a node alone has no channels');
    },
  };
  const builder = new TaskBuilder({ ...environment, memory, log: nothing, publishRows: nothing, wake: nothing }, wiring, (type) =>
    withoutCode(loader.module(type)),
  );
  const task = builder.build(alone.tasks[0], { requestSplit: nothing, sourceEnded: nothing, snapshot: nothing, inFlight: nothing });
  try {
    task.operators[0].operator?.open(readSections(storage, sections));
    return [];
  } catch (error) {
    return [messageOf(error, nodeId)];
  } finally {
    task.close();
  }
}

function messageOf(error: unknown, nodeId: string | null): ErrorMessage {
  const failure = describeFailure(error, nodeId);
  const { code, message, remedy, field, zh } = failure;
  return { code, message, remedy, nodeId: failure.nodeId, field, ...(zh === undefined ? {} : { zh }) };
}
