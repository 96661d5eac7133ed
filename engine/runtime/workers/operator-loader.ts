/** Finds what runs by the folder of its node; everything is imported before a worker's loop starts. */
import { assert } from '../../base/assert.ts';
import type { OperatorModule } from '../../operators/operator.ts';
import type { StageModule } from '../../spec/stage-module.ts';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import { createStagesModule } from '../tasks/stages-module.ts';

/** What an `operator.ts` may export. */
export type NodeModule = OperatorModule & Partial<StageModule>;

export interface ModuleName {
  readonly type: string;
  /** `sources/file` */
  readonly folder: string;
}

export interface OperatorLoader {
  load(modules: readonly ModuleName[]): Promise<void>;
  /** Of a type that has been loaded. */
  module(type: string): NodeModule;
}

/** Loader over a function that imports one module. */
export function createLoader(importModule: (name: ModuleName) => Promise<NodeModule>): OperatorLoader {
  const modules = new Map<string, NodeModule>();
  const find = (type: string): NodeModule => {
    const module = modules.get(type);
    assert(module !== undefined, `the operator of '${type}' is loaded before it is asked for`);
    return module;
  };
  modules.set('stages', createStagesModule(find));
  return {
    async load(names) {
      await Promise.all(
        names.map(async (name) => {
          if (!modules.has(name.type)) modules.set(name.type, await importModule(name));
        }),
      );
    },
    module: find,
  };
}

/** Every module a plan needs, those of fused stages included. */
export function modulesOf(plan: PhysicalPlan): ModuleName[] {
  return plan.operators.flatMap((operator) => [{ type: operator.type, folder: operator.folder }, ...operator.stageModules]);
}
