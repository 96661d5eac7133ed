/** Which nodes may be stacked: those that the engine, and Flink, run as one chain. */
import type { EdgeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { parallelismOf } from '../../engine/spec/parallelism.ts';
import type { CheckState } from './checks.ts';
import { nodeShape } from './definitions.ts';
import { groupIndex } from './group-index.ts';
import { drawnStacks } from './stacks.ts';

/** A key of the strings' `stackReason`. */
export type StackRefusal =
  | 'noEdge'
  | 'shuffle'
  | 'consumers'
  | 'producers'
  | 'side'
  | 'parallelism'
  | 'chaining'
  | 'group'
  | 'middle'
  | 'off';

/** Null: `below` may stand under `above`. */
export function stackRefusal(document: PipelineDocument, checks: CheckState, above: string, below: string): StackRefusal | null {
  const edge = document.edges.find((candidate) => candidate.from.node === above && candidate.to.node === below);
  if (edge === undefined) return 'noEdge';
  const groups = groupIndex(document);
  if (groups.groupOf(above) !== groups.groupOf(below)) return 'group';
  const stacks = drawnStacks(document);
  if ((stacks.get(above)?.nodes.at(-1) ?? above) !== above || (stacks.get(below)?.nodes[0] ?? below) !== below) return 'middle';
  if (!fromMainPort(document, edge)) return 'side';
  if (document.edges.filter((other) => other.from.node === above && other.from.port === edge.from.port).length > 1) return 'consumers';
  if (document.edges.filter((other) => other.to.node === below).length > 1) return 'producers';
  const resolved = checks.edges.get(edge.id);
  // Of a branch that is off there is no plan, so nothing is known about how its rows cross.
  if (resolved === undefined) return 'off';
  if (resolved.exchange.kind === 'global') return 'parallelism';
  if (resolved.exchange.kind !== 'forward') return 'shuffle';
  const first = checks.nodes.get(above);
  const second = checks.nodes.get(below);
  if (checks.graph === null || first === undefined || second === undefined) return 'off';
  if (parallelismOf(first, checks.graph.job) !== parallelismOf(second, checks.graph.job)) return 'parallelism';
  return first.run.chaining === 'never' || second.run.chaining !== 'join' ? 'chaining' : null;
}

/** The selected nodes as pairs to be stacked, upstream first; null when they do not form one line. */
export function stackPairs(document: PipelineDocument, ids: ReadonlySet<string>): readonly (readonly [string, string])[] | null {
  const stacks = drawnStacks(document);
  const pairs: (readonly [string, string])[] = [];
  const heads = new Map<string, string>();
  for (const edge of document.edges) {
    if (!ids.has(edge.from.node) || !ids.has(edge.to.node)) continue;
    if (stacks.get(edge.from.node)?.nodes.includes(edge.to.node) === true) continue;
    if (heads.has(edge.to.node)) return null;
    heads.set(edge.to.node, edge.from.node);
    pairs.push([edge.from.node, edge.to.node]);
  }
  const joined = new Set([...ids].map((id) => stacks.get(id)?.nodes[0] ?? id));
  return pairs.length === joined.size - 1 ? pairs : null;
}

function fromMainPort(document: PipelineDocument, edge: EdgeSpec): boolean {
  const node = document.nodes.find((candidate) => candidate.id === edge.from.node);
  return node !== undefined && nodeShape(node).outputs.find((port) => port.name === edge.from.port)?.role === 'main';
}
