/**
 * The pointer on the empty canvas: dragging draws a lasso (Shift adds, Ctrl toggles), Space and dragging pans. Also tells
 * which card and port the pointer is over. Listens by itself, so that moving the pointer renders nothing.
 */
import type { Designer } from '../app/designer.ts';
import { isTyping } from '../app/shortcuts.ts';
import type { SelectionState } from '../document/selection.ts';
import type { Box } from './geometry.ts';
import { boundsOf, intersects } from './geometry.ts';
import { splitPortKey } from './port-key.ts';

/** Pixels the pointer moves before a press is a drag. */
const THRESHOLD = 3;

interface FlowView {
  transform(): readonly [number, number, number];
  pan(dx: number, dy: number): void;
}

type Mode = 'replace' | 'add' | 'toggle';

interface Press {
  readonly kind: 'lasso' | 'pan';
  readonly mode: Mode;
  readonly startX: number;
  readonly startY: number;
  readonly nodes: ReadonlySet<string>;
  readonly drawn: ReadonlySet<string>;
  x: number;
  y: number;
  moved: boolean;
}

export function listenToSurface(designer: Designer, surface: HTMLElement, lasso: HTMLElement, flow: FlowView): () => void {
  let press: Press | null = null;
  let space = false;
  let spaceUsed = false;
  let chosenBefore: Pick<SelectionState, 'nodes' | 'edges' | 'drawn'> | null = null;
  let requested = 0;
  let ignoreClick = false;

  const onDown = (event: PointerEvent) => {
    ignoreClick = false;
    const target = event.target instanceof Element ? event.target : null;
    if (target === null || target.closest('[data-over-canvas]') !== null) return;
    const pane = target.classList.contains('react-flow__pane');
    if (event.button !== 0 || !(pane || space)) return;
    const mode: Mode = event.ctrlKey || event.metaKey ? 'toggle' : event.shiftKey ? 'add' : 'replace';
    press = {
      kind: space ? 'pan' : 'lasso',
      mode,
      startX: event.clientX,
      startY: event.clientY,
      nodes: designer.selection.getState().nodes,
      drawn: designer.selection.getState().drawn,
      x: event.clientX,
      y: event.clientY,
      moved: false,
    };
    if (space) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  const onMove = (event: PointerEvent) => {
    if (press === null) return;
    if (!press.moved) {
      if (Math.hypot(event.clientX - press.startX, event.clientY - press.startY) < THRESHOLD) return;
      press.moved = true;
      if (press.kind === 'pan') panInstead();
      designer.gestures.set({ activity: press.kind, card: null, edge: null, port: null });
      if (press.kind === 'lasso') lasso.hidden = false;
    }
    if (press.kind === 'pan') flow.pan(event.clientX - press.x, event.clientY - press.y);
    press.x = event.clientX;
    press.y = event.clientY;
    if (press.kind === 'lasso' && requested === 0) requested = requestAnimationFrame(draw);
  };

  function draw(): void {
    requested = 0;
    if (press === null || press.kind !== 'lasso') return;
    const area = surface.getBoundingClientRect();
    const left = Math.min(press.startX, press.x);
    const top = Math.min(press.startY, press.y);
    const width = Math.abs(press.x - press.startX);
    const height = Math.abs(press.y - press.startY);
    lasso.style.cssText = `left:${left - area.left}px;top:${top - area.top}px;width:${width}px;height:${height}px`;
    const [x, y, zoom] = flow.transform();
    selectInside(designer, press, {
      x: (left - area.left - x) / zoom,
      y: (top - area.top - y) / zoom,
      width: width / zoom,
      height: height / zoom,
    });
  }

  const onUp = () => {
    if (press === null) return;
    if (press.moved) {
      if (press.kind === 'lasso') draw();
      lasso.hidden = true;
      designer.gestures.set({ activity: 'rest' });
      ignoreClick = true;
      setTimeout(() => {
        ignoreClick = false;
      });
    }
    press = null;
  };

  const onCancel = () => {
    if (press?.moved === true) {
      if (press.kind === 'lasso') designer.selection.select(press.nodes, [], press.drawn);
      lasso.hidden = true;
      designer.gestures.set({ activity: 'rest' });
    }
    press = null;
  };

  /** A lasso ends with a click on the pane, which would clear what it has just selected. */
  const onClick = (event: MouseEvent) => {
    if (!ignoreClick) return;
    ignoreClick = false;
    event.stopPropagation();
    event.preventDefault();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && press?.moved === true) {
      event.stopPropagation();
      onCancel();
    }
    if (event.key !== ' ' || isTyping(event.target) || !(event.target instanceof Node)) return;
    if (!surface.contains(event.target) && event.target !== document.body) return;
    if (!space) {
      spaceUsed = false;
      chosenBefore = designer.selection.getState();
    }
    space = true;
    surface.toggleAttribute('data-panning', true);
    if (event.target === surface || event.target === document.body) event.preventDefault();
  };

  /** Space chose the focused card when it went down; now it turns out to be held to pan. */
  function panInstead(): void {
    if (!spaceUsed && chosenBefore !== null) designer.selection.select(chosenBefore.nodes, chosenBefore.edges, chosenBefore.drawn);
    spaceUsed = true;
  }

  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key !== ' ' || !space) return;
    space = false;
    surface.toggleAttribute('data-panning', false);
    if (spaceUsed) event.preventDefault();
  };

  const onOver = (event: PointerEvent) => hoverOver(designer, event.target);

  surface.addEventListener('pointerdown', onDown, true);
  surface.addEventListener('click', onClick, true);
  surface.addEventListener('pointerover', onOver);
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('keyup', onKeyUp, true);
  return () => {
    surface.removeEventListener('pointerdown', onDown, true);
    surface.removeEventListener('click', onClick, true);
    surface.removeEventListener('pointerover', onOver);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('keyup', onKeyUp, true);
    if (requested !== 0) cancelAnimationFrame(requested);
  };
}

/** Cards that the rectangle touches, and the edges between them. Notes are large, so they have to lie inside. */
function selectInside(designer: Designer, press: Press, area: Box): void {
  const { projection, nodes } = designer.view.getState();
  const inside = { nodes: new Set<string>(), drawn: new Set<string>() };
  for (const node of nodes) {
    const box = { x: node.position.x, y: node.position.y, width: node.width ?? 0, height: node.height ?? 0 };
    const card = projection.cardOf.get(node.id);
    if (card === undefined || card.kind === 'pill' || !intersects(box, area)) continue;
    if (card.kind === 'note' && !encloses(area, box)) continue;
    if (card.kind === 'nodes') for (const row of card.rows) inside.nodes.add(row.node.id);
    else inside.drawn.add(card.id);
  }
  const chosen = combine(press.nodes, inside.nodes, press.mode);
  const { edges } = designer.documents.getState().document;
  designer.selection.select(
    chosen,
    edges.filter((edge) => chosen.has(edge.from.node) && chosen.has(edge.to.node)).map((edge) => edge.id),
    combine(press.drawn, inside.drawn, press.mode),
  );
}

function combine(before: ReadonlySet<string>, inside: ReadonlySet<string>, mode: Mode): ReadonlySet<string> {
  if (mode === 'replace') return inside;
  const chosen = new Set(before);
  for (const id of inside) {
    if (mode === 'toggle' && before.has(id)) chosen.delete(id);
    else chosen.add(id);
  }
  return chosen;
}

function encloses(area: Box, box: Box): boolean {
  return box.x >= area.x && box.y >= area.y && box.x + box.width <= area.x + area.width && box.y + box.height <= area.y + area.height;
}

/** Bounds of the selected cards, in the drawing's coordinates. */
export function selectionBounds(designer: Designer): Box | null {
  const { nodes } = designer.view.getState();
  return boundsOf(
    nodes
      .filter((node) => node.selected === true)
      .map((node) => ({ x: node.position.x, y: node.position.y, width: node.width ?? 0, height: node.height ?? 0 })),
  );
}

function hoverOver({ gestures }: Designer, target: EventTarget | null): void {
  if (gestures.getState().activity !== 'rest' || !(target instanceof Element)) return;
  if (target.closest('[data-over-canvas]') !== null) return;
  const port = target.closest<HTMLElement>('[data-port]');
  const card = target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  if (card === undefined) {
    gestures.leave('card');
    gestures.leave('port');
    return;
  }
  const key = port?.dataset['port'];
  if (key === undefined) gestures.leave('port');
  gestures.hover({
    card,
    ...(key === undefined ? {} : { port: { port: splitPortKey(key), side: port?.dataset['side'] === 'in' ? 'in' : 'out' } }),
  });
}
