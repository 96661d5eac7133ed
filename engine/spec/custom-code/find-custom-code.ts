/** Which nodes of a pipeline bring code of their own: it runs only where a person trusts the pipeline. */
import { EngineError } from '../../base/errors.ts';
import type { AnyNode } from '../define-node.ts';

interface CodeNode {
  readonly id: string;
  readonly definition: AnyNode;
}

export function bringsCode(definition: AnyNode): boolean {
  return Object.values(definition.fields).some((field) => field.kind === 'code' && field.language === 'typescript');
}

/** Ids of the nodes with code. */
export function findCustomCode(nodes: readonly CodeNode[]): readonly string[] {
  return nodes.filter(({ definition }) => bringsCode(definition)).map(({ id }) => id);
}

export function untrustedCode(nodeIds: readonly string[]): EngineError {
  const named = nodeIds.map((id) => `'${id}'`).join(', ');
  return new EngineError('MR5050', `the pipeline has custom code in ${named}, and nobody has said that it is trusted`, {
    domain: 'user',
    nodeId: nodeIds[0],
    field: 'code',
    remedy: 'read the code, then trust the pipeline (on the command line with --trust): it runs with your rights',
  });
}
