/** Refuses a run that would write over the pipeline itself, over what it reads, or from two nodes into one place. */
import path from 'node:path';
import { EngineError } from '../base/errors.ts';
import type { ResolvedGraph } from '../spec/resolved-graph.ts';

interface UsedPath {
  readonly nodeId: string;
  readonly field: string;
  readonly access: 'read' | 'write';
  readonly wanted: string;
  readonly absolute: string;
  /** Part files of several nodes may stand in one folder when their names differ. */
  readonly prefix: unknown;
}

export function checkWrittenPaths(graph: ResolvedGraph, pipelinePath: string): void {
  const used = listPaths(graph, path.dirname(pipelinePath));
  const written = used.filter((one) => one.access === 'write');
  for (const [index, one] of written.entries()) {
    if (one.absolute === path.resolve(pipelinePath)) throw refusal(one, 'it is the file of the pipeline itself');
    const reader = used.find((other) => other.access === 'read' && other.absolute === one.absolute);
    if (reader !== undefined) throw refusal(one, `node ${reader.nodeId} reads it`);
    const other = written.slice(0, index).find((before) => before.absolute === one.absolute && before.prefix === one.prefix);
    if (other !== undefined) throw refusal(one, `node ${other.nodeId} writes there too, under the same names`);
  }
}

function listPaths(graph: ResolvedGraph, baseDirectory: string): readonly UsedPath[] {
  return graph.nodes
    .filter((node) => !node.passThrough)
    .flatMap((node) =>
      Object.entries(node.definition.fields).flatMap(([field, { kind, ...more }]): UsedPath[] => {
        const wanted: unknown = node.config[field];
        if (kind !== 'path' || !('access' in more) || typeof wanted !== 'string' || wanted === '') return [];
        const access = more.access === 'read' ? 'read' : 'write';
        const absolute = path.resolve(baseDirectory, wanted);
        return [{ nodeId: node.id, field, access, wanted, absolute, prefix: node.config.prefix }];
      }),
    );
}

function refusal(one: UsedPath, reason: string): EngineError {
  return new EngineError('MR5007', `${one.wanted} cannot be written: ${reason}`, {
    domain: 'user',
    nodeId: one.nodeId,
    field: one.field,
    remedy: 'choose another path',
  });
}
