/** Topological order of a graph, and the circles that stand in its way; no recursion, since graphs may be long. */
import type { EdgeSpec } from './document.ts';

export interface NodeOrder {
  /** Sources first; nodes on or behind a circle are left out. Otherwise the given order is kept as far as possible. */
  readonly order: readonly string[];
  /** Each as node ids along its edges, the first repeated at the end. */
  readonly cycles: readonly (readonly string[])[];
}

/** So many circles are named; the rest disappear with them or are found next time. */
const CYCLES_MAX = 10;

export function sortNodes(ids: readonly string[], edges: readonly EdgeSpec[]): NodeOrder {
  const followers = new Map<string, string[]>(ids.map((id) => [id, []]));
  const waiting = new Map<string, number>(ids.map((id) => [id, 0]));
  for (const edge of edges) {
    followers.get(edge.from.node)?.push(edge.to.node);
    waiting.set(edge.to.node, (waiting.get(edge.to.node) ?? 0) + 1);
  }
  const order = ids.filter((id) => waiting.get(id) === 0);
  for (let at = 0; at < order.length; at++) {
    for (const next of followers.get(order[at]) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  if (order.length === ids.length) return { order, cycles: [] };
  const done = new Set(order);
  return {
    order,
    cycles: findCycles(
      ids.filter((id) => !done.has(id)),
      followers,
      done,
    ),
  };
}

/** Depth first with an own stack; every node is entered once. */
function findCycles(
  ids: readonly string[],
  followers: ReadonlyMap<string, readonly string[]>,
  done: ReadonlySet<string>,
): readonly (readonly string[])[] {
  const cycles: string[][] = [];
  const entered = new Set<string>();
  for (const start of ids) {
    if (entered.has(start) || cycles.length >= CYCLES_MAX) continue;
    const path: string[] = [start];
    const onPath = new Set(path);
    const nextChild = [0];
    entered.add(start);
    while (path.length > 0) {
      const node = path[path.length - 1];
      const child = (followers.get(node) ?? [])[nextChild[nextChild.length - 1]++];
      if (child === undefined) {
        onPath.delete(node);
        path.pop();
        nextChild.pop();
      } else if (onPath.has(child)) {
        if (cycles.length < CYCLES_MAX) cycles.push([...path.slice(path.indexOf(child)), child]);
      } else if (!entered.has(child) && !done.has(child)) {
        entered.add(child);
        path.push(child);
        onPath.add(child);
        nextChild.push(0);
      }
    }
  }
  return cycles;
}
