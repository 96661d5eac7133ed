/** The cases of every node of the catalogue, found by folder. */
import { nodes } from '../../engine/nodes/node-types.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import type { NodeCases } from '../../engine/spec/node-cases.ts';
import { nodeFolder } from '../../engine/spec/node-folder.ts';

export interface LoadedCases {
  readonly definition: AnyNode;
  readonly cases: NodeCases;
}

/** Rows that come later meet what was kept of earlier ones: by key, or in every subtask. */
export function keepsState({ execution, inputs }: AnyNode): boolean {
  return execution === 'operator' && inputs.some((port) => port.keyedBy !== undefined || port.broadcast === true);
}

export async function loadCases(): Promise<readonly LoadedCases[]> {
  return Promise.all(
    nodes.map(async (definition) => {
      const module: { cases: NodeCases } = await import(
        /* @vite-ignore */ new URL(`../../engine/nodes/${nodeFolder(definition)}/cases.ts`, import.meta.url).pathname
      );
      return { definition, cases: module.cases };
    }),
  );
}
