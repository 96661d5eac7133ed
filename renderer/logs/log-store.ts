/** The log that the panel shows: that of the shown run as it grows, or of an earlier run, and how it is looked at. */
import { createStore } from 'zustand/vanilla';
import type { HostClient, LogLevel, RunLogEntry } from '../../engine/host/contract.ts';
import type { RunStore } from '../runs/run-store.ts';

/** The engine keeps fewer. */
const ENTRIES_MAX = 8000;

export type LevelFilter = 'all' | Exclude<LogLevel, 'info'>;

/** A run of before whose log is shown instead. */
export interface PastLog {
  readonly runId: string;
  readonly startedAtMs: number;
}

export interface LogState {
  /** Of the shown run. */
  readonly entries: readonly RunLogEntry[];
  readonly past: PastLog | null;
  readonly pastEntries: readonly RunLogEntry[];
  readonly level: LevelFilter;
  /** Null: all nodes and the run itself. */
  readonly nodeId: string | null;
  readonly text: string;
  /** The end of the list stays in view. */
  readonly follow: boolean;
  /** Number of the entry that was pointed at. */
  readonly current: number | null;
}

export interface LogStore {
  getState(): LogState;
  subscribe(listener: (state: LogState, previous: LogState) => void): () => void;
  set(patch: Partial<Omit<LogState, 'entries' | 'past' | 'pastEntries'>>): void;
  showPast(past: PastLog, entries: readonly RunLogEntry[]): void;
  /** Back to the run that is shown. */
  leavePast(): void;
}

export function createLogStore(host: HostClient, runs: RunStore): LogStore {
  const store = createStore<LogState>(() => ({
    entries: [],
    past: null,
    pastEntries: [],
    level: 'all',
    nodeId: null,
    text: '',
    follow: true,
    current: null,
  }));
  let shown: string | null = null;
  /** Answers to what was asked about another run, or another engine process, are of no use. */
  let generation = 0;
  let asked: { readonly generation: number; again: boolean } | null = null;

  /** What lies behind the entries that are known. */
  async function load(): Promise<void> {
    if (asked?.generation === generation) {
      asked.again = true;
      return;
    }
    const runId = shown;
    if (runId === null) return;
    const own = { generation, again: false };
    asked = own;
    const afterSequence = store.getState().entries.at(-1)?.sequence ?? 0;
    const part = await host.call('run.logs', { runId, afterSequence }).catch(() => null);
    if (own.generation !== generation) return;
    asked = null;
    if (part !== null) add(part.entries);
    if (own.again) void load();
  }

  function add(added: readonly RunLogEntry[]): void {
    const last = store.getState().entries.at(-1)?.sequence ?? 0;
    const fresh = added.filter((entry) => entry.sequence > last);
    if (fresh.length > 0) store.setState(({ entries }) => ({ entries: [...entries, ...fresh].slice(-ENTRIES_MAX) }));
  }

  /** Another engine process may have lost the last entries and given their numbers again. */
  function restart(): void {
    generation++;
    store.setState({ entries: [], current: null });
    void load();
  }

  runs.subscribe((state, previous) => {
    const runId = state.current?.runId ?? null;
    if (runId !== shown) {
      shown = runId;
      store.setState({ past: null, pastEntries: [], nodeId: null });
      restart();
    } else if (state.engine.pid !== previous.engine.pid && state.engine.state === 'ready') restart();
    else if (state.connection === 'connected' && previous.connection !== 'connected') void load();
  });
  host.listen('run.log', ({ runId, entries }) => {
    if (runId !== shown) return;
    const last = store.getState().entries.at(-1)?.sequence ?? 0;
    // What lies in between was said before this page listened.
    if (entries[0].sequence > last + 1) void load();
    else add(entries);
  });

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    set: (patch) => store.setState(patch),
    showPast: (past, pastEntries) => store.setState({ past, pastEntries, current: null, nodeId: null }),
    leavePast: () => store.setState({ past: null, pastEntries: [], current: null }),
  };
}

/** What the panel lists before its filters. */
export function shownEntries({ past, pastEntries, entries }: LogState): readonly RunLogEntry[] {
  return past === null ? entries : pastEntries;
}
