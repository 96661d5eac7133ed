/** What is selected and where keyboard focus is on the canvas: outside the document, never in the undo history. */
import { createStore } from 'zustand/vanilla';

export interface SelectionState {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** Groups and notes: what is selected and no logic. */
  readonly drawn: ReadonlySet<string>;
  /** The group one looks into; null: the top level. */
  readonly openGroup: string | null;
  /** The node, group, note or pill that arrow keys start from; stays when the selection is cleared. */
  readonly focus: string | null;
  /** Node from which a connection is being made with the keyboard. */
  readonly connectingFrom: string | null;
  /** A field that should take the focus once its form is shown, and a count so that the same field can be asked for twice. */
  readonly field: { readonly nodeId: string | null; readonly name: string; readonly request: number } | null;
}

const NONE: ReadonlySet<string> = new Set();

export const EMPTY_SELECTION: SelectionState = {
  nodes: NONE,
  edges: NONE,
  drawn: NONE,
  openGroup: null,
  focus: null,
  connectingFrom: null,
  field: null,
};

export interface SelectionStore {
  getState(): SelectionState;
  subscribe(listener: (state: SelectionState, previous: SelectionState) => void): () => void;
  select(nodes: Iterable<string>, edges?: Iterable<string>, drawn?: Iterable<string>): void;
  /** Looks into a group, or back at the top level; what was selected is let go. */
  enter(group: string | null): void;
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
    select(nodes, edges = [], drawn = []) {
      const state = store.getState();
      const nextNodes = new Set(nodes);
      const nextEdges = new Set(edges);
      const nextDrawn = new Set(drawn);
      if (sameSet(state.nodes, nextNodes) && sameSet(state.edges, nextEdges) && sameSet(state.drawn, nextDrawn)) return;
      const cards = [...nextNodes, ...nextDrawn];
      store.setState({
        nodes: keep(state.nodes, nextNodes),
        edges: keep(state.edges, nextEdges),
        drawn: keep(state.drawn, nextDrawn),
        focus: cards.length === 1 ? cards[0] : state.focus,
      });
    },
    enter(group) {
      if (store.getState().openGroup === group) return;
      store.setState({ openGroup: group, nodes: NONE, edges: NONE, drawn: NONE, focus: null, connectingFrom: null });
    },
    focus(node) {
      if (store.getState().focus !== node) store.setState({ focus: node });
    },
    startConnecting(node) {
      store.setState({ connectingFrom: node });
    },
    openField(nodeId, name) {
      const request = (store.getState().field?.request ?? 0) + 1;
      const nodes = nodeId === null ? NONE : new Set([nodeId]);
      store.setState({ field: { nodeId, name, request }, nodes, edges: NONE, drawn: NONE, focus: nodeId });
    },
    clear() {
      const state = store.getState();
      if (state.nodes.size + state.edges.size + state.drawn.size > 0) store.setState({ nodes: NONE, edges: NONE, drawn: NONE });
    },
    restore(state) {
      store.setState({ ...state, connectingFrom: null, field: null });
    },
  };
}

/** The one of before when it holds the same: nobody who follows it needs to look. */
function keep(before: ReadonlySet<string>, after: ReadonlySet<string>): ReadonlySet<string> {
  return sameSet(before, after) ? before : after;
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}
