/** Which node holds a run back, whom a node that is held up waits for, and what can help. Pure: figures and graph in, names out. */

/** From here on a node counts as held up. */
export const PRESSED_FROM = 0.1;
/** From here on a task that others wait for counts as busy. */
const BUSY_FROM = 0.5;
/** A worker with less rest than this has none. */
const FULL_FROM = 0.9;
/** Of a worker without rest, the node that takes this much of the time. */
const TAKES_FROM = 0.4;
/** Another node becomes the bottleneck only when it is this much busier: two that are about equal do not take turns. */
const STAYS_WITHIN = 0.15;
/** From here on a node's rows fall so unevenly that one subtask is the cause. */
export const HOT_FROM = 1.5;

export interface Load {
  /** Its own work, of its busiest subtask, 0…1. */
  readonly busy: number;
  /** Waiting for room in the channels of its task, 0…1. */
  readonly pressed: number;
  /** Nodes of one task work one after the other; below 0: the node only wires, what stands before it feeds what comes after. */
  readonly task: number;
}

type Graph = ReadonlyMap<string, readonly string[]>;
type Loads = ReadonlyMap<string, Load>;

export interface Situation {
  readonly loads: Loads;
  readonly sources: ReadonlySet<string>;
  /** Node → nodes directly before it. */
  readonly upstream: Graph;
  /** Share of the time that the fullest worker works. */
  readonly fullestWorker: number;
  /** The one named before. */
  readonly previous: string | null;
}

/**
 * Of the first tasks below those that are held up, or, when a worker has no rest, of everything, the node that works
 * most. Never a source: nobody waits for it. Null while nothing is held up and every worker has rest.
 */
export function findBottleneck(situation: Situation): string | null {
  const { loads, sources, fullestWorker, previous } = situation;
  const below = belowPressure(situation);
  const candidates = below.length > 0 ? below : fullestWorker >= FULL_FROM ? takingMost(loads, sources) : [];
  const busiest = candidates.reduce<string | null>(
    (best, id) => (best === null || busyOf(loads, id) > busyOf(loads, best) ? id : best),
    null,
  );
  if (busiest === null || previous === null || !candidates.includes(previous)) return busiest;
  return busyOf(loads, previous) >= busyOf(loads, busiest) - STAYS_WITHIN ? previous : busiest;
}

/** The nodes of tasks that are busy, not held up themselves, and have a task that is held up directly before them. */
function belowPressure({ loads, sources, upstream }: Situation): readonly string[] {
  const tasks = new Set<number>();
  for (const [id, load] of loads) {
    const held = neighbours(id, upstream, loads).some((before) => {
      const other = loads.get(before);
      return other !== undefined && other.task !== load.task && other.pressed >= PRESSED_FROM;
    });
    if (held && load.pressed < PRESSED_FROM && workOfTask(loads, load.task) >= BUSY_FROM) tasks.add(load.task);
  }
  return [...loads].filter(([id, load]) => tasks.has(load.task) && !sources.has(id)).map(([id]) => id);
}

/** Nobody waits visibly where all share one thread: what takes the time there keeps the others from it. */
function takingMost(loads: Loads, sources: ReadonlySet<string>): readonly string[] {
  const found = [...loads].filter(([id, load]) => load.busy >= TAKES_FROM && !sources.has(id)).map(([id]) => id);
  const reading = Math.max(0, ...[...sources].map((id) => busyOf(loads, id)));
  return found.filter((id) => busyOf(loads, id) > reading);
}

/** Directly before or after a node, nodes that only wire left out. */
function neighbours(id: string, graph: Graph, loads: Loads): readonly string[] {
  return (graph.get(id) ?? []).flatMap((other) => ((loads.get(other)?.task ?? 0) < 0 ? neighbours(other, graph, loads) : [other]));
}

function busyOf(loads: Loads, id: string): number {
  return loads.get(id)?.busy ?? 0;
}

function workOfTask(loads: Loads, task: number): number {
  let work = 0;
  for (const load of loads.values()) if (load.task === task) work += load.busy;
  return work;
}

/**
 * Nodes of a task that is held up whose rows go on to the task that holds it up: a branch that ends within the task has
 * nobody to wait for. Where no task below is busy or held up itself, every way out of the task may be the one.
 */
export function waitingForChannels(loads: Loads, upstream: Graph): ReadonlySet<string> {
  const exits = [...loads].flatMap(([id, load]) =>
    neighbours(id, upstream, loads)
      .filter((before) => {
        const other = loads.get(before);
        return other !== undefined && other.task !== load.task && other.pressed >= PRESSED_FROM;
      })
      .map((before) => ({ before, holds: load.pressed >= PRESSED_FROM || workOfTask(loads, load.task) >= BUSY_FROM })),
  );
  const waiting = new Set<string>();
  const tasks = new Set(exits.map(({ before }) => loads.get(before)?.task));
  for (const task of tasks) {
    const own = exits.filter(({ before }) => loads.get(before)?.task === task);
    const held = own.some(({ holds }) => holds) ? own.filter(({ holds }) => holds) : own;
    for (const { before } of held) {
      waiting.add(before);
      for (const id of waitingInTask(before, loads, upstream)) waiting.add(id);
    }
  }
  return waiting;
}

/** Nodes of the bottleneck's own task before it: while it works they wait with their next row. */
export function waitingInTask(bottleneck: string, loads: Loads, upstream: Graph): readonly string[] {
  const task = loads.get(bottleneck)?.task;
  const found = new Set<string>();
  for (let front = [bottleneck]; front.length > 0; ) {
    front = front.flatMap((id) => neighbours(id, upstream, loads)).filter((id) => !found.has(id) && loads.get(id)?.task === task);
    for (const id of front) found.add(id);
  }
  return [...found];
}

/** Down from a node that is held up, over others that are: the bottleneck if it is there, else of what is not held up the busiest. */
export function causeBelow(nodeId: string, loads: Loads, downstream: Graph, bottleneck: string | null): string | null {
  const seen = new Set([nodeId]);
  let found: string | null = null;
  for (let front = [nodeId]; front.length > 0; ) {
    const next = front.flatMap((id) => neighbours(id, downstream, loads).filter((after) => !seen.has(after)));
    front = [];
    for (const id of next) {
      const load = loads.get(id);
      seen.add(id);
      if (load === undefined) continue;
      if (id === bottleneck) return id;
      if (load.pressed >= PRESSED_FROM) front.push(id);
      else if (load.busy >= BUSY_FROM && (found === null || load.busy > busyOf(loads, found))) found = id;
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

/** More subtasks help a node that may have more of them, while there are cores for them; rows of one key stay in one subtask. */
export function parallelismHelps(cause: Cause, subtasksMax: number, parallelism: number, cores: number): boolean {
  return cause !== 'hot-subtask' && subtasksMax > parallelism && cores > parallelism;
}
