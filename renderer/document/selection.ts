/** What is selected and where keyboard focus is on the canvas: outside the document, never in the undo history. */
import { createStore } from 'zustand/vanilla';

export interface SelectionState {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** The node that arrow keys start from; stays when the selection is cleared. */
  readonly focus: string | null;
  /** Node from which a connection is being made with the keyboard. */
  readonly connectingFrom: string | null;
  /** A field that should take the focus once its form is shown, and a count so that the same field can be asked for twice. */
  readonly field: { readonly nodeId: string | null; readonly name: string; readonly request: number } | null;
}

const NONE: ReadonlySet<string> = new Set();

export const EMPTY_SELECTION: SelectionState = { nodes: NONE, edges: NONE, focus: null, connectingFrom: null, field: null };

export interface SelectionStore {
  getState(): SelectionState;
  subscribe(listener: (state: SelectionState, previous: SelectionState) => void): () => void;
  select(nodes: Iterable<string>, edges?: Iterable<string>): void;
  focus(node: string | null): void;
  startConnecting(node: string | null): void;
  openField(nodeId: string | null, name: string): void;
  clear(): void;
  /** Brings back a selection of before. */
  restore(state: SelectionState): void;
}

export function createSelectionStore(): SelectionStore {
  const store = createStore<SelectionState>(() => EMPTY_SELECTION);
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    select(nodes, edges = []) {
      const state = store.getState();
      const nextNodes = new Set(nodes);
      const nextEdges = new Set(edges);
      if (sameSet(state.nodes, nextNodes) && sameSet(state.edges, nextEdges)) return;
      const focus = nextNodes.size === 1 ? [...nextNodes][0] : state.focus;
      store.setState({ nodes: nextNodes, edges: nextEdges, focus });
    },
    focus(node) {
      if (store.getState().focus !== node) store.setState({ focus: node });
    },
    startConnecting(node) {
      store.setState({ connectingFrom: node });
    },
    openField(nodeId, name) {
      const request = (store.getState().field?.request ?? 0) + 1;
      store.setState({ field: { nodeId, name, request }, nodes: nodeId === null ? NONE : new Set([nodeId]), edges: NONE, focus: nodeId });
    },
    clear() {
      const state = store.getState();
      if (state.nodes.size > 0 || state.edges.size > 0) store.setState({ nodes: NONE, edges: NONE });
    },
    restore(state) {
      store.setState({ ...state, connectingFrom: null, field: null });
    },
  };
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}
