/** A connection being drawn: where it starts, what fits, why the port under the pointer does not; and the choice of ports by keyboard. */
import i18next from 'i18next';
import { createStore } from 'zustand/vanilla';
import type { PortReference } from '../../engine/spec/document.ts';
import { portKey } from './project.ts';

export interface ConnectionStart {
  readonly port: PortReference;
  readonly side: 'in' | 'out';
}

export type PortFit = 'rest' | 'origin' | 'fits' | 'refused';

export interface ConnectingState {
  readonly start: ConnectionStart | null;
  /** By keyboard: the output chosen at the first node, and which pair of ports Tab has come to. */
  readonly output: string | null;
  readonly choice: number;
}

export interface ConnectingStore {
  getState(): ConnectingState;
  start(): ConnectionStart | null;
  begin(start: ConnectionStart, refusal: (other: PortReference) => string | null): void;
  end(): void;
  /** Null: fits. Asked once per port and connection. */
  reason(other: PortReference): string | null;
  /** Said of a card that has no port of that side. */
  noPort(side: 'in' | 'out'): string;
  fitOf(port: PortReference, side: 'in' | 'out'): PortFit;
  choose(patch: { readonly output?: string | null; readonly choice?: number }): void;
  subscribe(listener: () => void): () => void;
}

export function createConnectingStore(): ConnectingStore {
  const store = createStore<ConnectingState>(() => ({ start: null, output: null, choice: 0 }));
  let ask: (other: PortReference) => string | null = () => null;
  const answers = new Map<string, string | null>();

  function reason(other: PortReference): string | null {
    const key = portKey(other.node, other.port);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(other);
    answers.set(key, answer);
    return answer;
  }

  return {
    getState: store.getState,
    start: () => store.getState().start,
    begin(start, refusal) {
      ask = refusal;
      answers.clear();
      store.setState({ start });
    },
    end() {
      answers.clear();
      if (store.getState().start !== null) store.setState({ start: null });
    },
    reason,
    noPort: (side) => i18next.t(side === 'in' ? 'reason.notInput' : 'reason.notOutput'),
    fitOf(port, side) {
      const { start } = store.getState();
      if (start === null) return 'rest';
      if (start.port.node === port.node && start.port.port === port.port && start.side === side) return 'origin';
      if (start.side === side) return 'refused';
      return reason(port) === null ? 'fits' : 'refused';
    },
    choose: (patch) => store.setState(patch),
    subscribe: store.subscribe,
  };
}
