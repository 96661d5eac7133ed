/**
 * The drawing as React Flow and the painter take it: built from document, selection, gesture and whether figures show.
 * The gesture layer lives here: positions under the pointer that become one command when it is released.
 */
import type { Edge, Node, NodeHandle } from '@xyflow/react';
import { Position } from '@xyflow/react';
import { createStore } from 'zustand/vanilla';
import type { PipelineDocument, Point } from '../../engine/spec/document.ts';
import type { SelectionState } from '../document/selection.ts';
import { CARD_WIDTH, FOOT_HEIGHT, PORT_HIT, portHitHeight, portOffset } from './geometry.ts';
import type { Card, Line, Projection } from './project.ts';
import { EMPTY_PROJECTION, portKey, project } from './project.ts';
import type { SceneEdge } from './scene.ts';
import { buildSceneEdge } from './scene.ts';

export type CardNode = Node<{ readonly card: Card }, 'card'>;
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
}

export interface ViewInput {
  readonly document: PipelineDocument;
  readonly selection: SelectionState;
  readonly live: boolean;
}

export interface ViewStore {
  getState(): ViewState;
  subscribe(listener: (state: ViewState, previous: ViewState) => void): () => void;
  refresh(input: ViewInput): void;
  drag(positions: ReadonlyMap<string, Point>): void;
  setLevel(level: DetailLevel): void;
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
  }));
  let input: ViewInput | null = null;

  function rebuild(drag: ReadonlyMap<string, Point>): void {
    if (input === null) return;
    const before = store.getState();
    const projection = project(input.document, before.projection);
    const { selection, live } = input;
    const oldNodes = new Map(before.nodes.map((node) => [node.id, node]));
    const nodes = projection.cards.map((card) =>
      buildNode(card, drag.get(card.id) ?? card.position, isSelected(card, selection), live, oldNodes.get(card.id)),
    );
    const oldScene = new Map(before.scene.map((edge) => [edge.id, edge]));
    const scene: SceneEdge[] = [];
    const position = (id: string): Point | null => {
      const card = projection.cardOf.get(id);
      return card === undefined ? null : (drag.get(card.id) ?? card.position);
    };
    for (const line of projection.lines) {
      const from = position(line.fromCard);
      const to = position(line.toCard);
      if (from !== null && to !== null)
        scene.push(buildSceneEdge(line, add(from, line.startOffset), add(to, line.endOffset), oldScene.get(line.id)));
    }
    const oldEdges = new Map(before.edges.map((edge) => [edge.id, edge]));
    const edges = scene.map((edge) => buildEdge(edge, selection.edges.has(edge.id), oldEdges.get(edge.id)));
    store.setState({ projection, nodes, edges, scene, live, drag });
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
    positionOf: (card) => store.getState().drag.get(card.id) ?? card.position,
  };
}

function isSelected(card: Card, selection: SelectionState): boolean {
  return card.rows.some((row) => selection.nodes.has(row.node.id));
}

function buildNode(card: Card, position: Point, selected: boolean, live: boolean, old: CardNode | undefined): CardNode {
  const height = card.height + (live ? FOOT_HEIGHT : 0);
  if (
    old !== undefined &&
    old.data.card === card &&
    old.selected === selected &&
    old.height === height &&
    old.position.x === position.x &&
    old.position.y === position.y
  ) {
    return old;
  }
  return {
    id: card.id,
    type: 'card',
    position,
    data: old !== undefined && old.data.card === card ? old.data : { card },
    width: CARD_WIDTH,
    height,
    selected,
    handles: old !== undefined && old.data.card === card ? old.handles : handlesOf(card),
  };
}

function handlesOf(card: Card): NodeHandle[] {
  const handles: NodeHandle[] = [];
  for (const row of card.rows) {
    const { inputs, outputs } = row.shape;
    inputs.forEach((port, index) => {
      handles.push(handle(portKey(row.node.id, port.name), 'target', row.top + portOffset(index), portHitHeight(inputs.length)));
    });
    outputs.forEach((port, index) => {
      handles.push(handle(portKey(row.node.id, port.name), 'source', row.top + portOffset(index), portHitHeight(outputs.length)));
    });
  }
  return handles;
}

function handle(id: string, type: 'source' | 'target', centre: number, height: number): NodeHandle {
  const left = type === 'target' ? 0 : CARD_WIDTH;
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
    sourceHandle: portKey(line.spec.from.node, line.spec.from.port),
    targetHandle: portKey(line.spec.to.node, line.spec.to.port),
    selected,
    data: { line, scene },
  };
}

function add(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}
