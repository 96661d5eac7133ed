/**
 * The open pipeline: one immutable document, its history and where it was read from. A vanilla store: React subscribes,
 * nothing derived is kept. A step of history is a reference to a whole document; a burst with one key is one step.
 */
import { createStore } from 'zustand/vanilla';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { LoadedDocument } from '../../engine/spec/load-document.ts';
import { createDocument } from './commands.ts';

const HISTORY_MAX = 500;
const BURST_MS = 1200;

/** What the file looked like when it was last read or written. */
export interface SavedState {
  readonly modifiedMs: number;
  readonly hash: string;
}

export interface DocumentState {
  readonly document: PipelineDocument;
  /** Empty while the pipeline has never been saved. */
  readonly path: string;
  readonly saved: SavedState | null;
  /** The file's text as it was read, so that saving keeps the bytes nobody edited. */
  readonly opened: LoadedDocument | null;
  /** The document as it stands in the file; another reference means unsaved changes. */
  readonly savedDocument: PipelineDocument | null;
  readonly past: readonly HistoryStep[];
  readonly future: readonly HistoryStep[];
  /** Increases whenever another document is opened, so that views forget the old one. */
  readonly generation: number;
}

export interface HistoryStep {
  readonly document: PipelineDocument;
  /** What the step did, a key of the strings' `steps`. */
  readonly label: StepLabel;
  readonly burst: string | null;
  readonly atMs: number;
}

export type StepLabel =
  | 'add'
  | 'remove'
  | 'move'
  | 'connect'
  | 'insert'
  | 'align'
  | 'configure'
  | 'rename'
  | 'layout'
  | 'duplicate'
  | 'switch'
  | 'fix'
  | 'paste'
  | 'settings'
  | 'group'
  | 'ungroup'
  | 'stack'
  | 'unstack'
  | 'note'
  | 'charts'
  | 'revert'
  | 'reload';

export interface OpenFile extends SavedState {
  readonly path: string;
  readonly opened: LoadedDocument;
}

export interface DocumentStore {
  getState(): DocumentState;
  subscribe(listener: (state: DocumentState, previous: DocumentState) => void): () => void;
  /** Makes one undo step, or extends the last one when both carry the same burst key and follow closely. */
  commit(label: StepLabel, change: (document: PipelineDocument) => PipelineDocument, burst?: string): void;
  undo(): HistoryStep | null;
  redo(): HistoryStep | null;
  /** `file` is null for a new pipeline; `document` differs from the file's own when a draft is opened. */
  open(document: PipelineDocument, file: OpenFile | null): void;
  /** Brings back what `getState` answered before another document was shown, history included. */
  restore(state: DocumentState): void;
  /** Takes the file as another program left it, as one step that can be undone. */
  reload(file: OpenFile): void;
  /** Saving may overwrite what another program wrote; until then the document counts as unsaved. */
  keepMine(disk: SavedState): void;
  markSaved(document: PipelineDocument, file: OpenFile): void;
  /** Puts a copy with another id or name in a document's place and gives all of its history that id and name too. */
  renew(original: PipelineDocument, copied: PipelineDocument): void;
}

/** `finish` may complete a change before it becomes a step. */
export type FinishChange = (before: PipelineDocument, after: PipelineDocument) => PipelineDocument;

export function createDocumentStore(now: () => number, firstName: string, finish: FinishChange = (_before, after) => after): DocumentStore {
  const store = createStore<DocumentState>(() => documentState(createDocument(firstName), null, 0));

  function commit(label: StepLabel, change: (document: PipelineDocument) => PipelineDocument, burst: string | null = null): void {
    const state = store.getState();
    const changed = change(state.document);
    if (changed === state.document) return;
    const next = finish(state.document, changed);
    const last = state.past.at(-1);
    const atMs = now();
    const extends_ =
      burst !== null && last !== undefined && last.burst === burst && atMs - last.atMs < BURST_MS && state.future.length === 0;
    const past = extends_
      ? [...state.past.slice(0, -1), { ...last, atMs }]
      : [...state.past.slice(-HISTORY_MAX + 1), { document: state.document, label, burst, atMs }];
    store.setState({ document: next, past, future: [] });
  }

  function undo(): HistoryStep | null {
    const state = store.getState();
    const step = state.past.at(-1);
    if (step === undefined) return null;
    store.setState({
      document: step.document,
      past: state.past.slice(0, -1),
      future: [...state.future, { ...step, document: state.document, burst: null }],
    });
    return step;
  }

  function redo(): HistoryStep | null {
    const state = store.getState();
    const step = state.future.at(-1);
    if (step === undefined) return null;
    store.setState({
      document: step.document,
      future: state.future.slice(0, -1),
      past: [...state.past, { ...step, document: state.document, burst: null }],
    });
    return step;
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    commit,
    undo,
    redo,
    open(document, file) {
      store.setState((state) => documentState(document, file, state.generation + 1));
    },
    restore(before) {
      store.setState((state) => ({ ...before, generation: state.generation + 1 }));
    },
    reload(file) {
      const { document } = file.opened;
      if (document === null) return;
      commit('reload', () => document);
      store.setState({ path: file.path, saved: file, opened: file.opened, savedDocument: document });
    },
    keepMine(disk) {
      store.setState({ saved: disk, savedDocument: null });
    },
    renew(original, copied) {
      const state = store.getState();
      const copies = new Map<PipelineDocument, PipelineDocument>([[original, copied]]);
      const copy = (document: PipelineDocument): PipelineDocument => {
        const name = document.name === original.name ? copied.name : document.name;
        const known = copies.get(document) ?? { ...document, id: copied.id, name };
        copies.set(document, known);
        return known;
      };
      const copyStep = (step: HistoryStep): HistoryStep => ({ ...step, document: copy(step.document) });
      store.setState({
        document: copy(state.document),
        savedDocument: state.savedDocument === null ? null : copy(state.savedDocument),
        past: state.past.map(copyStep),
        future: state.future.map(copyStep),
      });
    },
    markSaved(document, file) {
      store.setState({ path: file.path, saved: file, opened: file.opened, savedDocument: document });
    },
  };
}

/** A document as it is right after it was opened. */
export function documentState(document: PipelineDocument, file: OpenFile | null, generation = 0): DocumentState {
  return {
    document,
    path: file?.path ?? '',
    saved: file,
    opened: file?.opened ?? null,
    savedDocument: file === null ? document : file.opened.document,
    past: [],
    future: [],
    generation,
  };
}

export function isUnsaved(state: DocumentState): boolean {
  return state.document !== state.savedDocument;
}

/** Steps between the saved document and this one; one when that is not in the history. */
export function unsavedSteps(state: DocumentState): number {
  const { savedDocument } = state;
  if (!isUnsaved(state)) return 0;
  const at = savedDocument === null ? -1 : state.past.map((step) => step.document).lastIndexOf(savedDocument);
  return at < 0 ? Math.max(1, state.past.length) : state.past.length - at;
}
