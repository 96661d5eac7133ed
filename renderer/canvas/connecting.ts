/** A connection being drawn: where it starts, what fits, and why the port under the pointer does not. */
import type { PortReference } from '../../engine/spec/document.ts';
import { portKey } from './project.ts';

export interface ConnectionStart {
  readonly port: PortReference;
  readonly side: 'in' | 'out';
}

export type PortFit = 'rest' | 'origin' | 'fits' | 'refused';

export interface ConnectingStore {
  start(): ConnectionStart | null;
  begin(start: ConnectionStart, refusal: (other: PortReference) => string | null): void;
  end(): void;
  /** Null: fits. Asked once per port and connection. */
  reason(other: PortReference): string | null;
  fitOf(port: PortReference, side: 'in' | 'out'): PortFit;
  subscribe(listener: () => void): () => void;
}

export function createConnectingStore(): ConnectingStore {
  let start: ConnectionStart | null = null;
  let ask: (other: PortReference) => string | null = () => null;
  const answers = new Map<string, string | null>();
  const listeners = new Set<() => void>();

  function announce(): void {
    for (const listener of listeners) listener();
  }

  function reason(other: PortReference): string | null {
    const key = portKey(other.node, other.port);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(other);
    answers.set(key, answer);
    return answer;
  }

  return {
    start: () => start,
    begin(next, refusal) {
      start = next;
      ask = refusal;
      answers.clear();
      announce();
    },
    end() {
      if (start === null) return;
      start = null;
      answers.clear();
      announce();
    },
    reason,
    fitOf(port, side) {
      if (start === null) return 'rest';
      if (start.port.node === port.node && start.port.port === port.port && start.side === side) return 'origin';
      if (start.side === side) return 'refused';
      return reason(port) === null ? 'fits' : 'refused';
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
