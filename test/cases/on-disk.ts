/** Cases of nodes whose state may lie on disk, and plans that leave nothing of it in memory. */
import type { PhysicalPlan } from '../../engine/runtime/plan/physical-plan.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import type { RowsCase } from '../../engine/spec/node-cases.ts';
import { readConfig } from '../../engine/spec/read-config.ts';

export function mayBeOnDisk(definition: AnyNode, one: RowsCase): boolean {
  return definition.stateOnDisk?.(readConfig(definition.fields, one.config).config) === true;
}

/** All state goes to disk behind every batch. */
export function withoutMemory(plan: PhysicalPlan): PhysicalPlan {
  return { ...plan, operators: plan.operators.map((each) => (each.stateBytesMax === undefined ? each : { ...each, stateBytesMax: 1 })) };
}

/** Rows of a batch that wait in order do so on disk, and every key is dealt with alone. */
export function keyByKey(plan: PhysicalPlan): PhysicalPlan {
  return {
    ...plan,
    operators: plan.operators.map((each) => (each.sorted === undefined ? each : { ...each, sorted: { ...each.sorted, bytesMax: 1 } })),
  };
}
