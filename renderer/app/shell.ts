/** What the frame shows besides the document: open dialogs, the edge being watched, banners. Not remembered. */
import { createStore } from 'zustand/vanilla';
import type { CheckpointInfo } from '../../engine/host/contract.ts';
import type { Point, PortReference } from '../../engine/spec/document.ts';
import type { MenuTarget } from '../canvas/context-menu.ts';
import type { CompareRequest } from '../compare/compare-request.ts';
import type { SavedState } from '../document/store.ts';
import type { StartFrom } from '../runs/start-from.ts';
import type { PanelName } from './left-panel.ts';

export type Dialog =
  | { readonly kind: 'open' }
  | { readonly kind: 'save' }
  | { readonly kind: 'template' }
  | { readonly kind: 'rename' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'settings'; readonly tab: 'looks' | 'keys' }
  /** The command palette; what is typed in it at first may be one of its prefixes. */
  | { readonly kind: 'palette'; readonly query: string }
  | { readonly kind: 'move-to-group' }
  | { readonly kind: 'discard-state' }
  /** The pipeline has custom code, or sends variables of this computer, and nobody has trusted it yet; `proceed` goes on with what was wanted. */
  | { readonly kind: 'trust'; readonly what: 'code' | 'variables'; readonly path: string; readonly proceed: () => void }
  | { readonly kind: 'restore'; readonly checkpoint: CheckpointInfo }
  | { readonly kind: 'conflict'; readonly path: string }
  | { readonly kind: 'export' }
  /** The code of a node with room for it. */
  | { readonly kind: 'code'; readonly nodeId: string; readonly field: string }
  | { readonly kind: 'compare'; readonly request: CompareRequest }
  | { readonly kind: 'unsaved'; readonly proceed: () => void }
  | { readonly kind: 'recovery'; readonly recovery: Recovery }
  /** The window was asked to close. */
  | { readonly kind: 'leave' }
  | {
      readonly kind: 'choose-file';
      readonly title: string;
      readonly directory: boolean;
      readonly write: boolean;
      readonly choose: (path: string) => void;
    };

/** Unsaved work of an earlier launch, and what else there is to go on from. */
export interface Recovery {
  readonly name: string;
  readonly crashed: boolean;
  readonly draft: { readonly savedAtMs: number; readonly edits: number };
  readonly fileModifiedMs: number;
  /** The newest one of the run that was going. */
  readonly checkpoint: CheckpointInfo | null;
  readonly openDraft: () => void;
  readonly openSaved: () => void;
}

export interface QuickAddRequest {
  /** In the drawing's coordinates: where the node goes. */
  readonly at: Point;
  /** Page coordinates of the box. */
  readonly screen: Point;
  /** The port an edge was dropped from, if any. */
  readonly from: { readonly port: PortReference; readonly side: 'in' | 'out' } | null;
  /** The edge it is put into. */
  readonly edge?: string;
  /** The edge that was taken off its other end. */
  readonly replaces?: string;
}

/** A context menu of the canvas; `screen` is a point of the page. */
export interface ContextMenuRequest {
  readonly target: MenuTarget;
  readonly screen: Point;
}

export interface ShellState {
  readonly dialog: Dialog | null;
  /** The stop of the tour that is shown. */
  readonly tour: number | null;
  readonly quickAdd: QuickAddRequest | null;
  readonly contextMenu: ContextMenuRequest | null;
  /** Edge whose newest rows the dock shows. */
  readonly tailEdge: string | null;
  readonly jobSettingsOpen: boolean;
  /** What stands in the middle: the drawing, or what comes out of it. */
  readonly page: 'canvas' | 'results';
  /** Sink whose rows the results page shows; null = the first. */
  readonly result: string | null;
  /** The time strip of a run stands in the dock's place. */
  readonly strip: boolean;
  /** The panel laid over the canvas of a narrow window. */
  readonly overlayPanel: PanelName | null;
  /** The row of the list of nodes that was used last: Tab comes back to it. */
  readonly paletteRow: string | null;
  /** The left panel makes room for the figures of a run, and those have their places. */
  readonly arrangedForRun: boolean;
  /** The figure a running node shows over time. */
  readonly series: 'busy' | 'rows' | 'time' | 'state';
  /** Said by the polite live region. */
  readonly spoken: string;
  /** The file of the open document as another program left it. */
  readonly changedOnDisk: SavedState | null;
  readonly draft: DraftMark;
  /** What the next run begins with. */
  readonly startFrom: StartFrom;
  /** Checkpoints and savepoints that a run of the open pipeline could begin with, newest first. */
  readonly keptCheckpoints: readonly CheckpointInfo[];
  /** Where a run that goes on from the latest checkpoint would begin; null: from the beginning. */
  readonly goesOnFrom: string | null;
  /** Why the pipeline, as it is now, cannot go on from one, by its path. */
  readonly restoreRefusals: ReadonlyMap<string, string>;
  /** Folder of the open file; empty for a pipeline that was never saved. */
  readonly project: string;
  /** Worker threads of the engine; null until the host has said. */
  readonly workers: number | null;
}

/** How far unsaved work of the open pipeline is kept by the host. */
export interface DraftMark {
  readonly state: 'none' | 'pending' | 'kept';
  readonly atMs: number;
}

export interface ShellStore {
  getState(): ShellState;
  subscribe(listener: (state: ShellState, previous: ShellState) => void): () => void;
  set(patch: Partial<ShellState>): void;
  say(sentence: string): void;
}

export function createShellStore(): ShellStore {
  const store = createStore<ShellState>(() => ({
    dialog: null,
    tour: null,
    quickAdd: null,
    contextMenu: null,
    tailEdge: null,
    jobSettingsOpen: false,
    page: 'canvas',
    result: null,
    strip: false,
    overlayPanel: null,
    paletteRow: null,
    arrangedForRun: false,
    series: 'busy',
    spoken: '',
    changedOnDisk: null,
    draft: { state: 'none', atMs: 0 },
    startFrom: { kind: 'latest' },
    keptCheckpoints: [],
    goesOnFrom: null,
    restoreRefusals: new Map(),
    project: '',
    workers: null,
  }));
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    set: (patch) => store.setState(patch),
    // A space more makes the same sentence heard twice.
    say: (sentence) => store.setState((state) => ({ spoken: state.spoken === sentence ? `${sentence} ` : sentence })),
  };
}
