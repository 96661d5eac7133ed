/**
 * Rows of the open pipeline over a sample, while it is edited: asked for when somebody looks at them, again shortly after
 * each edit, and marked as stale in between. An answer about an older version is dropped.
 */
import { createStore } from 'zustand/vanilla';
import type { ErrorMessage, HostClient } from '../../engine/host/contract.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { DocumentStore } from '../document/store.ts';
import { errorMessageOf } from '../files/failure.ts';
import { reachedByChanges, sameLogic } from './logic.ts';
import type { NodePreview } from './node-preview.ts';
import { readNodePreview } from './node-preview.ts';

export const PREVIEW_ROWS = 100;
const DEBOUNCE_MS = 350;
/** In larger drawings only what is looked at is asked for. */
const NODES_AT_ONCE = 80;

export interface PreviewStoreState {
  readonly nodes: ReadonlyMap<string, NodePreview>;
  readonly waiting: boolean;
  /** Why the last request as a whole gave no answer. */
  readonly error: ErrorMessage | null;
  readonly durationMs: number | null;
}

export interface PreviewStore {
  getState(): PreviewStoreState;
  subscribe(listener: (state: PreviewStoreState, previous: PreviewStoreState) => void): () => void;
  /** The newest answer about a node; keeps its identity while it says the same. */
  of(nodeId: string): NodePreview | null;
  /** Asks now. */
  request(): void;
  /** Somebody looks: rows are asked for now if there are none of this version, and after each edit. Returns the end of looking. */
  watch(): () => void;
}

export interface PreviewSurroundings {
  readonly host: HostClient;
  readonly documents: DocumentStore;
  /** The document as it would be run. */
  text(): string;
  /** Nodes that are looked at, where not all can be asked for. */
  looked(): readonly string[];
}

const NOTHING: PreviewStoreState = { nodes: new Map(), waiting: false, error: null, durationMs: null };

export function createPreviewStore(surroundings: PreviewSurroundings): PreviewStore {
  const { host, documents } = surroundings;
  const store = createStore<PreviewStoreState>(() => NOTHING);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let watchers = 0;
  let asked = 0;
  /** The version the rows are of, or are being asked for. */
  let version: PipelineDocument | null = null;

  function schedule(): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void ask(), DEBOUNCE_MS);
  }

  async function ask(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const { document, path } = documents.getState();
    version = document;
    asked++;
    const request = asked;
    const nodes = document.nodes.length > NODES_AT_ONCE ? { nodes: surroundings.looked() } : {};
    store.setState({ waiting: true });
    try {
      const answer = await host.call('preview.rows', { text: surroundings.text(), path, rowsMax: PREVIEW_ROWS, ...nodes });
      if (request !== asked) return;
      const answers = new Map(answer.nodes.map((node) => [node.nodeId, readNodePreview(node)]));
      store.setState({ nodes: answers, waiting: false, error: null, durationMs: answer.durationMs });
      markStale(document);
    } catch (error) {
      if (request === asked) store.setState({ waiting: false, error: errorMessageOf(error) });
    }
  }

  /** Marks what an edit since `of` has reached. */
  function markStale(of: PipelineDocument): void {
    const { document } = documents.getState();
    if (document === of) return;
    const reached = reachedByChanges(of, document);
    const { nodes } = store.getState();
    if (![...nodes].some(([id, preview]) => reached.has(id) && !preview.stale)) return;
    store.setState({ nodes: new Map([...nodes].map(([id, preview]) => [id, reached.has(id) ? { ...preview, stale: true } : preview])) });
  }

  documents.subscribe((state, previous) => {
    if (state.generation !== previous.generation) {
      asked++;
      version = null;
      store.setState(NOTHING);
      if (watchers > 0) schedule();
      return;
    }
    if (state.document === previous.document || sameLogic(previous.document, state.document)) return;
    markStale(previous.document);
    if (watchers > 0) schedule();
  });

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    of: (nodeId) => store.getState().nodes.get(nodeId) ?? null,
    request: () => void ask(),
    watch() {
      watchers++;
      const { document } = documents.getState();
      const missing = surroundings.looked().some((id) => !store.getState().nodes.has(id));
      if (version === null || missing || !sameLogic(version, document)) schedule();
      return () => {
        watchers--;
      };
    },
  };
}
