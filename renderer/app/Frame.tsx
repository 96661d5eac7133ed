/** The window: title bar, tool bar, rail, panels around the canvas, dock and status bar. Sizes are remembered by the host. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PanelSize } from 'react-resizable-panels';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { Canvas } from '../canvas/Canvas.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { Outline } from '../palette/Outline.tsx';
import { Palette } from '../palette/Palette.tsx';
import { classes } from '../ui/classes.ts';
import { Banners } from './Banners.tsx';
import { Dialogs } from './Dialogs.tsx';
import { DOCK_TABS_HEIGHT, Dock } from './Dock.tsx';
import { useDesigner, useStore } from './designer.ts';
import style from './frame.module.css';
import { LiveRegion } from './LiveRegion.tsx';
import type { Preferences } from './preferences.ts';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';
import { ToolBar } from './ToolBar.tsx';
import { useWindowWidth } from './use-window-width.ts';

const LEFT_OVERLAY_BELOW = 1200;
const RIGHT_OVERLAY_BELOW = 1024;

export function Frame() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const width = useWindowWidth();
  const leftPanel = useStore(designer.preferences, (state) => state.leftPanel);
  const dockOpen = useStore(designer.preferences, (state) => state.dockOpen);
  const inspecting = useStore(designer.selection, (state) => state.nodes.size + state.edges.size > 0);
  const jobSettings = useStore(designer.shell, (state) => state.jobSettingsOpen);
  const leftOverlay = width < LEFT_OVERLAY_BELOW;
  const rightOverlay = width < RIGHT_OVERLAY_BELOW;
  const sizes = useRef(designer.preferences.getState());
  const remember = (key: 'leftWidth' | 'rightWidth' | 'dockHeight') => (size: PanelSize, _id: unknown, previous: PanelSize | undefined) => {
    const pixels = Math.round(size.inPixels);
    // The first report is the size that was just restored.
    if (previous !== undefined && pixels > DOCK_TABS_HEIGHT && pixels !== designer.preferences.getState()[key])
      designer.preferences.set({ [key]: pixels } as Partial<Preferences>);
  };
  useOverlayDismissal(leftOverlay && leftPanel !== null);
  const left =
    leftPanel === null ? null : (
      <aside className={style.side} aria-label={t(leftPanel === 'nodes' ? 'rail.nodes' : 'rail.outline')}>
        {leftPanel === 'nodes' ? <Palette /> : <Outline />}
      </aside>
    );
  const right = (
    <aside className={style.side} aria-label={t('regions.inspector')}>
      <Inspector />
    </aside>
  );
  return (
    <div className={style.frame}>
      <TitleBar />
      <ToolBar />
      <Banners />
      <div className={style.middle}>
        <Rail />
        {leftOverlay && left !== null ? (
          <div className={style.leftOverlay} data-left-overlay="" style={{ width: sizes.current.leftWidth }}>
            {left}
          </div>
        ) : null}
        <Group orientation="horizontal" className={style.group} id="columns">
          {!leftOverlay && left !== null ? (
            <>
              <Panel
                id="left"
                defaultSize={sizes.current.leftWidth}
                minSize={180}
                maxSize={420}
                groupResizeBehavior="preserve-pixel-size"
                onResize={remember('leftWidth')}
              >
                {left}
              </Panel>
              <Separator className={style.separator} />
            </>
          ) : null}
          <Panel id="middle" minSize={320}>
            <Group orientation="vertical" className={style.group} id="rows">
              <Panel id="canvas" minSize={160}>
                <div className={style.canvasCell}>
                  <Canvas />
                </div>
              </Panel>
              {dockOpen ? (
                <>
                  <Separator className={style.rowSeparator} />
                  <Panel
                    id="dock"
                    defaultSize={sizes.current.dockHeight}
                    minSize={116}
                    maxSize="60%"
                    groupResizeBehavior="preserve-pixel-size"
                    onResize={remember('dockHeight')}
                  >
                    <Dock />
                  </Panel>
                </>
              ) : null}
            </Group>
          </Panel>
          {rightOverlay ? null : (
            <>
              <Separator className={style.separator} />
              <Panel
                id="right"
                defaultSize={sizes.current.rightWidth}
                minSize={260}
                maxSize={520}
                groupResizeBehavior="preserve-pixel-size"
                onResize={remember('rightWidth')}
              >
                {right}
              </Panel>
            </>
          )}
        </Group>
        {rightOverlay && (inspecting || jobSettings) ? <div className={classes(style.rightOverlay)}>{right}</div> : null}
      </div>
      {dockOpen ? null : <Dock />}
      <StatusBar />
      <Dialogs />
      <LiveRegion />
    </div>
  );
}

/** An overlaid panel gives way once one works on the canvas. */
function useOverlayDismissal(open: boolean): void {
  const { preferences } = useDesigner();
  useEffect(() => {
    if (!open) return undefined;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest('[data-canvas]') !== null) preferences.set({ leftPanel: null });
    };
    window.addEventListener('pointerdown', onPointer);
    return () => window.removeEventListener('pointerdown', onPointer);
  }, [open, preferences]);
}
