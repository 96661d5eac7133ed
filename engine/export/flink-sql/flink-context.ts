/** What a node sees while it contributes to a Flink SQL script: its inputs as relations, free names, paths. */
import { assert } from '../../base/assert.ts';
import type { FlinkContext, FlinkRelation } from '../../spec/contributions/flink.ts';
import type { ConfigOf, Fields } from '../../spec/fields.ts';
import type { ResolvedGraph, ResolvedNode } from '../../spec/resolved-graph.ts';

/** Table and view names of one script, each given once. */
export class ScriptNames {
  private readonly taken = new Set<string>();

  take(nodeId: string, suffix: string | undefined): string {
    const wanted = [nodeId, ...(suffix === undefined ? [] : [suffix])].join('_').replaceAll(/[^\p{L}\p{N}_]/gu, '_');
    let name = wanted;
    for (let count = 2; this.taken.has(name); count++) name = `${wanted}_${count}`;
    this.taken.add(name);
    return name;
  }
}

export function createFlinkContext(
  node: ResolvedNode,
  graph: ResolvedGraph,
  names: ScriptNames,
  inputs: (port?: string) => readonly FlinkRelation[],
  baseDirectory: string | undefined,
): FlinkContext<ConfigOf<Fields>> {
  const output = (port: string): ResolvedNode['outputs'][number] => {
    const found = node.outputs.find((candidate) => candidate.port.name === port);
    assert(found !== undefined, `the node has an output ${port}`);
    return found;
  };
  return {
    nodeId: node.id,
    label: node.label,
    config: node.config,
    job: graph.job,
    settings: { timeZone: graph.job.timeZone },
    inputs,
    input: (port) => {
      const [first] = inputs(port);
      assert(first !== undefined, 'a graph without errors has something at every input');
      return first;
    },
    outputSchema: (port) => output(port).schema,
    isUsed: (port) => output(port).edges.length > 0,
    name: (suffix) => names.take(node.id, suffix),
    path: (path) => absolutePath(path, baseDirectory),
  };
}

function absolutePath(path: string, baseDirectory: string | undefined): string {
  const absolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || /^[a-z][a-z0-9+.-]*:\/\//i.test(path);
  return absolute || baseDirectory === undefined ? path : `${baseDirectory.replace(/[\\/]+$/, '')}/${path}`;
}
