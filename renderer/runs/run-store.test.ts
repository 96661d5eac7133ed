/** What the page keeps of runs is bounded: a run of weeks takes no more than one of an hour, and savepoints stay. */
import { expect, test } from 'vitest';
import type { CheckpointInfo, EventName, Events, HostClient, MethodName, Params, Result, RunStatus } from '../../engine/host/contract.ts';
import { createRunStore } from './run-store.ts';

/** Answers nothing and lets the test say what happens. */
class TellingHost implements HostClient {
  private readonly listeners = new Map<EventName, (value: never, sequence: number) => void>();

  async call<M extends MethodName>(method: M, _params: Params<M>): Promise<Result<M>> {
    throw new Error(`${method} is not answered`);
  }

  listen<E extends EventName>(event: E, listener: (value: Events[E], sequence: number) => void): () => void {
    this.listeners.set(event, listener);
    return () => this.listeners.delete(event);
  }

  onConnection(): () => void {
    return () => undefined;
  }

  close(): void {
    this.listeners.clear();
  }

  tell<E extends EventName>(event: E, value: Events[E]): void {
    (this.listeners.get(event) as ((value: Events[E], sequence: number) => void) | undefined)?.(value, 0);
  }
}

const RUN = { runId: 'run', documentId: 'document', phase: 'running', startedAtMs: 0, endedAtMs: null } as RunStatus;

function checkpoint(id: number, kind: CheckpointInfo['kind']): CheckpointInfo {
  return { id, kind, status: 'complete', startedAtMs: id * 1000, durationMs: 5, bytes: 10, path: '', failure: null };
}

test('of many checkpoints the oldest are forgotten, savepoints are not', () => {
  const host = new TellingHost();
  const runs = createRunStore(host);
  runs.follow('document');
  host.tell('run.state', RUN);
  for (let id = 1; id <= 1000; id++)
    host.tell('run.checkpoint', { runId: 'run', checkpoint: checkpoint(id, id === 7 ? 'savepoint' : 'checkpoint') });
  const kept = runs.getState().checkpoints.map(({ id }) => id);
  expect([kept.length, kept.slice(0, 2), kept.at(-1)]).toEqual([401, [7, 601], 1000]);
});
