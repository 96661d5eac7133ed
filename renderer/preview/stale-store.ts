/**
 * Which nodes show what is no longer true: everything an edit since the start of the shown run has reached. The run's own
 * document is asked for once; comparing is done in the page.
 */
import { createStore } from 'zustand/vanilla';
import type { HostClient } from '../../engine/host/contract.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import type { DocumentStore } from '../document/store.ts';
import type { RunStore } from '../runs/run-store.ts';
import { reachedByChanges } from './logic.ts';

export interface StaleState {
  /** Ids of nodes; keeps its identity while it says the same. */
  readonly nodes: ReadonlySet<string>;
  /** The pipeline as the shown run has it; null without a run. */
  readonly ran: PipelineDocument | null;
}

export interface StaleStore {
  getState(): StaleState;
  subscribe(listener: (state: StaleState, previous: StaleState) => void): () => void;
}

const NONE: ReadonlySet<string> = new Set();

export function createStaleStore(host: HostClient, documents: DocumentStore, runs: RunStore): StaleStore {
  const store = createStore<StaleState>(() => ({ nodes: NONE, ran: null }));
  let runId: string | null = null;

  function compare(): void {
    const { ran, nodes } = store.getState();
    const { document } = documents.getState();
    const reached = ran === null || ran.id !== document.id ? NONE : reachedByChanges(ran, document);
    if (!sameSet(reached, nodes)) store.setState({ nodes: reached });
  }

  async function follow(wanted: string | null): Promise<void> {
    runId = wanted;
    store.setState({ ran: null, nodes: NONE });
    if (wanted === null) return;
    const spec = await host.call('run.spec', { runId: wanted }).catch(() => null);
    if (runId !== wanted || spec === null) return;
    store.setState({ ran: loadDocument(spec.text).document });
    compare();
  }

  documents.subscribe((state, previous) => {
    if (state.document !== previous.document) compare();
  });
  runs.subscribe((state) => {
    const current = state.current?.runId ?? null;
    if (current !== runId) void follow(current);
  });
  return { getState: store.getState, subscribe: store.subscribe };
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
