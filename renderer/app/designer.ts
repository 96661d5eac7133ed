/** Puts the designer's parts together around one host: stores, what follows from them, and how they feed each other. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { JsonObject } from '../../engine/base/json.ts';
import type { HostClient } from '../../engine/host/contract.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import type { ConnectingStore } from '../canvas/connecting.ts';
import { createConnectingStore } from '../canvas/connecting.ts';
import type { CanvasControl } from '../canvas/control.ts';
import type { GestureStore } from '../canvas/gestures.ts';
import { createGestureStore } from '../canvas/gestures.ts';
import type { ViewStore } from '../canvas/view.ts';
import { createViewStore } from '../canvas/view.ts';
import type { TypeChecks } from '../code/typescript/type-checks.ts';
import { createTypeChecks } from '../code/typescript/type-checks.ts';
import { adoptNewNodes } from '../document/adopt.ts';
import type { CheckStore } from '../document/checks.ts';
import { createCheckStore } from '../document/checks.ts';
import { survivingPlace } from '../document/group-index.ts';
import type { SelectionStore } from '../document/selection.ts';
import { createSelectionStore } from '../document/selection.ts';
import type { DocumentStore } from '../document/store.ts';
import { createDocumentStore } from '../document/store.ts';
import type { DraftKeeper } from '../files/drafts.ts';
import { createDraftKeeper } from '../files/drafts.ts';
import { followDocument } from '../find/find.ts';
import type { FindStore } from '../find/find-store.ts';
import { createFindStore } from '../find/find-store.ts';
import type { HistoryStore } from '../history/history-store.ts';
import { createHistoryStore } from '../history/history-store.ts';
import type { LensStore } from '../lens/lens-store.ts';
import { CLOSED, createLensStore } from '../lens/lens-store.ts';
import type { NodeTimes } from '../lens/node-times.ts';
import { createNodeTimes } from '../lens/node-times.ts';
import type { LogStore } from '../logs/log-store.ts';
import { createLogStore } from '../logs/log-store.ts';
import type { PreviewStore } from '../preview/preview-store.ts';
import { createPreviewStore } from '../preview/preview-store.ts';
import type { StaleStore } from '../preview/stale-store.ts';
import { createStaleStore } from '../preview/stale-store.ts';
import type { ProblemView } from '../problems/problem-view.ts';
import { createProblemView } from '../problems/problem-view.ts';
import type { FigureLensStore } from '../runs/figure-lens.ts';
import { createFigureLens } from '../runs/figure-lens.ts';
import { graphShape } from '../runs/graph-shape.ts';
import { LiveMetrics } from '../runs/live-metrics.ts';
import { PacedFigures } from '../runs/paced-figures.ts';
import { RunSamples } from '../runs/run-samples.ts';
import type { RunStore } from '../runs/run-store.ts';
import { createRunStore, isLive } from '../runs/run-store.ts';
import type { PreferenceStore } from './preferences.ts';
import { createPreferenceStore } from './preferences.ts';
import type { Sessions } from './sessions.ts';
import { createSessions } from './sessions.ts';
import type { ShellStore } from './shell.ts';
import { createShellStore } from './shell.ts';
import type { Viewports } from './viewports.ts';
import { createViewports } from './viewports.ts';

export interface Designer {
  readonly host: HostClient;
  readonly documents: DocumentStore;
  readonly selection: SelectionStore;
  readonly checks: CheckStore;
  readonly typeChecks: TypeChecks;
  readonly view: ViewStore;
  readonly connecting: ConnectingStore;
  readonly gestures: GestureStore;
  readonly runs: RunStore;
  readonly live: LiveMetrics;
  /** When feet show them. */
  readonly paced: PacedFigures;
  /** Which of them the canvas shows. */
  readonly figures: FigureLensStore;
  /** The shown run's figures over time. */
  readonly samples: RunSamples;
  readonly preferences: PreferenceStore;
  readonly shell: ShellStore;
  readonly find: FindStore;
  /** The open tabs; `documents` and `selection` hold those of the shown one. */
  readonly sessions: Sessions;
  readonly viewports: Viewports;
  readonly problemView: ProblemView;
  /** Rows over a sample while editing. */
  readonly preview: PreviewStore;
  /** Nodes that an edit since the start of the shown run has reached. */
  readonly stale: StaleStore;
  /** Event time at nodes of the shown run, for those who look at it. */
  readonly times: NodeTimes;
  /** The runs that the open pipeline has had. */
  readonly history: HistoryStore;
  /** What was said about the shown run. */
  readonly logs: LogStore;
  /** The window that is asked why it has not fired. */
  readonly lens: LensStore;
  /** Keeps unsaved work with the host. */
  readonly drafts: DraftKeeper;
  /** Set while the canvas is mounted. */
  canvas: CanvasControl | null;
}

export function createDesigner(host: HostClient, preferences: JsonObject, firstName: string): Designer {
  const selection = createSelectionStore();
  const documents = createDocumentStore(
    () => performance.now(),
    firstName,
    (before, after) => adoptNewNodes(before, after, selection.getState().openGroup),
  );
  const shell = createShellStore();
  const viewports = createViewports();
  const runs = createRunStore(host);
  const live = new LiveMetrics();
  const sessions = createSessions({ documents, selection, shell, viewports });
  const checks = createCheckStore();
  const designer: Designer = {
    host,
    documents,
    selection,
    checks,
    typeChecks: createTypeChecks(checks),
    view: createViewStore(),
    connecting: createConnectingStore(),
    runs,
    gestures: createGestureStore(),
    live,
    paced: new PacedFigures(live, (action) => void requestAnimationFrame(action)),
    figures: createFigureLens(host, runs, documents),
    samples: new RunSamples(),
    preferences: createPreferenceStore(host, preferences),
    shell,
    find: createFindStore(),
    sessions,
    viewports,
    problemView: createProblemView(),
    preview: createPreviewStore({
      host,
      documents,
      text: () => saveDocument(documents.getState().document, documents.getState().opened),
      looked: () => [...selection.getState().nodes],
    }),
    stale: createStaleStore(host, documents, runs),
    times: createNodeTimes(host, runs),
    history: createHistoryStore({
      host,
      documents,
      runs,
      text: () => saveDocument(documents.getState().document, documents.getState().opened),
    }),
    logs: createLogStore(host, runs),
    lens: createLensStore(),
    drafts: createDraftKeeper({ host, documents, sessions }),
    canvas: null,
  };
  connectStores(designer);
  followDocument(designer);
  return designer;
}

function connectStores({ documents, selection, checks, view, runs, live, samples, shell, lens }: Designer): void {
  const refresh = () => {
    view.refresh({ document: documents.getState().document, selection: selection.getState(), live: runs.getState().current !== null });
  };
  refresh();
  checks.ensure(documents.getState().document);
  runs.follow(documents.getState().document.id);
  documents.subscribe((state, previous) => {
    if (state.generation !== previous.generation) {
      selection.enter(null);
      selection.select([]);
      selection.focus(null);
      live.clear();
      lens.set(CLOSED);
      shell.set({
        page: 'canvas',
        result: null,
        tailEdge: null,
        quickAdd: null,
        changedOnDisk: null,
        startFrom: { kind: 'latest' },
        keptCheckpoints: [],
        goesOnFrom: null,
        restoreRefusals: new Map(),
      });
      checks.ensure(state.document);
    } else if (state.document !== previous.document) {
      checks.schedule(state.document);
    }
    if (state.document.id !== previous.document.id || state.generation !== previous.generation) runs.follow(state.document.id);
    const asked = lens.getState().nodeId;
    if (asked !== null && !state.document.nodes.some((node) => node.id === asked)) lens.set(CLOSED);
    const { openGroup } = selection.getState();
    const place = survivingPlace(state.document, previous.document, openGroup);
    if (place !== openGroup) selection.enter(place);
    if (state.document !== previous.document) refresh();
  });
  selection.subscribe((state, previous) => {
    const same = state.nodes === previous.nodes && state.edges === previous.edges && state.drawn === previous.drawn;
    if (!same || state.openGroup !== previous.openGroup) refresh();
  });
  runs.onMetrics((frame) => {
    live.push(frame, graphShape(documents.getState().document), runs.getState().current?.paused === true);
    samples.take(
      frame.atMs,
      frame.nodes.map((node) => node.nodeId),
      live,
    );
  });
  runs.subscribe((state, previous) => {
    if (state.current?.runId !== previous.current?.runId) {
      live.clear();
      samples.clear();
    }
    if (isLive(previous.current) && !isLive(state.current) && state.current?.runId === previous.current?.runId) live.settle();
    // Nothing flows while the engine is away, whatever the last frame said.
    if (previous.engine.state === 'ready' && state.engine.state !== 'ready') live.settle();
    if (state.current === null) lens.set(CLOSED);
    if ((state.current === null) !== (previous.current === null)) refresh();
  });
}

export const DesignerContext = createContext<Designer | null>(null);

export function useDesigner(): Designer {
  const designer = useContext(DesignerContext);
  if (designer === null) throw new Error('Used outside of the designer');
  return designer;
}

interface Readable<S> {
  getState(): S;
  subscribe(listener: () => void): () => void;
}

/** Subscribes a component to one value of a store; the value must keep its identity while it is the same. */
export function useStore<S, T>(store: Readable<S>, select: (state: S) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}
