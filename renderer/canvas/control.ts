/** What the rest of the designer may ask of the mounted canvas. */
import type { Point } from '../../engine/spec/document.ts';
import type { Viewport } from '../app/viewports.ts';

export interface CanvasControl {
  fit(): void;
  /** What is selected, as large as fits; everything when nothing is. */
  fitSelection(): void;
  /** These nodes, as large as fits what is left of the canvas. */
  show(nodeIds: ReadonlySet<string>): void;
  /** Where one looks now. */
  viewport(): Viewport;
  /** Back to where one looked before. */
  look(viewport: Viewport): void;
  zoomTo(zoom: number): void;
  zoomBy(factor: number): void;
  /** Brings a node into view if it is not. */
  reveal(nodeId: string): void;
  /** Brings a node into the middle, near enough to read its name. */
  centreOn(nodeId: string): void;
  /** Gives keyboard focus to a node's card, or to the canvas. */
  focusNode(nodeId: string | null): void;
  toDrawing(screen: Point): Point;
  toScreen(point: Point): Point;
  /** Middle of what is visible, in the drawing's coordinates. */
  centre(): Point;
}
