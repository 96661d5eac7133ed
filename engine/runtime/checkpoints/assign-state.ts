/** Deals the state of a checkpoint out to the subtasks of a plan, whose parallelism may be another. */
import { EngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import { keyGroupRangeOf } from '../../columnar/key-groups.ts';
import { isOperatorList } from '../../state/operator-list-state.ts';
import type { PhysicalPlan, PlanOperator } from '../plan/physical-plan.ts';
import { IN_FLIGHT } from '../tasks/in-flight.ts';
import type { SectionReference } from '../workers/messages.ts';
import type { ValidCheckpoint } from './checkpoint-folder.ts';
import { dealLists } from './deal-lists.ts';
import type { Manifest } from './manifest.ts';

export interface AssignedState {
  /** By subtask. */
  readonly sections: readonly (readonly SectionReference[])[];
  readonly enumerators: ReadonlyMap<string, JsonValue>;
  readonly committables: ReadonlyMap<string, readonly JsonValue[]>;
}

export function freshState(plan: PhysicalPlan): AssignedState {
  return { sections: Array.from({ length: plan.parallelism }, () => []), enumerators: new Map(), committables: new Map() };
}

export function assignState(checkpoint: ValidCheckpoint, plan: PhysicalPlan, allowNonRestoredState: boolean): AssignedState {
  const { manifest } = checkpoint;
  checkMaxParallelism(manifest.maxParallelism, plan, checkpoint.path);
  const stored = readReferences(checkpoint);
  const operators = new Map(plan.operators.map((operator) => [operator.nodeId, operator]));
  if (!allowNonRestoredState) checkAllRestored(checkpoint, stored, operators);
  checkTypes(checkpoint, stored, operators);
  checkInFlight(checkpoint, stored, operators, plan);
  const sections: SectionReference[][] = Array.from({ length: plan.parallelism }, () => []);
  for (const operator of operators.values()) {
    const mine = stored.filter((section) => section.nodeId === operator.nodeId);
    assignOperator(operator, plan, mine, parallelismThen(manifest, operator, plan) === operator.parallelism, sections);
  }
  return {
    sections,
    enumerators: new Map(manifest.enumerators.map(({ nodeId, state }) => [nodeId, state])),
    committables: groupByNode(manifest.committables),
  };
}

function readReferences(checkpoint: ValidCheckpoint): SectionReference[] {
  return checkpoint.states.flatMap(({ path, file, description }) =>
    description.sections.map((section) => ({
      nodeId: section.nodeId,
      name: section.name,
      distribution: section.distribution,
      header: section.header,
      keyGroups: section.keyGroups,
      subtaskIndex: description.subtask,
      path,
      offset: file.payloadOffset + section.offset,
      length: section.length,
    })),
  );
}

/** Older checkpoints know only the parallelism of the job: a node had it, unless it could not. */
function parallelismThen(manifest: Manifest, { nodeId, parallelism }: PlanOperator, plan: PhysicalPlan): number {
  const known = manifest.nodes?.find(({ id }) => id === nodeId)?.parallelism;
  return known ?? (manifest.parallelism === plan.parallelism ? parallelism : manifest.parallelism);
}

function assignOperator(
  operator: PlanOperator,
  plan: PhysicalPlan,
  stored: readonly SectionReference[],
  sameParallelism: boolean,
  sections: readonly SectionReference[][],
): void {
  const { parallelism } = operator;
  const dealt = stored.filter((section) => !sameParallelism && section.distribution === 'list' && isOperatorList(section));
  dealLists(dealt, parallelism).forEach((own, subtask) => {
    sections[subtask].push(...own);
  });
  let turn = 0;
  for (const section of stored.filter((each) => !dealt.includes(each))) {
    if (section.distribution === 'list') {
      // Unchanged parallelism gives everybody their own back, as Flink does.
      const owner = sameParallelism && section.subtaskIndex < parallelism ? section.subtaskIndex : turn++ % parallelism;
      sections[owner].push(section);
      continue;
    }
    for (let subtask = 0; subtask < parallelism; subtask++) {
      const range = keyGroupRangeOf(subtask, plan.maxParallelism, parallelism);
      const overlaps = range.start <= section.keyGroups.end && section.keyGroups.start <= range.end;
      if (section.distribution === 'union' || overlaps) sections[subtask].push(section);
    }
  }
}

/** An id that went to another kind of node: its state is not taken for that of the new one. */
function checkTypes(
  { manifest, path }: ValidCheckpoint,
  stored: readonly SectionReference[],
  operators: ReadonlyMap<string, PlanOperator>,
): void {
  const owners = new Set(stored.map(({ nodeId }) => nodeId));
  for (const { id, type } of manifest.nodes ?? []) {
    const operator = operators.get(id);
    if (operator === undefined || operator.type === type || !owners.has(id)) continue;
    throw new EngineError(
      'MR5058',
      `the state of '${id}' in ${path} is that of a node of type ${type}; now it is one of type ${operator.type}`,
      {
        domain: 'user',
        nodeId: id,
        remedy: 'give the new node an id of its own and allow state that is not restored, or start afresh',
        zh: {
          message: `${path} 中“${id}”的状态属于类型为 ${type} 的节点；现在它的类型是 ${operator.type}`,
          remedy: '请给新节点另取 id 并允许有未恢复的状态，或从头启动',
        },
      },
    );
  }
}

/** Rows on their way belong to the subtask they were on their way to; dealing them out anew could change their order. */
function checkInFlight(
  { manifest, path }: ValidCheckpoint,
  stored: readonly SectionReference[],
  operators: ReadonlyMap<string, PlanOperator>,
  plan: PhysicalPlan,
): void {
  for (const { name, nodeId } of stored) {
    const operator = operators.get(nodeId);
    if (name !== IN_FLIGHT || operator === undefined) continue;
    const then = parallelismThen(manifest, operator, plan);
    if (then === operator.parallelism) continue;
    throw new EngineError(
      'MR5056',
      `${path} was taken while rows were on their way to '${nodeId}' in ${then} subtasks; it cannot be restored into ${operator.parallelism}`,
      {
        domain: 'user',
        nodeId,
        remedy: `set its parallelism to ${then}, or restore a savepoint, in which no rows are on their way`,
        zh: {
          message: `${path} 生成时有数据正在送往“${nodeId}”的 ${then} 个子任务；不能恢复到 ${operator.parallelism} 个子任务`,
          remedy: `请将其并行度设为 ${then}，或从保存点恢复（其中没有在途数据）`,
        },
      },
    );
  }
}

function checkMaxParallelism(stored: number, plan: PhysicalPlan, path: string): void {
  if (stored === plan.maxParallelism) return;
  throw new EngineError('MR5023', `the state in ${path} is divided into ${stored} key groups, the job asks for ${plan.maxParallelism}`, {
    domain: 'user',
    remedy: `set the job's key groups to ${stored}; the number cannot change once there is state`,
    zh: {
      message: `${path} 中的状态分为 ${stored} 个键组，而作业要求 ${plan.maxParallelism} 个`,
      remedy: `请将作业的键组数设为 ${stored}；有了状态之后此数不能更改`,
    },
  });
}

function checkAllRestored(
  checkpoint: ValidCheckpoint,
  stored: readonly SectionReference[],
  operators: ReadonlyMap<string, PlanOperator>,
): void {
  const { manifest } = checkpoint;
  const owners = [...stored, ...manifest.enumerators, ...manifest.committables].map(({ nodeId }) => nodeId);
  const lost = [...new Set(owners)].filter((nodeId) => !operators.has(nodeId));
  if (lost.length === 0) return;
  throw new EngineError(
    'MR5024',
    `the state of ${lost.map((nodeId) => `'${nodeId}'`).join(', ')} in ${checkpoint.path} has no node in the pipeline`,
    {
      domain: 'user',
      remedy: 'give the node its former id back, or allow state that is not restored',
      zh: {
        message: `${checkpoint.path} 中${lost.map((nodeId) => `“${nodeId}”`).join('、')}的状态在管道中没有对应的节点`,
        remedy: '请把节点的 id 改回原来的，或允许有未恢复的状态',
      },
    },
  );
}

function groupByNode(values: readonly { readonly nodeId: string; readonly value: JsonValue }[]): Map<string, JsonValue[]> {
  const groups = new Map<string, JsonValue[]>();
  for (const { nodeId, value } of values) {
    const group = groups.get(nodeId) ?? [];
    group.push(value);
    groups.set(nodeId, group);
  }
  return groups;
}
