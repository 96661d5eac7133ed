/** The runs that the open pipeline has had, asked for while somebody looks at them and again when one begins or ends. */
import { createStore } from 'zustand/vanilla';
import type { DamagedRun, HostClient, RunDetail, RunSummary } from '../../engine/host/contract.ts';
import type { DocumentStore } from '../document/store.ts';
import { codeOf, messageOf } from '../files/failure.ts';
import type { RunStore } from '../runs/run-store.ts';

/** While a run goes on, its figures in the list are so old at most. */
const REFRESH_MS = 5_000;

export interface HistoryFailure {
  readonly message: string;
  readonly code: string | null;
}

export interface HistoryState {
  /** Null: not read yet. */
  readonly runs: readonly RunSummary[] | null;
  readonly damaged: readonly DamagedRun[];
  readonly failure: HistoryFailure | null;
  readonly chosen: string | null;
  /** Of the chosen run. */
  readonly detail: RunDetail | null;
}

export interface HistoryStore {
  getState(): HistoryState;
  subscribe(listener: (state: HistoryState, previous: HistoryState) => void): () => void;
  choose(runId: string | null): void;
  reload(): Promise<void>;
  /** Somebody looks; returns the function that ends it. */
  watch(): () => void;
}

interface Parts {
  readonly host: HostClient;
  readonly documents: DocumentStore;
  readonly runs: RunStore;
  /** The open pipeline as it would be saved. */
  readonly text: () => string;
}

const NOTHING: HistoryState = { runs: null, damaged: [], failure: null, chosen: null, detail: null };

export function createHistoryStore({ host, documents, runs, text }: Parts): HistoryStore {
  const store = createStore<HistoryState>(() => NOTHING);
  let watchers = 0;
  /** Of the pipeline that is open: an answer about another one is of no use. */
  let generation = 0;
  let timer: ReturnType<typeof setInterval> | null = null;

  async function reload(): Promise<void> {
    const asked = generation;
    const { path } = documents.getState();
    if (path === '') {
      store.setState({ ...NOTHING, runs: [] });
      return;
    }
    try {
      const { runs: listed, damaged } = await host.call('history.list', { path, text: text() });
      if (asked !== generation) return;
      const { chosen } = store.getState();
      const kept = listed.some((run) => run.runId === chosen) ? chosen : (listed[0]?.runId ?? null);
      store.setState({ runs: listed, damaged, failure: null, chosen: kept });
      await loadDetail();
    } catch (error) {
      if (asked === generation) store.setState({ failure: { message: messageOf(error), code: codeOf(error) } });
    }
  }

  async function loadDetail(): Promise<void> {
    const asked = generation;
    const { chosen } = store.getState();
    if (chosen === null) {
      store.setState({ detail: null });
      return;
    }
    const { path } = documents.getState();
    const detail = await host.call('history.show', { path, text: text(), runId: chosen }).catch(() => null);
    if (asked === generation && store.getState().chosen === chosen) store.setState({ detail });
  }

  function refresh(): void {
    if (watchers > 0) void reload();
  }

  documents.subscribe((state, previous) => {
    if (state.generation === previous.generation && state.path === previous.path) return;
    generation++;
    store.setState(NOTHING);
    refresh();
  });
  runs.subscribe((state, previous) => {
    const same = state.current?.runId === previous.current?.runId && state.current?.phase === previous.current?.phase;
    if (!same || (state.engine.state === 'ready' && previous.engine.state !== 'ready')) refresh();
  });

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    choose(runId) {
      if (runId === store.getState().chosen) return;
      store.setState({ chosen: runId, detail: null });
      void loadDetail();
    },
    reload,
    watch() {
      watchers++;
      void reload();
      timer ??= setInterval(() => {
        if (store.getState().runs?.some((run) => run.outcome === 'running') === true) void reload();
      }, REFRESH_MS);
      return () => {
        watchers--;
        if (watchers > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
  };
}
