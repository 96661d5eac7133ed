/** Which figures the canvas shows of a run, and the skew of its nodes, which is asked for only while it is looked at. */
import { createStore } from 'zustand/vanilla';
import type { HostClient, SubtaskMetrics } from '../../engine/host/contract.ts';
import type { DocumentStore } from '../document/store.ts';
import type { RunStore } from './run-store.ts';
import { isLive } from './run-store.ts';
import type { Skew } from './skew.ts';
import { skewOf } from './skew.ts';

export type FigureLens = 'throughput' | 'watermark' | 'state' | 'skew';
export const FIGURE_LENSES: readonly FigureLens[] = ['throughput', 'watermark', 'state', 'skew'];

const PERIOD_MS = 2000;
/** Of a larger pipeline the first ones only: each is a question of its own. */
const NODES_MAX = 100;

interface FigureLensState {
  readonly lens: FigureLens;
  readonly skew: ReadonlyMap<string, Skew>;
}

export interface FigureLensStore {
  getState(): FigureLensState;
  subscribe(listener: (state: FigureLensState, previous: FigureLensState) => void): () => void;
  choose(lens: FigureLens): void;
}

const NONE: ReadonlyMap<string, Skew> = new Map();

export function createFigureLens(host: HostClient, runs: RunStore, documents: DocumentStore): FigureLensStore {
  const store = createStore<FigureLensState>(() => ({ lens: 'throughput', skew: NONE }));
  let before = new Map<string, readonly SubtaskMetrics[]>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const wanted = () => store.getState().lens === 'skew' && isLive(runs.getState().current);

  async function read(): Promise<void> {
    const runId = runs.getState().current?.runId;
    if (runId === undefined) return;
    const nodeIds = documents
      .getState()
      .document.nodes.slice(0, NODES_MAX)
      .map((node) => node.id);
    const now = new Map<string, readonly SubtaskMetrics[]>();
    const skew = new Map<string, Skew>();
    for (const nodeId of nodeIds) {
      const subtasks = await host.call('run.subtasks', { runId, nodeId }).catch(() => null);
      if (!wanted()) return;
      if (subtasks === null) continue;
      now.set(nodeId, subtasks);
      const old = before.get(nodeId);
      const found = old === undefined ? null : skewOf(subtasks, old);
      if (found !== null) skew.set(nodeId, found);
    }
    before = now;
    store.setState({ skew });
  }

  async function tick(): Promise<void> {
    if (!document.hidden) await read();
    timer = wanted() ? setTimeout(() => void tick(), PERIOD_MS) : null;
  }

  function follow(): void {
    if (!wanted()) {
      before = new Map();
      if (store.getState().skew !== NONE) store.setState({ skew: NONE });
    } else if (timer === null) {
      timer = setTimeout(() => void tick(), 0);
    }
  }

  runs.subscribe((state, previous) => {
    if (state.current !== previous.current) follow();
  });
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    choose(lens) {
      store.setState({ lens });
      follow();
    },
  };
}
