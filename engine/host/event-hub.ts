/** Events of one process: who listens, what a new listener is told first, and the running numbers. */
import type { EventName, Events } from './contract.ts';

export type EventListener = (event: EventName, value: Events[EventName], sequence: number) => void;
/** The current values of one event, told to every new listener; several for events that exist once per run. */
type Snapshot<E extends EventName> = () => readonly Events[E][];

export class EventHub {
  private readonly listeners = new Map<EventName, Set<EventListener>>();
  private readonly snapshots = new Map<EventName, () => readonly Events[EventName][]>();
  private readonly sequences = new Map<EventName, number>();

  provideSnapshot<E extends EventName>(event: E, snapshot: Snapshot<E>): void {
    this.snapshots.set(event, snapshot);
  }

  publish<E extends EventName>(event: E, value: Events[E]): void {
    const sequence = (this.sequences.get(event) ?? 0) + 1;
    this.sequences.set(event, sequence);
    for (const listener of this.listeners.get(event) ?? []) listener(event, value, sequence);
  }

  /** Tells the snapshot at once, under the number of the last event that it includes. */
  listen(event: EventName, listener: EventListener): () => void {
    const sequence = this.sequences.get(event) ?? 0;
    for (const value of this.snapshots.get(event)?.() ?? []) listener(event, value, sequence);
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  listenerCount(event: EventName): number {
    return this.listeners.get(event)?.size ?? 0;
  }
}
