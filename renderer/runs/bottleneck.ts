/** Which node is the cause of back pressure, and whom a node that is held up waits for. Pure: figures and graph in, names out. */

/** From here on a node counts as held up, or as busy. */
export const PRESSED_FROM = 0.1;
export const BUSY_FROM = 0.5;
/** From here on a node's rows fall so unevenly that one subtask is the cause. */
export const HOT_FROM = 1.5;

export interface Load {
  readonly busy: number;
  readonly pressed: number;
}

type Graph = ReadonlyMap<string, readonly string[]>;

/** The busiest node that is itself hardly held up and has a held up node directly before it. */
export function findBottleneck(loads: ReadonlyMap<string, Load>, upstream: Graph): string | null {
  let found: string | null = null;
  let busiest = BUSY_FROM;
  for (const [id, load] of loads) {
    const holds = (upstream.get(id) ?? []).some((before) => (loads.get(before)?.pressed ?? 0) >= PRESSED_FROM);
    if (holds && load.pressed < PRESSED_FROM && load.busy >= busiest) {
      found = id;
      busiest = load.busy;
    }
  }
  return found;
}

/** Down from a node that is held up, over others that are: of what is busy there and not held up, the busiest. That is what it waits for. */
export function causeBelow(nodeId: string, loadOf: (id: string) => Load | null, downstream: Graph): string | null {
  const seen = new Set([nodeId]);
  let front = [nodeId];
  let found: string | null = null;
  let busiest = BUSY_FROM;
  while (front.length > 0) {
    const next = front.flatMap((id) => downstream.get(id) ?? []).filter((id) => !seen.has(id));
    front = [];
    for (const id of next) {
      seen.add(id);
      const load = loadOf(id);
      if (load === null) continue;
      if (load.pressed >= PRESSED_FROM) front.push(id);
      else if (load.busy >= busiest) {
        found = id;
        busiest = load.busy;
      }
    }
  }
  return found;
}

export type Cause = 'hot-subtask' | 'slow-sink' | 'slow';

/** Why a bottleneck is one: its rows fall to one subtask, what it writes to is slow, or its work is. */
export function causeOf(node: { readonly sink: boolean; readonly skewFactor: number | null }): Cause {
  if (node.skewFactor !== null && node.skewFactor >= HOT_FROM) return 'hot-subtask';
  return node.sink ? 'slow-sink' : 'slow';
}
