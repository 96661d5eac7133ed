/**
 * The open tabs. The active one's pipeline lives in the designer's stores; of the others the document with its history,
 * selection, viewports and notices are put aside here and come back when their tab is shown again.
 */
import { createStore } from 'zustand/vanilla';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { createDocument } from '../document/commands.ts';
import type { SelectionState, SelectionStore } from '../document/selection.ts';
import { EMPTY_SELECTION } from '../document/selection.ts';
import type { DocumentState, DocumentStore, OpenFile, SavedState } from '../document/store.ts';
import { documentState, isUnsaved } from '../document/store.ts';
import type { DraftMark, ShellStore } from './shell.ts';
import type { PipelineTab, Tab, TabFailure, TabRecord } from './tab.ts';
import type { ViewportMap, Viewports } from './viewports.ts';

export interface SessionsState {
  readonly tabs: readonly Tab[];
  /** Id of the tab that is shown. */
  readonly active: string;
}

export interface Opening {
  /** A draft that is shown instead of the file's own document. */
  readonly draft?: DraftMark;
  /** The file as it was when the draft was begun; another one now is told as a change on disk. */
  readonly base?: SavedState | null;
  readonly viewports?: ViewportMap;
}

export interface Sessions {
  getState(): SessionsState;
  subscribe(listener: (state: SessionsState, previous: SessionsState) => void): () => void;
  active(): Tab;
  /** The open tab of this file. */
  find(path: string): PipelineTab | null;
  /** Shows the Start tab; opens one if there is none. */
  openStart(): void;
  /** Shows a pipeline in a tab of its own, or in the shown one if that is untouched; answers its tab. */
  open(document: PipelineDocument, file: OpenFile | null, opening?: Opening): string;
  activate(id: string): void;
  /** Shows the tab so many places further to the right, or left, around the ends. */
  step(by: 1 | -1): void;
  move(id: string, index: number): void;
  /** Without asking; the last one makes place for Start. */
  close(id: string): void;
  /** Puts the tabs of an earlier launch in place, to be read when they are first shown. */
  restore(records: readonly TabRecord[], active: number): void;
  /** An unread tab has been read, or has not. */
  fill(id: string, document: PipelineDocument, file: OpenFile | null, opening?: Opening): void;
  fail(id: string, failure: TabFailure): void;
  /** Asks for what could not be read again. */
  retry(id: string): void;
  /** Asked to read an unread tab once it is shown. */
  onUnread(reader: (tab: PipelineTab) => void): void;
  /** The document of a tab that has been read, shown or not. */
  documentOf(id: string): DocumentState | null;
  noteDraft(documentId: string, draft: DraftMark): void;
  noteChange(path: string, disk: SavedState): void;
}

interface Stash {
  readonly document: DocumentState;
  readonly selection: SelectionState;
  readonly viewports: ViewportMap;
  readonly draft: DraftMark;
  readonly changedOnDisk: SavedState | null;
  readonly jobSettingsOpen: boolean;
}

interface Parts {
  readonly documents: DocumentStore;
  readonly selection: SelectionStore;
  readonly shell: ShellStore;
  readonly viewports: Viewports;
}

const NO_DRAFT: DraftMark = { state: 'none', atMs: 0 };
const NO_VIEWPORTS: ViewportMap = new Map();

class TabSessions implements Sessions {
  private readonly parts: Parts;
  private readonly store = createStore<SessionsState>(() => ({ tabs: [], active: '' }));
  private readonly stashes = new Map<string, Stash>();
  /** The tab whose pipeline is in the stores; null while Start or a tab without content is shown. */
  private shown: string | null = null;
  private reader: ((tab: PipelineTab) => void) | null = null;
  private count = 0;

  constructor(parts: Parts) {
    this.parts = parts;
    const first = this.describe(this.nextId(), parts.documents.getState());
    this.shown = first.id;
    this.store.setState({ tabs: [first], active: first.id });
    parts.documents.subscribe((state) => this.refresh(state));
  }

  readonly getState = (): SessionsState => this.store.getState();

  readonly subscribe = (listener: (state: SessionsState, previous: SessionsState) => void): (() => void) => this.store.subscribe(listener);

  active(): Tab {
    const { tabs, active } = this.store.getState();
    return tabs.find((tab) => tab.id === active) ?? tabs[0];
  }

  find(path: string): PipelineTab | null {
    if (path === '') return null;
    return this.pipelines().find((tab) => tab.path === path) ?? null;
  }

  openStart(): void {
    const { tabs } = this.store.getState();
    const known = tabs.find((tab) => tab.kind === 'start');
    if (known !== undefined) {
      this.activate(known.id);
      return;
    }
    const start: Tab = { kind: 'start', id: this.nextId() };
    this.store.setState({ tabs: [...tabs, start] });
    this.activate(start.id);
  }

  open(document: PipelineDocument, file: OpenFile | null, opening: Opening = {}): string {
    const { tabs } = this.store.getState();
    const stash = stashOf(document, file, opening);
    const id = this.nextId();
    const tab = this.describe(id, stash.document);
    const before = this.active();
    const replaces = before.kind === 'pipeline' && this.isUntouched(before.id);
    const index = tabs.indexOf(before);
    this.stashes.set(id, stash);
    const next = [...tabs];
    next.splice(replaces ? index : index + 1, replaces ? 1 : 0, tab);
    if (replaces) this.forget(before.id);
    this.store.setState({ tabs: next });
    this.activate(id);
    return id;
  }

  activate(id: string): void {
    const { tabs, active } = this.store.getState();
    const tab = tabs.find((candidate) => candidate.id === id);
    if (tab === undefined || (id === active && (this.shown === id || !this.stashes.has(id)))) return;
    this.leave();
    this.store.setState({ active: id });
    const stash = this.stashes.get(id);
    if (stash === undefined) {
      this.parts.documents.open(createDocument(''), null);
      this.parts.viewports.restore(NO_VIEWPORTS);
      if (tab.kind === 'pipeline' && tab.content === 'unread') this.reader?.(tab);
      return;
    }
    this.stashes.delete(id);
    this.shown = id;
    this.put(stash);
  }

  step(by: 1 | -1): void {
    const { tabs, active } = this.store.getState();
    const index = tabs.findIndex((tab) => tab.id === active);
    this.activate(tabs[(index + by + tabs.length) % tabs.length].id);
  }

  move(id: string, index: number): void {
    const { tabs } = this.store.getState();
    const tab = tabs.find((candidate) => candidate.id === id);
    if (tab === undefined) return;
    const others = tabs.filter((candidate) => candidate.id !== id);
    const place = Math.max(0, Math.min(index, others.length));
    this.store.setState({ tabs: [...others.slice(0, place), tab, ...others.slice(place)] });
  }

  close(id: string): void {
    const { tabs, active } = this.store.getState();
    const index = tabs.findIndex((tab) => tab.id === id);
    if (index < 0) return;
    const others = tabs.filter((tab) => tab.id !== id);
    this.forget(id);
    const left = others.length > 0 ? others : [{ kind: 'start', id: this.nextId() } as const];
    this.store.setState({ tabs: left });
    if (id === active) this.activate(left[Math.min(index, left.length - 1)].id);
  }

  restore(records: readonly TabRecord[], active: number): void {
    if (records.length === 0) return;
    const tabs = records.map((record): Tab => {
      const id = this.nextId();
      if (record.kind === 'start') return { kind: 'start', id };
      const { path, documentId, name } = record;
      return { kind: 'pipeline', id, name, path, documentId, unsaved: false, content: 'unread', failure: null };
    });
    this.shown = null;
    this.stashes.clear();
    this.store.setState({ tabs, active: '' });
    this.activate(tabs[Math.max(0, Math.min(active, tabs.length - 1))].id);
  }

  fill(id: string, document: PipelineDocument, file: OpenFile | null, opening: Opening = {}): void {
    const { tabs, active } = this.store.getState();
    if (!tabs.some((tab) => tab.id === id)) return;
    const stash = stashOf(document, file, opening);
    this.stashes.set(id, stash);
    this.replace(this.describe(id, stash.document));
    if (active === id) this.activate(id);
  }

  fail(id: string, failure: TabFailure): void {
    const tab = this.pipelines().find((candidate) => candidate.id === id);
    if (tab !== undefined) this.replace({ ...tab, content: 'failed', failure });
  }

  retry(id: string): void {
    const tab = this.pipelines().find((candidate) => candidate.id === id);
    if (tab === undefined || tab.content !== 'failed') return;
    const unread: PipelineTab = { ...tab, content: 'unread', failure: null };
    this.replace(unread);
    this.reader?.(unread);
  }

  onUnread(reader: (tab: PipelineTab) => void): void {
    this.reader = reader;
  }

  documentOf(id: string): DocumentState | null {
    return this.shown === id ? this.parts.documents.getState() : (this.stashes.get(id)?.document ?? null);
  }

  noteDraft(documentId: string, draft: DraftMark): void {
    for (const tab of this.pipelines()) {
      if (tab.documentId !== documentId) continue;
      if (tab.id === this.shown) this.parts.shell.set({ draft });
      else this.changeStash(tab.id, { draft });
    }
  }

  noteChange(path: string, disk: SavedState): void {
    const tab = this.find(path);
    const saved = tab === null ? null : (this.documentOf(tab.id)?.saved ?? null);
    if (tab === null || saved === null || saved.hash === disk.hash) return;
    if (tab.id === this.shown) this.parts.shell.set({ changedOnDisk: disk });
    else this.changeStash(tab.id, { changedOnDisk: disk });
  }

  private pipelines(): readonly PipelineTab[] {
    return this.store.getState().tabs.filter((tab) => tab.kind === 'pipeline');
  }

  private changeStash(id: string, patch: Partial<Stash>): void {
    const stash = this.stashes.get(id);
    if (stash !== undefined) this.stashes.set(id, { ...stash, ...patch });
  }

  /** A new pipeline in which nothing was done. */
  private isUntouched(id: string): boolean {
    const state = this.documentOf(id);
    return state !== null && state.path === '' && state.document.nodes.length === 0 && !isUnsaved(state) && state.past.length === 0;
  }

  private forget(id: string): void {
    this.stashes.delete(id);
    if (this.shown === id) this.shown = null;
  }

  private leave(): void {
    if (this.shown === null) return;
    const { documents, selection, viewports, shell } = this.parts;
    const { draft, changedOnDisk, jobSettingsOpen } = shell.getState();
    this.stashes.set(this.shown, {
      document: documents.getState(),
      selection: selection.getState(),
      viewports: viewports.all(),
      draft,
      changedOnDisk,
      jobSettingsOpen,
    });
    this.shown = null;
  }

  private put(stash: Stash): void {
    const { documents, selection, viewports, shell } = this.parts;
    viewports.restore(stash.viewports);
    documents.restore(stash.document);
    selection.restore(stash.selection);
    shell.set({ draft: stash.draft, changedOnDisk: stash.changedOnDisk, jobSettingsOpen: stash.jobSettingsOpen });
  }

  /** Name, path and mark of the shown tab follow its document. */
  private refresh(state: DocumentState): void {
    if (this.shown !== null) this.replace(this.describe(this.shown, state));
  }

  private replace(next: PipelineTab): void {
    const { tabs } = this.store.getState();
    const before = tabs.find((tab) => tab.id === next.id);
    if (before === undefined || sameTab(before, next)) return;
    this.store.setState({ tabs: tabs.map((tab) => (tab.id === next.id ? next : tab)) });
  }

  private describe(id: string, state: DocumentState): PipelineTab {
    const { name, id: documentId } = state.document;
    return { kind: 'pipeline', id, name, path: state.path, documentId, unsaved: isUnsaved(state), content: 'ready', failure: null };
  }

  private nextId(): string {
    this.count += 1;
    return `tab-${this.count}`;
  }
}

export function createSessions(parts: Parts): Sessions {
  return new TabSessions(parts);
}

function stashOf(document: PipelineDocument, file: OpenFile | null, opening: Opening): Stash {
  const { base = null, draft = NO_DRAFT } = opening;
  const state = documentState(document, file);
  const changed = file !== null && base !== null && base.hash !== file.hash;
  return {
    document: {
      ...state,
      // A draft of what was never saved is unsaved from the start.
      savedDocument: draft.state === 'kept' && file === null ? null : state.savedDocument,
      saved: changed ? base : state.saved,
    },
    selection: EMPTY_SELECTION,
    viewports: opening.viewports ?? NO_VIEWPORTS,
    draft,
    changedOnDisk: changed ? file : null,
    jobSettingsOpen: false,
  };
}

function sameTab(a: Tab, b: PipelineTab): boolean {
  return (
    a.kind === 'pipeline' &&
    a.name === b.name &&
    a.path === b.path &&
    a.documentId === b.documentId &&
    a.unsaved === b.unsaved &&
    a.content === b.content &&
    a.failure === b.failure
  );
}
