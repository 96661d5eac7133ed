/** The drawing surface: React Flow for cards and the viewport; edges are painted behind it, what floats stands above it. */
import '@xyflow/react/dist/base.css';
import { ReactFlow, ReactFlowProvider, useStore as useFlowStore, useStoreApi } from '@xyflow/react';
import type { CSSProperties, MouseEvent, RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { StripTools } from '../lens/StripTools.tsx';
import { NoteCard } from '../notes/NoteCard.tsx';
import { QuickAdd } from '../palette/QuickAdd.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { CanvasTools } from './CanvasTools.tsx';
import { ConnectionLine } from './ConnectionLine.tsx';
import style from './canvas.module.css';
import { useCanvasControl } from './canvas-control.ts';
import { useDropHandlers } from './drop-handlers.ts';
import { EdgeCanvas } from './EdgeCanvas.tsx';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { useFlowHandlers } from './flow-handlers.ts';
import { GroupCard } from './GroupCard.tsx';
import { ROW_HEIGHT } from './geometry.ts';
import { listenForConnectKeys } from './keyboard-connect.ts';
import { LineHit } from './LineHit.tsx';
import { listenForRewiring } from './moving-ends.ts';
import { NodeCard } from './NodeCard.tsx';
import { OverviewMap } from './OverviewMap.tsx';
import { openContextMenuAt } from './open-context-menu.ts';
import { openQuickAddAt } from './open-quick-add.ts';
import { CanvasOverlays } from './overlay/CanvasOverlays.tsx';
import { PillCard } from './PillCard.tsx';
import { listenToSurface } from './surface-pointer.ts';
import type { CardNode, LineEdge } from './view.ts';
import { detailLevel } from './view.ts';

const NODE_TYPES = { nodes: NodeCard, collapsed: GroupCard, pill: PillCard, note: NoteCard };
const EDGE_TYPES = { line: LineHit };
const NO_EDGES: LineEdge[] = [];
const ZOOM_STEP = 0.05;
const ZOOM_LIMITS = { minZoom: 0.1, maxZoom: 2 };
const NAME_LINE = 12.1;
const GLYPHS_FROM_ZOOM = 0.2;
const MULTI_SELECT_KEYS = ['Shift', 'Control', 'Meta'];
const ZOOM_KEYS = ['Control', 'Meta'];

export function Canvas() {
  return (
    <ReactFlowProvider>
      <CanvasInside />
    </ReactFlowProvider>
  );
}

function CanvasInside() {
  const designer = useDesigner();
  const { t, language } = useTranslation();
  const surface = useRef<HTMLDivElement>(null);
  const lasso = useRef<HTMLDivElement>(null);
  const nodes = useStore(designer.view, (state) => state.nodes) as CardNode[];
  const edges = useStore(designer.view, (state) => state.edges) as LineEdge[];
  const name = useStore(designer.documents, (state) => state.document.name);
  const asking = useStore(designer.lens, (state) => state.nodeId !== null);
  const roving = useStore(designer.selection, (state) => state.focus !== null);
  const level = useFlowStore((state) => detailLevel(state.transform[2]));
  useLayoutEffect(() => designer.view.setLevel(level), [designer, level]);
  const zoomStep = useFlowStore((state) => Math.max(ZOOM_STEP, Math.floor(state.transform[2] / ZOOM_STEP) * ZOOM_STEP));
  useCanvasControl(surface);
  useSurfacePointer(surface, lasso);
  // biome-ignore lint/correctness/useExhaustiveDependencies: chips are painted in the page's language
  useEffect(() => designer.gestures.repaint(), [designer, language]);
  const handlers = useFlowHandlers(surface);
  const drops = useDropHandlers();
  return (
    <section className={style.canvas} aria-label={t('regions.canvas')} data-canvas="" data-canvas-keys="" data-region="canvas">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing surface has no element of its own */}
      <div
        ref={surface}
        className={style.surface}
        role="group"
        aria-label={t('app.canvasLabel', { name })}
        tabIndex={roving ? -1 : 0}
        data-level={level}
        {...farLook(zoomStep)}
        onDoubleClick={(event) => onSurfaceDoubleClick(designer, event)}
        onContextMenu={(event) => openContextMenuAt(designer, event)}
        {...drops}
      >
        <EdgeCanvas />
        <ReactFlow<CardNode, LineEdge>
          nodes={nodes}
          edges={level === 'block' ? NO_EDGES : edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          {...handlers}
          connectionLineComponent={ConnectionLine}
          connectionRadius={16}
          onlyRenderVisibleElements
          disableKeyboardA11y
          nodesFocusable={false}
          edgesFocusable={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          panActivationKeyCode={null}
          multiSelectionKeyCode={MULTI_SELECT_KEYS}
          zoomActivationKeyCode={ZOOM_KEYS}
          panOnDrag={[1]}
          panOnScroll
          zoomOnDoubleClick={false}
          {...ZOOM_LIMITS}
          nodeDragThreshold={3}
          elevateNodesOnSelect={false}
          proOptions={{ hideAttribution: true }}
        />
        <div ref={lasso} className={style.lasso} hidden data-lasso="" />
      </div>
      <EmptyCanvas onAdd={() => openQuickAddAt(designer, null)} />
      {asking ? <StripTools /> : <CanvasTools />}
      <CanvasOverlays />
      {nodes.length === 0 || asking ? null : <OverviewMap />}
      <QuickAdd />
    </section>
  );
}

function useSurfacePointer(surface: RefObject<HTMLDivElement | null>, lasso: RefObject<HTMLDivElement | null>): void {
  const designer = useDesigner();
  const flow = useStoreApi();
  useEffect(() => {
    if (surface.current === null || lasso.current === null) return undefined;
    const stops = [
      listenForRewiring(designer, surface.current),
      listenForConnectKeys(designer),
      listenToSurface(designer, surface.current, lasso.current, {
        transform: () => flow.getState().transform,
        pan: (x, y) => void flow.getState().panBy({ x, y }),
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [designer, flow, surface, lasso]);
}

/** What of a card is to be seen from afar, in steps: a rewritten variable is a new style for every card. */
function farLook(zoomStep: number): { readonly 'data-far'?: ''; readonly style: CSSProperties } {
  const style = { '--zoom-step': zoomStep, '--name-lines': nameLines(zoomStep) } as CSSProperties;
  return zoomStep < GLYPHS_FROM_ZOOM ? { 'data-far': '', style } : { style };
}

/** Lines of a name that fit into a row when it is written at 11 px on the screen. */
function nameLines(zoom: number): number {
  return Math.max(1, Math.min(3, Math.floor((ROW_HEIGHT * zoom) / NAME_LINE)));
}

/** On what is neither card, edge nor chip. */
function onSurfaceDoubleClick(designer: Designer, event: MouseEvent): void {
  const screen = { x: event.clientX, y: event.clientY };
  if (!(event.target instanceof Element) || event.target.closest('.react-flow__node, [data-edge]') !== null) return;
  if (designer.canvas === null || designer.gestures.chipAt(designer.canvas.toDrawing(screen)) !== null) return;
  openQuickAddAt(designer, screen);
}
