/** The drawing surface: React Flow for cards, gestures and the viewport; edges are painted behind it. */
import '@xyflow/react/dist/base.css';
import type { Connection, EdgeChange, FinalConnectionState, NodeChange, OnConnectStartParams } from '@xyflow/react';
import { ReactFlow, ReactFlowProvider, SelectionMode, useStore as useFlowStore, useReactFlow, useStoreApi } from '@xyflow/react';
import type { CSSProperties, DragEvent, MouseEvent } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { addEntry, centredAt, connectPorts, dropOnEdge, refusalOf } from '../app/editing.ts';
import { showPlaceOf } from '../app/grouping.ts';
import { isMotionReduced } from '../app/motion.ts';
import { nodeShape, paletteEntry } from '../document/definitions.ts';
import { NoteCard } from '../notes/NoteCard.tsx';
import { DRAG_TYPE } from '../palette/drag.ts';
import { QuickAdd } from '../palette/QuickAdd.tsx';
import { watchEdge } from '../runs/watch-edge.ts';
import { CanvasTools } from './CanvasTools.tsx';
import { ConnectionLine } from './ConnectionLine.tsx';
import style from './canvas.module.css';
import { openCard } from './choose.ts';
import type { CanvasControl } from './control.ts';
import { EdgeCanvas } from './EdgeCanvas.tsx';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import type { EdgePointer } from './edge-pointer.ts';
import { createEdgePointer } from './edge-pointer.ts';
import { GroupCard } from './GroupCard.tsx';
import type { Box } from './geometry.ts';
import { boundsOf, contains, distanceToCurve, GRID, ROW_HEIGHT } from './geometry.ts';
import { LineHit } from './LineHit.tsx';
import { Minimap } from './Minimap.tsx';
import { NodeCard } from './NodeCard.tsx';
import { openContextMenuAt } from './open-context-menu.ts';
import { openQuickAddAt } from './open-quick-add.ts';
import { PillCard } from './PillCard.tsx';
import { placeCards } from './place-cards.ts';
import { splitPortKey } from './port-key.ts';
import { cardBox } from './project.ts';
import { selectAfter } from './select-changes.ts';
import type { CardNode, LineEdge } from './view.ts';
import { detailLevel } from './view.ts';

const NODE_TYPES = { nodes: NodeCard, collapsed: GroupCard, pill: PillCard, note: NoteCard };
const EDGE_TYPES = { line: LineHit };
const NO_EDGES: LineEdge[] = [];
const ZOOM_STEP = 0.05;
/** At which names can be read. */
const READABLE_ZOOM = 0.75;
const NAME_LINE = 12.1;
const INSERT_REACH = 26;
const MULTI_SELECT_KEYS = ['Shift', 'Control', 'Meta'];
const ZOOM_KEYS = ['Control', 'Meta'];
const FIT_OPTIONS = { padding: 0.16, maxZoom: 1, duration: 320 };

export function Canvas() {
  return (
    <ReactFlowProvider>
      <CanvasInside />
    </ReactFlowProvider>
  );
}

function CanvasInside() {
  const designer = useDesigner();
  const { t, i18n } = useTranslation();
  const surface = useRef<HTMLDivElement>(null);
  const pointer = useMemo(createEdgePointer, []);
  const nodes = useStore(designer.view, (state) => state.nodes) as CardNode[];
  const edges = useStore(designer.view, (state) => state.edges) as LineEdge[];
  const name = useStore(designer.documents, (state) => state.document.name);
  const roving = useStore(designer.selection, (state) => state.focus !== null);
  const level = useFlowStore((state) => detailLevel(state.transform[2]));
  useLayoutEffect(() => designer.view.setLevel(level), [designer, level]);
  const zoomStep = useFlowStore((state) => Math.max(ZOOM_STEP, Math.floor(state.transform[2] / ZOOM_STEP) * ZOOM_STEP));
  useCanvasControl(surface);
  // biome-ignore lint/correctness/useExhaustiveDependencies: chips are painted in the page's language
  useEffect(() => pointer.repaint(), [pointer, i18n.language]);
  const handlers = useFlowHandlers(pointer, surface);
  const drops = useDropHandlers(pointer);
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
        style={{ '--zoom-step': zoomStep, '--name-lines': nameLines(zoomStep) } as CSSProperties}
        onDoubleClick={(event) => onSurfaceDoubleClick(designer, pointer, event)}
        onContextMenu={(event) => openContextMenuAt(designer, pointer, event)}
        {...drops}
      >
        <EdgeCanvas pointer={pointer} />
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
          multiSelectionKeyCode={MULTI_SELECT_KEYS}
          zoomActivationKeyCode={ZOOM_KEYS}
          selectionOnDrag
          selectionMode={SelectionMode.Partial}
          panOnDrag={[1]}
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={0.1}
          maxZoom={2}
          snapToGrid
          snapGrid={[GRID, GRID]}
          nodeDragThreshold={3}
          elevateNodesOnSelect={false}
          proOptions={{ hideAttribution: true }}
        />
      </div>
      <EmptyCanvas onAdd={() => openQuickAddAt(designer, null)} />
      <CanvasTools />
      {nodes.length === 0 ? null : <Minimap />}
      <QuickAdd />
    </section>
  );
}

/** Lines of a name that fit into a row when it is written at 11 px on the screen. */
function nameLines(zoom: number): number {
  return Math.max(1, Math.min(3, Math.floor((ROW_HEIGHT * zoom) / NAME_LINE)));
}

/** On what is neither card, edge nor chip. */
function onSurfaceDoubleClick(designer: Designer, pointer: EdgePointer, event: MouseEvent): void {
  const screen = { x: event.clientX, y: event.clientY };
  if (!(event.target instanceof Element) || event.target.closest('[data-card], [data-edge]') !== null) return;
  if (designer.canvas === null || pointer.chipAt(designer.canvas.toDrawing(screen)) !== null) return;
  openQuickAddAt(designer, screen);
}

/** Clicks, selection, dragging and connecting. */
function useFlowHandlers(pointer: EdgePointer, surface: React.RefObject<HTMLDivElement | null>) {
  const designer = useDesigner();
  return useMemo(() => {
    const { view, selection, documents, connecting, shell } = designer;
    const pointOf = (event: MouseEvent | globalThis.MouseEvent) =>
      designer.canvas?.toDrawing({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 };
    const commitDrag = () => {
      const { drag } = view.getState();
      documents.commit('move', (document) => placeCards(document, view.getState().projection, drag));
      view.drag(new Map());
    };
    const portUnder = (point: { x: number; y: number }, side: 'in' | 'out') => {
      const { projection, live } = view.getState();
      const card = projection.cards.find((candidate) => contains(cardBox(candidate, live), point));
      for (const row of card?.rows ?? []) {
        const ports = side === 'in' ? row.shape.inputs : row.shape.outputs;
        const port = ports.find((candidate) => connecting.reason({ node: row.node.id, port: candidate.name }) === null);
        if (port !== undefined) return { node: row.node.id, port: port.name };
      }
      return card === undefined ? null : 'refused';
    };
    return {
      onNodesChange(changes: NodeChange<CardNode>[]) {
        const moved = changes.filter((change) => change.type === 'position' && change.position !== undefined && change.dragging === true);
        if (moved.length > 0) {
          const drag = new Map(view.getState().drag);
          for (const change of moved) if (change.type === 'position' && change.position !== undefined) drag.set(change.id, change.position);
          view.drag(drag);
        }
        selectAfter(designer, changes, 'nodes');
      },
      onEdgesChange: (changes: EdgeChange<LineEdge>[]) => selectAfter(designer, changes, 'edges'),
      onNodeClick(event: MouseEvent, node: CardNode) {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-node]')?.dataset['node'] : undefined;
        if (row === undefined) {
          selection.focus(node.id);
          return;
        }
        selection.focus(row);
        const additive = event.shiftKey || event.ctrlKey || event.metaKey;
        if (node.data.card.rows.length > 1 && !additive) selection.select([row]);
      },
      onNodeDoubleClick: (_event: MouseEvent, node: CardNode) => openCard(designer, node.id),
      onNodeDragStop: commitDrag,
      onSelectionDragStop: commitDrag,
      onEdgeClick(event: MouseEvent, edge: LineEdge) {
        event.stopPropagation();
        watchEdge(designer, edge.id);
      },
      onEdgeMouseEnter: (_event: MouseEvent, edge: LineEdge) => pointer.hover(edge.id),
      onEdgeMouseLeave: () => pointer.hover(null),
      onPaneClick(event: MouseEvent) {
        const chip = pointer.chipAt(pointOf(event));
        if (chip !== null) {
          selection.select([], [chip]);
          watchEdge(designer, chip);
          return;
        }
        selection.clear();
        surface.current?.focus({ preventScroll: true });
      },
      onPaneMouseMove(event: MouseEvent) {
        const chip = pointer.chipAt(pointOf(event));
        pointer.hover(chip);
        surface.current?.classList.toggle(style.overChip, chip !== null);
      },
      onConnectStart(_event: unknown, { handleId, handleType }: OnConnectStartParams) {
        if (handleId === null) return;
        const port = splitPortKey(handleId);
        const side = handleType === 'source' ? 'out' : 'in';
        connecting.begin({ port, side }, (other) => (side === 'out' ? refusalOf(designer, port, other) : refusalOf(designer, other, port)));
      },
      isValidConnection(connection: Connection | LineEdge) {
        const { sourceHandle, targetHandle } = connection;
        const start = connecting.start();
        if (sourceHandle == null || targetHandle == null || start === null) return false;
        return connecting.reason(splitPortKey(start.side === 'out' ? targetHandle : sourceHandle)) === null;
      },
      onConnect({ sourceHandle, targetHandle }: Connection) {
        if (sourceHandle !== null && targetHandle !== null) connectPorts(designer, splitPortKey(sourceHandle), splitPortKey(targetHandle));
      },
      onConnectEnd(event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) {
        const start = connecting.start();
        if (start !== null && state.toHandle === null && event instanceof globalThis.MouseEvent) {
          const at = pointOf(event);
          const target = portUnder(at, start.side === 'out' ? 'in' : 'out');
          if (target === null)
            shell.set({ quickAdd: { at: { x: at.x, y: at.y - 26 }, screen: { x: event.clientX, y: event.clientY }, from: start } });
          else if (target !== 'refused')
            connectPorts(designer, start.side === 'out' ? start.port : target, start.side === 'out' ? target : start.port);
        }
        connecting.end();
      },
    };
  }, [designer, pointer, surface]);
}

/** Palette items and what they are dropped on. */
function useDropHandlers(pointer: EdgePointer) {
  const designer = useDesigner();
  return useMemo(() => {
    const edgeAt = (event: DragEvent) => {
      const point = designer.canvas?.toDrawing({ x: event.clientX, y: event.clientY });
      if (point === undefined) return null;
      const chip = pointer.chipAt(point);
      if (chip !== null) return chip;
      return designer.view.getState().scene.find((edge) => distanceToCurve(edge.curve, point) < INSERT_REACH)?.id ?? null;
    };
    return {
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        pointer.insert(edgeAt(event));
      },
      onDragLeave: () => pointer.insert(null),
      onDrop(event: DragEvent) {
        const entry = paletteEntry(event.dataTransfer.getData(DRAG_TYPE));
        const edge = edgeAt(event);
        pointer.insert(null);
        if (entry === null || designer.canvas === null) return;
        event.preventDefault();
        const at = centredAt(designer.canvas.toDrawing({ x: event.clientX, y: event.clientY }));
        const fitsEdge =
          entry.definition.inputs.length > 0 && nodeShape({ id: '', type: entry.type, config: entry.config }).outputs.length > 0;
        const id = edge !== null && fitsEdge ? dropOnEdge(designer, entry, edge, at) : addEntry(designer, entry, at);
        designer.canvas.focusNode(id);
      },
    };
  }, [designer, pointer]);
}

/** Publishes what the rest of the designer may ask of the canvas. */
function useCanvasControl(surface: React.RefObject<HTMLDivElement | null>): void {
  const designer = useDesigner();
  const flow = useReactFlow<CardNode, LineEdge>();
  const api = useStoreApi<CardNode, LineEdge>();
  const generation = useStore(designer.documents, (state) => state.generation);
  useEffect(() => {
    const duration = () => (isMotionReduced() ? 0 : FIT_OPTIONS.duration);
    const bounds = () => {
      const { projection, live } = designer.view.getState();
      return boundsOf(projection.cards.map((card) => cardBox(card, live)));
    };
    const control: CanvasControl = {
      fit() {
        const box = bounds();
        if (box !== null)
          void flow.fitBounds(limitZoom(box, api.getState().width, api.getState().height), { padding: 0.02, duration: duration() });
      },
      zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: duration() }),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: 0 }),
      reveal(nodeId) {
        showPlaceOf(designer, nodeId);
        const card = designer.view.getState().projection.cardOf.get(nodeId);
        if (card === undefined) return;
        const { transform, width, height } = api.getState();
        const box = cardBox(card, designer.view.getState().live);
        const left = box.x * transform[2] + transform[0];
        const top = box.y * transform[2] + transform[1];
        const inside = left >= 0 && top >= 0 && left + box.width * transform[2] <= width && top + box.height * transform[2] <= height;
        if (!inside) void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: transform[2], duration: duration() });
      },
      centreOn(nodeId) {
        showPlaceOf(designer, nodeId);
        const { projection, live } = designer.view.getState();
        const card = projection.cardOf.get(nodeId);
        if (card === undefined) return;
        const box = cardBox(card, live);
        const { transform } = api.getState();
        const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        void flow.setCenter(centre.x, centre.y, { zoom: Math.max(READABLE_ZOOM, transform[2]), duration: duration() });
      },
      focusNode(nodeId) {
        if (nodeId === null) {
          surface.current?.focus({ preventScroll: true });
          return;
        }
        control.reveal(nodeId);
        designer.selection.focus(nodeId);
        requestAnimationFrame(() => surface.current?.querySelector<HTMLElement>(faceOf(nodeId))?.focus({ preventScroll: true }));
      },
      toDrawing: (screen) => flow.screenToFlowPosition(screen, { snapToGrid: false }),
      toScreen: (point) => flow.flowToScreenPosition(point),
      centre() {
        const { transform, width, height } = api.getState();
        return { x: (width / 2 - transform[0]) / transform[2], y: (height / 2 - transform[1]) / transform[2] };
      },
    };
    designer.canvas = control;
    return () => {
      designer.canvas = null;
    };
  }, [designer, flow, api, surface]);
  useEffect(() => {
    // A newly opened pipeline is shown whole, without a journey; one that was looked at before as it was left.
    if (generation >= 0) requestAnimationFrame(() => showAsLeft(designer, flow, api.getState()));
  }, [designer, flow, api, generation]);
  useEffect(() => {
    // At once, so that a card in the group can be pointed at right away.
    return designer.selection.subscribe((state, previous) => {
      if (state.openGroup !== previous.openGroup) showAsLeft(designer, flow, api.getState());
    });
  }, [designer, flow, api]);
  useEffect(() => {
    return api.subscribe(({ transform }, previous) => {
      if (transform === previous.transform) return;
      designer.viewports.keep(designer.selection.getState().openGroup, { x: transform[0], y: transform[1], zoom: transform[2] });
    });
  }, [designer, api]);
}

/** The open group, or the top level, as one looked at it before; whole when one never did. */
function showAsLeft(
  designer: Designer,
  flow: ReturnType<typeof useReactFlow<CardNode, LineEdge>>,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const viewport = designer.viewports.get(designer.selection.getState().openGroup);
  if (viewport === null) fitAtOnce(designer, flow, width, height);
  else void flow.setViewport(viewport);
}

/** The focusable part of a card. */
function faceOf(id: string): string {
  return ['node', 'group', 'note', 'pill'].map((kind) => `[data-${kind}="${CSS.escape(id)}"]`).join(', ');
}

function fitAtOnce(designer: Designer, flow: ReturnType<typeof useReactFlow<CardNode, LineEdge>>, width: number, height: number): void {
  const { projection } = designer.view.getState();
  // Feet are reserved, so Run never changes the view.
  const box = boundsOf(projection.cards.map((card) => cardBox(card, true)));
  if (box === null || width === 0) void flow.setViewport({ x: 0, y: 0, zoom: 1 });
  else void flow.fitBounds(limitZoom(box, width, height), { padding: 0.02, duration: 0 });
}

/** Room for the tools above and the overview map below, in screen pixels at 100 %. */
const ROOM = { side: 20, top: 56, bottom: 124 };

/** Grows the box so that fitting it keeps clear of what floats over the canvas and never zooms in beyond 100 %. */
function limitZoom(box: Box, width: number, height: number): Box {
  const grown = { width: box.width + 2 * ROOM.side, height: box.height + ROOM.top + ROOM.bottom };
  const extraWidth = Math.max(0, width * 0.96 - grown.width);
  const extraHeight = Math.max(0, height * 0.96 - grown.height);
  return {
    x: box.x - ROOM.side - extraWidth / 2,
    y: box.y - ROOM.top - extraHeight / 2,
    width: grown.width + extraWidth,
    height: grown.height + extraHeight,
  };
}
