/** Deals the state of a checkpoint out to the subtasks of a plan, whose parallelism may be another. */
import { EngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import { keyGroupRangeOf } from '../../columnar/key-groups.ts';
import type { PhysicalPlan, PlanOperator } from '../plan/physical-plan.ts';
import type { SectionReference } from '../workers/messages.ts';
import type { ValidCheckpoint } from './checkpoint-folder.ts';

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
  const sections: SectionReference[][] = Array.from({ length: plan.parallelism }, () => []);
  for (const operator of operators.values()) {
    const mine = stored.filter((section) => section.nodeId === operator.nodeId);
    assignOperator(operator, plan, mine, manifest.parallelism === plan.parallelism, sections);
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

function assignOperator(
  operator: PlanOperator,
  plan: PhysicalPlan,
  stored: readonly SectionReference[],
  sameParallelism: boolean,
  sections: readonly SectionReference[][],
): void {
  const { parallelism } = operator;
  let turn = 0;
  for (const section of stored) {
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

function checkMaxParallelism(stored: number, plan: PhysicalPlan, path: string): void {
  if (stored === plan.maxParallelism) return;
  throw new EngineError('MR5023', `the state in ${path} is divided into ${stored} key groups, the job asks for ${plan.maxParallelism}`, {
    domain: 'user',
    remedy: `set the job's key groups to ${stored}; the number cannot change once there is state`,
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
