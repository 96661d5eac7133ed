/** Runs as the host tells of them: the one of the open pipeline, its checkpoints, the engine's and the connection's state. */
import { createStore } from 'zustand/vanilla';
import type { CheckpointInfo, EngineState, HostClient, RunMetrics, RunPhase, RunStatus } from '../../engine/host/contract.ts';

/** An hour of one every ten seconds: as much as the time strip shows, and a bound for a run of weeks. */
const CHECKPOINTS_MAX = 400;
/** Runs whose last figures are kept, so that they are there when one is shown again. */
const FRAMES_MAX = 20;

export type ConnectionState = 'connected' | 'connecting' | 'lost';

export interface RunState {
  readonly connection: ConnectionState;
  readonly engine: EngineState;
  readonly runs: ReadonlyMap<string, RunStatus>;
  /** The run whose figures are shown: the newest one of the open document, unless put away. */
  readonly current: RunStatus | null;
  readonly checkpoints: readonly CheckpointInfo[];
  /** A request under way, so that its button rests. */
  readonly pending: 'start' | 'stop' | 'savepoint' | null;
  /** A run is stopped so that another goes on from it. */
  readonly restarting: boolean;
}

export interface RunStore {
  getState(): RunState;
  subscribe(listener: (state: RunState, previous: RunState) => void): () => void;
  /** Follows the runs of this document from now on. */
  follow(documentId: string): void;
  /** Puts the figures of a run that has ended away. */
  dismiss(): void;
  setPending(pending: RunState['pending']): void;
  setRestarting(restarting: boolean): void;
  /** Takes a status that an answer carried, before its event arrives. */
  adopt(status: RunStatus): void;
  addCheckpoint(checkpoint: CheckpointInfo): void;
  reload(): Promise<void>;
  onMetrics(listener: (frame: RunMetrics) => void): () => void;
  close(): void;
}

const LIVE_PHASES: readonly RunPhase[] = ['starting', 'running', 'restarting', 'stopping'];

export function isLive(run: RunStatus | null): boolean {
  return run !== null && LIVE_PHASES.includes(run.phase);
}

export function createRunStore(host: HostClient): RunStore {
  const store = createStore<RunState>(() => ({
    connection: 'connecting',
    engine: { state: 'starting', pid: null, restarts: 0 },
    runs: new Map(),
    current: null,
    checkpoints: [],
    pending: null,
    restarting: false,
  }));
  let documentId = '';
  const dismissed = new Set<string>();
  const metricsListeners = new Set<(frame: RunMetrics) => void>();
  const lastFrames = new Map<string, RunMetrics>();

  function choose(): void {
    const candidates = [...store.getState().runs.values()].filter((run) => run.documentId === documentId && !dismissed.has(run.runId));
    const current = candidates.reduce<RunStatus | null>(
      (best, run) => (best === null || run.startedAtMs >= best.startedAtMs ? run : best),
      null,
    );
    const before = store.getState().current;
    if (before?.runId === current?.runId) {
      if (before !== current) store.setState({ current });
      return;
    }
    store.setState({ current, checkpoints: [] });
    if (current === null) return;
    const frame = lastFrames.get(current.runId);
    if (frame !== undefined) for (const listener of metricsListeners) listener(frame);
    void loadCheckpoints(current.runId);
  }

  async function loadCheckpoints(runId: string): Promise<void> {
    const checkpoints = await host.call('run.checkpoints', { runId }).catch(() => null);
    if (checkpoints !== null && store.getState().current?.runId === runId) store.setState({ checkpoints });
  }

  function adopt(status: RunStatus): void {
    const runs = new Map(store.getState().runs);
    runs.set(status.runId, status);
    store.setState({ runs });
    choose();
  }

  function addCheckpoint(checkpoint: CheckpointInfo): void {
    const others = store.getState().checkpoints.filter((known) => known.id !== checkpoint.id || known.kind !== checkpoint.kind);
    const all = [...others, checkpoint].sort((a, b) => a.startedAtMs - b.startedAtMs || a.id - b.id);
    store.setState({ checkpoints: withoutOldest(all) });
  }

  async function reload(): Promise<void> {
    const list = await host.call('run.list', {}).catch(() => null);
    if (list === null) return;
    store.setState({ runs: new Map(list.map((run) => [run.runId, run])) });
    choose();
  }

  const stops = [
    host.onConnection((connection) => {
      const before = store.getState().connection;
      store.setState({ connection });
      if (connection === 'connected' && before !== 'connected') void reload();
    }),
    host.listen('engine.state', (engine) => {
      const before = store.getState().engine;
      store.setState({ engine });
      if (engine.state === 'ready' && before.state !== 'ready') void reload();
    }),
    host.listen('run.state', adopt),
    host.listen('run.metrics', (frame) => {
      lastFrames.delete(frame.runId);
      lastFrames.set(frame.runId, frame);
      for (const runId of [...lastFrames.keys()].slice(0, -FRAMES_MAX)) lastFrames.delete(runId);
      if (frame.runId === store.getState().current?.runId) for (const listener of metricsListeners) listener(frame);
    }),
    host.listen('run.checkpoint', ({ runId, checkpoint }) => {
      if (runId === store.getState().current?.runId) addCheckpoint(checkpoint);
    }),
  ];

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    follow(id) {
      documentId = id;
      choose();
    },
    dismiss() {
      const { current } = store.getState();
      if (current !== null && !isLive(current)) {
        dismissed.add(current.runId);
        choose();
      }
    },
    setPending: (pending) => store.setState({ pending }),
    setRestarting: (restarting) => store.setState({ restarting }),
    adopt,
    addCheckpoint,
    reload,
    onMetrics(listener) {
      metricsListeners.add(listener);
      return () => metricsListeners.delete(listener);
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}

/** Savepoints stay: somebody asked for them. */
function withoutOldest(all: readonly CheckpointInfo[]): readonly CheckpointInfo[] {
  let excess = all.filter((checkpoint) => checkpoint.kind === 'checkpoint').length - CHECKPOINTS_MAX;
  return excess <= 0 ? all : all.filter((checkpoint) => checkpoint.kind !== 'checkpoint' || excess-- <= 0);
}
