/** Reads a source without a job: its splits are handed out as it asks for them. */
import type { JsonValue } from '../../../engine/base/json.ts';
import type { OperatorContext } from '../../../engine/operators/operator.ts';
import type { NodeModule } from '../../../engine/runtime/workers/operator-loader.ts';
import type { ResolvedNode } from '../../../engine/spec/resolved-graph.ts';

/** Until `enough`, or its end. */
export function readSource(module: NodeModule, node: ResolvedNode, context: OperatorContext, enough: () => boolean): void {
  const { createSource, createEnumerator } = module;
  if (createSource === undefined || createEnumerator === undefined) throw new Error(`'${node.type}' is no source`);
  const { nodeId, jobId, parallelism, attempt, clock, random, storage, baseDirectory, log } = context;
  const enumerator = createEnumerator(node.config as never, {
    nodeId,
    jobId,
    parallelism,
    attempt,
    clock,
    random,
    storage,
    baseDirectory,
    log,
  });
  const source = createSource(node.config as never, context);
  enumerator.open(null);
  source.open([]);
  for (let state = source.poll(); state.kind !== 'end' && !enough(); state = source.poll()) {
    context.arena.reset();
    if (state.kind === 'idle') throw new Error(`'${node.type}' has nothing to read`);
    if (state.kind !== 'need-split') continue;
    const answer = enumerator.nextSplit(0);
    if (answer.kind === 'split') source.addSplit(JSON.parse(JSON.stringify(answer.split)) as JsonValue);
    else source.noMoreSplits();
  }
  source.close();
  enumerator.close();
}
