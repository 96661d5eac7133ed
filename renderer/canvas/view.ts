/**
 * The drawing as React Flow and the painter take it: built from document, selection, gesture and whether figures show.
 * The gesture layer lives here: positions under the pointer that become one command when it is released.
 */
import type { Edge, Node, NodeHandle } from '@xyflow/react';
import { Position } from '@xyflow/react';
import { createStore } from 'zustand/vanilla';
import type { PipelineDocument, Point } from '../../engine/spec/document.ts';
import type { SelectionState } from '../document/selection.ts';
import { PORT_HIT, portHitHeight, portOffset } from './geometry.ts';
import { withTiedNotes } from './place-cards.ts';
import type { Card, GroupCard, Line, NodesCard, NoteCard, PillCard, Projection } from './project.ts';
import { cardBox, EMPTY_PROJECTION, portKey, project } from './project.ts';
import type { SceneEdge } from './scene.ts';
import { buildSceneEdge } from './scene.ts';

export type NodesFlowNode = Node<{ readonly card: NodesCard }, 'nodes'>;
export type GroupFlowNode = Node<{ readonly card: GroupCard }, 'collapsed'>;
export type PillFlowNode = Node<{ readonly card: PillCard }, 'pill'>;
export type NoteFlowNode = Node<{ readonly card: NoteCard }, 'note'>;
export type CardNode = NodesFlowNode | GroupFlowNode | PillFlowNode | NoteFlowNode;
export type LineEdge = Edge<{ readonly line: Line; readonly scene: SceneEdge }, 'line'>;

/** How much of a card is drawn: everything, its name, or a coloured block. */
export type DetailLevel = 'full' | 'name' | 'block';

export function detailLevel(zoom: number): DetailLevel {
  return zoom >= 0.75 ? 'full' : zoom >= 0.4 ? 'name' : 'block';
}

export interface ViewState {
  readonly projection: Projection;
  readonly nodes: readonly CardNode[];
  readonly edges: readonly LineEdge[];
  readonly scene: readonly SceneEdge[];
  /** Cards show their feet. */
  readonly live: boolean;
  readonly level: DetailLevel;
  /** Positions under the pointer, by card. */
  readonly drag: ReadonlyMap<string, Point>;
  /** The card whose lower border a dragged one is over, and why it may not stay there. */
  readonly stacking: { readonly card: string; readonly reason: string | null } | null;
  /** The note that is being written. */
  readonly editingNote: string | null;
  /** A note that was just written, and has to be looked at whether it fits. */
  readonly writtenNote: string | null;
}

export interface ViewInput {
  readonly document: PipelineDocument;
  /** Its `openGroup` decides what is drawn. */
  readonly selection: SelectionState;
  readonly live: boolean;
}

export interface ViewStore {
  getState(): ViewState;
  subscribe(listener: (state: ViewState, previous: ViewState) => void): () => void;
  refresh(input: ViewInput): void;
  drag(positions: ReadonlyMap<string, Point>): void;
  setLevel(level: DetailLevel): void;
  setStacking(stacking: ViewState['stacking']): void;
  editNote(id: string | null): void;
  wroteNote(id: string | null): void;
  positionOf(card: Card): Point;
}

const NO_DRAG: ReadonlyMap<string, Point> = new Map();

export function createViewStore(): ViewStore {
  const store = createStore<ViewState>(() => ({
    projection: EMPTY_PROJECTION,
    nodes: [],
    edges: [],
    scene: [],
    live: false,
    level: 'full',
    drag: NO_DRAG,
    stacking: null,
    editingNote: null,
    writtenNote: null,
  }));
  let input: ViewInput | null = null;
  let projected: PipelineDocument | null = null;

  /** A drag and a change of the selection leave the projection as it is. */
  function projection(): Projection {
    const { projection: before } = store.getState();
    if (input === null) return before;
    const { document, selection } = input;
    if (projected === document && before.openGroup === selection.openGroup) return before;
    projected = document;
    return project(document, selection.openGroup, before);
  }

  /** With the notes that go with their nodes. */
  let places = NO_DRAG;

  function rebuild(drag: ReadonlyMap<string, Point>): void {
    if (input === null) return;
    const before = store.getState();
    const next = projection();
    places = withTiedNotes(next, drag);
    const { selection, live } = input;
    const oldNodes = new Map(before.nodes.map((node) => [node.id, node]));
    const nodes = keepList(
      before.nodes,
      drawingOrder(next.cards).map((card) =>
        buildNode(card, places.get(card.id) ?? card.position, isSelected(card, selection), live, oldNodes.get(card.id)),
      ),
    );
    const oldScene = new Map(before.scene.map((edge) => [edge.id, edge]));
    const built: SceneEdge[] = [];
    const position = (id: string): Point | null => {
      const card = next.cardOf.get(id);
      return card === undefined ? null : (places.get(card.id) ?? card.position);
    };
    for (const line of next.lines) {
      const from = position(line.fromCard);
      const to = position(line.toCard);
      if (from !== null && to !== null)
        built.push(buildSceneEdge(line, add(from, line.startOffset), add(to, line.endOffset), oldScene.get(line.id)));
    }
    const oldEdges = new Map(before.edges.map((edge) => [edge.id, edge]));
    const scene = keepList(before.scene, built);
    const edges = keepList(
      before.edges,
      scene.map((edge) => buildEdge(edge, selection.edges.has(edge.id), oldEdges.get(edge.id))),
    );
    store.setState({ projection: next, nodes, edges, scene, live, drag });
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    refresh(next) {
      input = next;
      rebuild(store.getState().drag);
    },
    drag(positions) {
      rebuild(positions.size === 0 ? NO_DRAG : positions);
    },
    setLevel(level) {
      if (store.getState().level !== level) store.setState({ level });
    },
    setStacking(stacking) {
      const { stacking: old } = store.getState();
      if (old?.card !== stacking?.card || old?.reason !== stacking?.reason) store.setState({ stacking });
    },
    editNote: (id) => store.setState({ editingNote: id }),
    wroteNote: (id) => store.setState({ writtenNote: id }),
    positionOf: (card) => places.get(card.id) ?? card.position,
  };
}

/** Notes lie below the cards. */
function drawingOrder(cards: readonly Card[]): readonly Card[] {
  const notes = cards.filter((card) => card.kind === 'note');
  return notes.length === 0 ? cards : [...notes, ...cards.filter((card) => card.kind !== 'note')];
}

function isSelected(card: Card, selection: SelectionState): boolean {
  return card.kind === 'nodes' ? card.rows.some((row) => selection.nodes.has(row.node.id)) : selection.drawn.has(card.id);
}

/** The same list when it holds the same: React Flow goes through all of a new one. */
function keepList<Item>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  return before.length === after.length && after.every((item, index) => item === before[index]) ? before : after;
}

/** The card in a node's data may be an older one of the same shape; `useCard` knows the newest. */
function buildNode(card: Card, position: Point, selected: boolean, live: boolean, old: CardNode | undefined): CardNode {
  const { height } = cardBox(card, live);
  const kept = old !== undefined && (old.data.card === card || sameShape(old, card));
  if (
    kept &&
    old.selected === selected &&
    old.width === card.width &&
    old.height === height &&
    old.position.x === position.x &&
    old.position.y === position.y
  ) {
    return old;
  }
  return {
    id: card.id,
    // React Flow dresses nodes of type `group` itself.
    type: card.kind === 'group' ? 'collapsed' : card.kind,
    position,
    data: kept ? old.data : { card },
    width: card.width,
    height,
    selected,
    handles: kept ? old.handles : handlesOf(card),
  } as CardNode;
}

/** Of the same kind, with the same ports in the same places. */
function sameShape(old: CardNode, card: Card): boolean {
  const before = old.handles ?? [];
  if (old.data.card.kind !== card.kind) return false;
  const after = handlesOf(card);
  return (
    before.length === after.length &&
    after.every(({ id, type, x, y, height }, index) => {
      const port = before[index];
      return port.id === id && port.type === type && port.x === x && port.y === y && port.height === height;
    })
  );
}

function handlesOf(card: Card): NodeHandle[] {
  switch (card.kind) {
    case 'note':
      return [];
    case 'pill':
      return [handle(card, card.port.key, card.side === 'in' ? 'source' : 'target', portOffset(0), PORT_HIT)];
    case 'group':
      return [
        ...card.inputs.map((port, index) => handle(card, port.key, 'target', portOffset(index), portHitHeight(card.inputs.length))),
        ...card.outputs.map((port, index) => handle(card, port.key, 'source', portOffset(index), portHitHeight(card.outputs.length))),
      ];
    case 'nodes':
      return card.rows.flatMap(({ node, shape: { inputs, outputs }, top }) => [
        ...inputs.map((port, index) =>
          handle(card, portKey(node.id, port.name), 'target', top + portOffset(index), portHitHeight(inputs.length)),
        ),
        ...outputs.map((port, index) =>
          handle(card, portKey(node.id, port.name), 'source', top + portOffset(index), portHitHeight(outputs.length)),
        ),
      ]);
  }
}

function handle(card: Card, id: string, type: 'source' | 'target', centre: number, height: number): NodeHandle {
  const left = type === 'target' ? 0 : card.width;
  return {
    id,
    type,
    position: type === 'target' ? Position.Left : Position.Right,
    x: left - PORT_HIT / 2,
    y: centre - height / 2,
    width: PORT_HIT,
    height,
  };
}

function buildEdge(scene: SceneEdge, selected: boolean, old: LineEdge | undefined): LineEdge {
  if (old !== undefined && old.data?.scene === scene && old.selected === selected) return old;
  const { line } = scene;
  return {
    id: line.id,
    type: 'line',
    source: line.fromCard,
    target: line.toCard,
    sourceHandle: line.fromHandle,
    targetHandle: line.toHandle,
    selected,
    data: { line, scene },
  };
}

function add(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}
