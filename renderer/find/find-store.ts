/** What is being looked for in the open pipeline, where it was found, and which of it was shown last. */
import { createStore } from 'zustand/vanilla';
import type { FoundNode } from './search-document.ts';

export interface FindState {
  readonly query: string;
  readonly found: readonly FoundNode[];
  /** Nodes marked on the canvas. */
  readonly marks: ReadonlySet<string>;
  /** Index into `found`; -1 before the first Enter. */
  readonly current: number;
  /** Increases when the box is asked for again, so that it takes the focus. */
  readonly asked: number;
}

export interface FindStore {
  getState(): FindState;
  subscribe(listener: (state: FindState, previous: FindState) => void): () => void;
  look(query: string, found: readonly FoundNode[]): void;
  /** The drawing changed: the same words, other places. */
  refresh(found: readonly FoundNode[]): void;
  show(index: number): void;
  ask(): void;
}

const NO_MARKS: ReadonlySet<string> = new Set();

export function createFindStore(): FindStore {
  const store = createStore<FindState>(() => ({ query: '', found: [], marks: NO_MARKS, current: -1, asked: 0 }));
  const marksOf = (found: readonly FoundNode[]) => (found.length === 0 ? NO_MARKS : new Set(found.map(({ node }) => node.id)));
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    look: (query, found) => store.setState({ query, found, marks: marksOf(found), current: -1 }),
    refresh(found) {
      const { found: before, current } = store.getState();
      const shown = before[current]?.node.id;
      store.setState({ found, marks: marksOf(found), current: found.findIndex(({ node }) => node.id === shown) });
    },
    show: (current) => store.setState({ current }),
    ask: () => store.setState((state) => ({ asked: state.asked + 1 })),
  };
}
