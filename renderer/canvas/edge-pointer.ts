/** Which edge the pointer is over or would insert into; chips are painted, so they are hit in the painter's own geometry. */
import type { Point } from '../../engine/spec/document.ts';

interface Painter {
  repaint(): void;
  chipAt(point: Point): string | null;
}

export interface EdgePointer {
  attach(painter: Painter | null): void;
  hovered(): string | null;
  inserting(): string | null;
  hover(edge: string | null): void;
  insert(edge: string | null): void;
  chipAt(point: Point): string | null;
  /** After the language changed. */
  repaint(): void;
}

export function createEdgePointer(): EdgePointer {
  let painter: Painter | null = null;
  let hovered: string | null = null;
  let inserting: string | null = null;
  return {
    attach(next) {
      painter = next;
    },
    hovered: () => hovered,
    inserting: () => inserting,
    hover(edge) {
      if (hovered === edge) return;
      hovered = edge;
      painter?.repaint();
    },
    insert(edge) {
      if (inserting === edge) return;
      inserting = edge;
      painter?.repaint();
    },
    chipAt: (point) => painter?.chipAt(point) ?? null,
    repaint: () => painter?.repaint(),
  };
}
