/**
 * Rewiring: an edge is taken by either end, or Shift takes all edges of a port, and put on another port, on a node (its first
 * fitting port) or on nothing, which asks for a new node when it is one edge. Esc leaves everything as it was.
 */
import type { Point, PortReference } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { moveEdgeEnds, refusalToMove } from '../app/rewiring.ts';
import { dropTarget } from './connect-handlers.ts';
import { splitPortKey } from './port-key.ts';

/** How far from a port its edge is taken by the end, in screen pixels; nearer, the port itself is. */
const END_REACH = 46;
const THRESHOLD = 3;

interface Taken {
  readonly edges: readonly string[];
  readonly side: 'in' | 'out';
  readonly pointer: number;
  readonly startX: number;
  readonly startY: number;
  moving: boolean;
}

export function listenForRewiring(designer: Designer, surface: HTMLElement): () => void {
  const { gestures, connecting } = designer;
  let taken: Taken | null = null;
  let ignoreClick = false;

  const drawing = (event: PointerEvent): Point => designer.canvas?.toDrawing({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 };

  const onDown = (event: PointerEvent) => {
    ignoreClick = false;
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const found = event.shiftKey ? portEdges(designer, event.target) : edgeEnd(designer, event.target, event);
    if (found === null) return;
    taken = { ...found, pointer: event.pointerId, startX: event.clientX, startY: event.clientY, moving: false };
    if (event.shiftKey) event.stopPropagation();
  };

  /** React Flow starts a connection on mousedown, which comes after pointerdown. */
  const onMouseDown = (event: MouseEvent) => {
    if (taken === null || !event.shiftKey) return;
    event.stopPropagation();
    event.preventDefault();
  };

  const onMove = (event: PointerEvent) => {
    if (taken === null || event.pointerId !== taken.pointer) return;
    if (!taken.moving) {
      if (Math.hypot(event.clientX - taken.startX, event.clientY - taken.startY) < THRESHOLD) return;
      taken.moving = true;
      begin(taken);
    }
    const { reason } = target(event, taken);
    gestures.set({ moving: { edges: taken.edges, side: taken.side, at: drawing(event), reason } });
  };

  function begin({ edges, side }: Taken): void {
    gestures.set({ activity: 'wire', card: null, edge: null, port: null });
    const edge = designer.documents.getState().document.edges.find((candidate) => candidate.id === edges[0]);
    if (edge === undefined) return;
    // The port that stays is where the connection starts, so that those which fit answer.
    const start = side === 'in' ? { port: edge.from, side: 'out' as const } : { port: edge.to, side: 'in' as const };
    connecting.begin(start, (port) => refusalToMove(designer, edges, side, port));
  }

  function target(
    event: PointerEvent,
    { edges, side }: Taken,
  ): { readonly port: PortReference | null; readonly reason: string | null; readonly nothing: boolean } {
    const below = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-port]');
    const key = below?.dataset['port'];
    if (key !== undefined && below?.dataset['side'] === side) {
      const port = splitPortKey(key);
      const reason = refusalToMove(designer, edges, side, port);
      return { port: reason === null ? port : null, reason, nothing: false };
    }
    const found = dropTarget(designer, drawing(event), side, (port) => refusalToMove(designer, edges, side, port));
    if (found.kind === 'port') return { port: found.port, reason: null, nothing: false };
    return { port: null, reason: found.kind === 'refused' ? found.reason : null, nothing: found.kind === 'nothing' };
  }

  const onUp = (event: PointerEvent) => {
    if (taken === null) return;
    const held = taken;
    taken = null;
    if (!held.moving) return;
    ignoreClick = true;
    const found = target(event, held);
    finish();
    if (found.port !== null) moveEdgeEnds(designer, held.edges, held.side, found.port);
    else if (found.nothing && held.edges.length === 1) askForNode(held, event);
  };

  function askForNode({ edges, side }: Taken, event: PointerEvent): void {
    const edge = designer.documents.getState().document.edges.find((candidate) => candidate.id === edges[0]);
    if (edge === undefined) return;
    const at = drawing(event);
    const from = side === 'in' ? { port: edge.from, side: 'out' as const } : { port: edge.to, side: 'in' as const };
    designer.shell.set({
      quickAdd: { at: { x: at.x, y: at.y - 26 }, screen: { x: event.clientX, y: event.clientY }, from, replaces: edge.id },
    });
  }

  function finish(): void {
    connecting.end();
    gestures.set({ activity: 'rest', moving: null });
  }

  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || taken?.moving !== true) return;
    event.stopPropagation();
    taken = null;
    finish();
  };

  const onClick = (event: MouseEvent) => {
    if (!ignoreClick) return;
    ignoreClick = false;
    event.stopPropagation();
  };

  surface.addEventListener('pointerdown', onDown, true);
  surface.addEventListener('mousedown', onMouseDown, true);
  surface.addEventListener('click', onClick, true);
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('keydown', onKey, true);
  return () => {
    surface.removeEventListener('pointerdown', onDown, true);
    surface.removeEventListener('mousedown', onMouseDown, true);
    surface.removeEventListener('click', onClick, true);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('keydown', onKey, true);
  };
}

function portEdges(designer: Designer, target: Element): { readonly edges: readonly string[]; readonly side: 'in' | 'out' } | null {
  const element = target.closest<HTMLElement>('[data-port]');
  const key = element?.dataset['port'];
  if (key === undefined) return null;
  const side = element?.dataset['side'] === 'in' ? 'in' : 'out';
  const port = splitPortKey(key);
  const edges = designer.documents
    .getState()
    .document.edges.filter((edge) => {
      const end = side === 'in' ? edge.to : edge.from;
      return end.node === port.node && end.port === port.port;
    })
    .map((edge) => edge.id);
  return edges.length === 0 ? null : { edges, side };
}

/** The nearer end of the edge below, when it is near enough. */
function edgeEnd(
  designer: Designer,
  target: Element,
  event: PointerEvent,
): { readonly edges: readonly string[]; readonly side: 'in' | 'out' } | null {
  const id = target.closest<HTMLElement>('[data-edge]')?.dataset['edge'];
  const scene = designer.view.getState().scene.find((candidate) => candidate.id === id);
  const { canvas } = designer;
  if (scene === undefined || canvas === null) return null;
  const distance = (point: Point) => {
    const screen = canvas.toScreen(point);
    return Math.hypot(screen.x - event.clientX, screen.y - event.clientY);
  };
  const start = distance(scene.curve.start);
  const end = distance(scene.curve.end);
  // In the middle of a short edge neither end is meant.
  if (Math.min(start, end) > END_REACH || Math.min(start, end) > Math.max(start, end) * 0.6) return null;
  return { edges: [scene.id], side: end < start ? 'in' : 'out' };
}
