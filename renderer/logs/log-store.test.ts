/** The log of the shown run in the page: read once, then followed; gaps, another run and another engine process are read anew. */
import { expect, test } from 'vitest';
import type { EventName, Events, HostClient, RunLogEntry, RunLogPart, RunStatus } from '../../engine/host/contract.ts';
import type { RunState, RunStore } from '../runs/run-store.ts';
import { createLogStore, shownEntries } from './log-store.ts';

function entry(runId: string, sequence: number, words = 'x'): RunLogEntry {
  return { runId, sequence, atMs: 0, level: 'info', code: 'said', nodeId: null, subtask: null, text: { en: words, zh: words } };
}

/** A host that keeps logs, and a run store whose shown run a test chooses. */
function createWorld() {
  const kept = new Map<string, RunLogEntry[]>();
  const asked: string[] = [];
  let tell: (news: Events['run.log']) => void = () => undefined;
  let state = { connection: 'connected', engine: { state: 'ready', pid: 1, restarts: 0 }, current: null } as unknown as RunState;
  let listener: (state: RunState, previous: RunState) => void = () => undefined;
  const host = {
    call: async (_method: string, params: { readonly runId: string; readonly afterSequence: number }): Promise<RunLogPart> => {
      asked.push(`${params.runId} ${params.afterSequence}`);
      const entries = (kept.get(params.runId) ?? []).filter(({ sequence }) => sequence > params.afterSequence);
      return { entries, last: entries.at(-1)?.sequence ?? 0 };
    },
    listen: (_event: EventName, added: (value: Events['run.log']) => void) => {
      tell = added;
      return () => undefined;
    },
  } as unknown as HostClient;
  const runs = {
    getState: () => state,
    subscribe: (added: typeof listener) => {
      listener = added;
      return () => undefined;
    },
  } as unknown as RunStore;
  const set = (patch: Partial<RunState>) => {
    const previous = state;
    state = { ...state, ...patch };
    listener(state, previous);
  };
  return {
    asked,
    logs: createLogStore(host, runs),
    show: (runId: string) => set({ current: { runId } as RunStatus }),
    restartEngine: (pid: number) => set({ engine: { state: 'ready', pid, restarts: 1 } }),
    keep: (...entries: readonly RunLogEntry[]) => {
      for (const each of entries) kept.set(each.runId, [...(kept.get(each.runId) ?? []), each]);
    },
    forget: () => kept.clear(),
    say: (...entries: readonly RunLogEntry[]) => tell({ runId: entries[0].runId, entries }),
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('what was said before is read, what comes is added, what was missed is asked for', async () => {
  const world = createWorld();
  const numbers = () => world.logs.getState().entries.map(({ sequence }) => sequence);
  world.keep(entry('a', 1), entry('a', 2));
  world.show('a');
  await settle();
  expect(numbers()).toEqual([1, 2]);
  world.say(entry('a', 3));
  world.say(entry('b', 1));
  world.say(entry('a', 3));
  expect(numbers()).toEqual([1, 2, 3]);
  world.keep(entry('a', 3), entry('a', 4), entry('a', 5));
  world.say(entry('a', 5));
  await settle();
  expect(numbers()).toEqual([1, 2, 3, 4, 5]);
  expect(world.asked).toEqual(['a 0', 'a 3']);
});

test('another run, and another engine process that gave numbers again, are read from the start', async () => {
  const world = createWorld();
  const words = () => world.logs.getState().entries.map(({ text }) => text.en);
  world.keep(entry('a', 1, 'one'), entry('a', 2, 'lost with its engine'));
  world.show('a');
  await settle();
  world.forget();
  world.keep(entry('a', 1, 'one'), entry('a', 2, 'again'));
  world.restartEngine(2);
  await settle();
  expect(words()).toEqual(['one', 'again']);
  world.keep(entry('b', 1, 'other'));
  world.show('b');
  expect(words()).toEqual([]);
  await settle();
  expect(words()).toEqual(['other']);
});

test('the log of an earlier run stands instead, until one goes back or another run is shown', async () => {
  const world = createWorld();
  const words = () => shownEntries(world.logs.getState()).map(({ text }) => text.en);
  world.keep(entry('a', 1, 'now'));
  world.show('a');
  await settle();
  world.logs.showPast({ runId: 'old', startedAtMs: 1 }, [entry('old', 1, 'then')]);
  expect(words()).toEqual(['then']);
  world.logs.leavePast();
  expect(words()).toEqual(['now']);
  world.logs.showPast({ runId: 'old', startedAtMs: 1 }, [entry('old', 1, 'then')]);
  world.show('b');
  expect(world.logs.getState().past).toBeNull();
});
