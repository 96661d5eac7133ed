/** Finds what runs by the folder of its node; everything is imported before a worker's loop starts. */
import { assert } from '../../base/assert.ts';
import type { OperatorModule } from '../../operators/operator.ts';

export interface OperatorLoader {
  load(nodes: readonly { readonly type: string; readonly category: string }[]): Promise<void>;
  /** Of a type that has been loaded. */
  module(type: string): OperatorModule;
}

/** Loader over a function that imports one module. */
export function createLoader(importModule: (category: string, type: string) => Promise<OperatorModule>): OperatorLoader {
  const modules = new Map<string, OperatorModule>();
  return {
    async load(nodes) {
      await Promise.all(
        nodes.map(async ({ type, category }) => {
          if (!modules.has(type)) modules.set(type, await importModule(category, type));
        }),
      );
    },
    module(type) {
      const module = modules.get(type);
      assert(module !== undefined, `the operator of '${type}' is loaded before it is asked for`);
      return module;
    },
  };
}
