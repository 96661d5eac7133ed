/** What of a pipeline's logic differs between two versions of its document, and which nodes that reaches. The drawing never counts. */
import type { EdgeSpec, NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';

/** Nodes of `after` whose rows may differ from those of `before`: the changed ones and everything downstream of them. */
export function reachedByChanges(before: PipelineDocument, after: PipelineDocument): ReadonlySet<string> {
  if (before.nodes === after.nodes && before.edges === after.edges && before.job === after.job) return new Set();
  if (!sameJson(before.job, after.job)) return new Set(after.nodes.map((node) => node.id));
  return downstreamOf(changedNodes(before, after), after.edges);
}

/** True when both say the same, wherever their cards stand and whatever they are called. */
export function sameLogic(before: PipelineDocument, after: PipelineDocument): boolean {
  return before.nodes.length === after.nodes.length && reachedByChanges(before, after).size === 0;
}

/** Nodes that are new, were edited, or get their rows from elsewhere. */
function changedNodes(before: PipelineDocument, after: PipelineDocument): ReadonlySet<string> {
  const nodesBefore = new Map(before.nodes.map((node) => [node.id, node]));
  const changed = new Set<string>();
  for (const node of after.nodes) {
    const old = nodesBefore.get(node.id);
    if (old === undefined || !sameNode(old, node)) changed.add(node.id);
  }
  if (before.edges === after.edges) return changed;
  const wiresBefore = wiresInto(before.edges);
  const wiresAfter = wiresInto(after.edges);
  for (const node of after.nodes) if (wiresBefore.get(node.id) !== wiresAfter.get(node.id)) changed.add(node.id);
  return changed;
}

/** One text a node says where its rows come from, in the order of the edges. */
function wiresInto(edges: readonly EdgeSpec[]): ReadonlyMap<string, string> {
  const wires = new Map<string, string>();
  for (const { from, to } of edges) wires.set(to.node, `${wires.get(to.node) ?? ''}${to.port} ${from.node} ${from.port}\n`);
  return wires;
}

function sameNode(before: NodeSpec, after: NodeSpec): boolean {
  if (before === after) return true;
  return before.type === after.type && before.disabled === after.disabled && sameJson(before.config, after.config);
}

function sameJson(before: object, after: object): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}

function downstreamOf(start: ReadonlySet<string>, edges: readonly EdgeSpec[]): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const targets = next.get(from.node);
    if (targets === undefined) next.set(from.node, [to.node]);
    else targets.push(to.node);
  }
  const reached = new Set(start);
  const open = [...start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const target of next.get(id) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(target);
    }
  }
  return reached;
}
