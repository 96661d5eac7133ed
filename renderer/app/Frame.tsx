/** The window: title bar, tool bar, rail, panels around the canvas, dock and status bar. */
import { useEffect } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import { Canvas } from '../canvas/Canvas.tsx';
import { ContextMenu } from '../canvas/ContextMenu.tsx';
import { FindPanel } from '../find/FindPanel.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { LateRows } from '../lens/LateRows.tsx';
import { Lens } from '../lens/Lens.tsx';
import { Outline } from '../palette/Outline.tsx';
import { Palette } from '../palette/Palette.tsx';
import { ResultsPage } from '../results/ResultsPage.tsx';
import { hasResults } from '../results/sinks.ts';
import { StartScreen } from '../start/StartScreen.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { RunClock } from '../strip/RunClock.tsx';
import { TimeStrip } from '../strip/TimeStrip.tsx';
import { Tour } from '../tour/Tour.tsx';
import { Banners } from './Banners.tsx';
import { Dialogs } from './Dialogs.tsx';
import { Dock } from './Dock.tsx';
import { useDesigner, useStore } from './designer.ts';
import { isStripShown } from './dock.ts';
import style from './frame.module.css';
import { LiveRegion } from './LiveRegion.tsx';
import type { PanelName } from './left-panel.ts';
import { Rail } from './Rail.tsx';
import { ColumnBar, RowBar, SizedPanel } from './SizedPanel.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';
import { ToolBar } from './ToolBar.tsx';
import { UnreadTab } from './UnreadTab.tsx';
import { useLeftPanel } from './use-left-panel.ts';
import { useWindowWidth } from './use-window-width.ts';

const RIGHT_OVERLAY_BELOW = 1024;
/** Of the height; the strip of canvas above it keeps the rest. */
const LENS_SHARE = '74%';

export function Frame() {
  const { sessions } = useDesigner();
  const active = useStore(sessions, () => sessions.active());
  return (
    <div className={style.frame}>
      <TitleBar />
      {active.kind === 'start' ? <StartScreen /> : active.content === 'ready' ? <Workbench /> : <UnreadTab key={active.id} tab={active} />}
      <StatusBar />
      <Dialogs />
      <ContextMenu />
      <Tour />
      <LiveRegion />
    </div>
  );
}

function ResultsMiddle() {
  return (
    <div className={style.middle}>
      <Rail />
      <ResultsPage />
      <Banners />
    </div>
  );
}

function Workbench() {
  const { preferences, shell, documents, lens } = useDesigner();
  const dockOpen = useStore(preferences, (state) => state.dockOpen);
  const strip = useStripShown();
  const page = useStore(shell, (state) => state.page);
  const results = useStore(documents, (state) => page === 'results' && hasResults(state.document));
  const asking = useStore(lens, (state) => state.nodeId !== null);
  return (
    <>
      <ToolBar />
      {results ? <ResultsMiddle /> : <Middle />}
      {dockOpen || strip || asking || results ? null : <Dock />}
    </>
  );
}

/** Narrow windows lay the side panels over the canvas instead of beside it. */
function Middle() {
  const { preferences, selection, shell, lens } = useDesigner();
  const width = useWindowWidth();
  const left = useLeftPanel();
  const inspecting = useStore(selection, (state) => state.nodes.size + state.edges.size > 0);
  const jobSettings = useStore(shell, (state) => state.jobSettingsOpen);
  const project = useStore(shell, (state) => state.project);
  const strip = useStripShown();
  const late = useStore(lens, ({ nodeId, lateOpen }) => (nodeId === null ? null : lateOpen));
  const rightOverlay = width < RIGHT_OVERLAY_BELOW;
  useOverlayDismissal(left.overlay && left.panel !== null, left.close);
  return (
    <div className={style.middle}>
      <Rail />
      {left.overlay && left.panel !== null ? (
        <div className={style.leftOverlay} style={{ width: preferences.getState().leftWidth }}>
          <LeftSide panel={left.panel} />
        </div>
      ) : null}
      <div className={style.overStrip}>
        <Group orientation="horizontal" className={style.group} id="columns">
          {left.overlay || left.panel === null ? null : (
            <>
              <SizedPanel key={`left ${project}`} id="left" remember="leftWidth" minimum={180} maximum={420}>
                <LeftSide panel={left.panel} />
              </SizedPanel>
              <ColumnBar />
            </>
          )}
          <Panel id="middle" minSize={320}>
            <CanvasAndDock />
          </Panel>
          {rightOverlay ? null : (
            <>
              <ColumnBar />
              <SizedPanel
                key={`${late === null ? 'right' : 'late'} ${project}`}
                id={late === null ? 'right' : 'late'}
                remember={late === null ? 'rightWidth' : 'lateWidth'}
                minimum={260}
                maximum={520}
              >
                <RightSide />
              </SizedPanel>
            </>
          )}
        </Group>
        {strip ? <TimeStrip clock={<RunClock />} /> : null}
      </div>
      {rightOverlay && (late ?? (inspecting || jobSettings)) ? (
        <div className={style.rightOverlay}>
          <RightSide />
        </div>
      ) : null}
    </div>
  );
}

/** The lens takes the strip's place as it takes the dock's. */
function useStripShown(): boolean {
  const designer = useDesigner();
  useStore(designer.runs, (state) => state.current !== null);
  const strip = useStore(designer.shell, () => isStripShown(designer));
  return useStore(designer.lens, (state) => state.nodeId === null) && strip;
}

function CanvasAndDock() {
  const { preferences, shell, lens } = useDesigner();
  const project = useStore(shell, (state) => state.project);
  const asked = useStore(lens, (state) => state.nodeId);
  const open = useStore(preferences, (state) => state.dockOpen);
  const dockOpen = !useStripShown() && open;
  return (
    <Group orientation="vertical" className={style.group} id="rows">
      <Panel id="canvas" minSize={160}>
        <div className={style.canvasCell}>
          <Canvas />
          <Banners />
        </div>
      </Panel>
      {asked !== null ? (
        <>
          <RowBar />
          <Panel id="lens" defaultSize={LENS_SHARE} minSize={220}>
            <Lens nodeId={asked} />
          </Panel>
        </>
      ) : dockOpen ? (
        <>
          <RowBar />
          <SizedPanel key={`dock ${project}`} id="dock" remember="dockHeight" minimum={116} maximum="60%">
            <Dock />
          </SizedPanel>
        </>
      ) : null}
    </Group>
  );
}

function LeftSide({ panel }: { readonly panel: PanelName }) {
  const { t } = useTranslation();
  return (
    <aside className={style.side} aria-label={t(`rail.${panel}`)} data-region="left">
      {panel === 'nodes' ? <Palette /> : panel === 'outline' ? <Outline /> : <FindPanel />}
    </aside>
  );
}

/** Beside the lens the rows that came behind the watermark, else the inspector. */
function RightSide() {
  const { lens, documents } = useDesigner();
  const { t } = useTranslation();
  const asked = useStore(lens, (state) => state.nodeId);
  const node = useStore(documents, (state) => state.document.nodes.find((candidate) => candidate.id === asked));
  if (node !== undefined)
    return (
      <aside className={style.side} aria-label={t('late.title')} data-region="inspector">
        <LateRows key={node.id} node={node} />
      </aside>
    );
  return (
    <aside className={style.side} aria-label={t('regions.inspector')} data-region="inspector">
      <Inspector />
    </aside>
  );
}

/** An overlaid panel gives way once one works on the canvas. */
function useOverlayDismissal(open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return undefined;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest('[data-canvas]') !== null) close();
    };
    window.addEventListener('pointerdown', onPointer);
    return () => window.removeEventListener('pointerdown', onPointer);
  }, [open, close]);
}
