/** Paints what lines up while cards are dragged: pink lines and the marks of equal gaps, one pixel wide at any zoom. */
import type { Guide } from './guides.ts';
import type { Viewport } from './paint.ts';
import type { Colours } from './palette-colours.ts';

const OVERHANG = 8;
const TICK = 4;

export function paintGuides(context: CanvasRenderingContext2D, view: Viewport, colours: Colours, guides: readonly Guide[]): void {
  if (guides.length === 0) return;
  const scale = view.pixelRatio * view.zoom;
  context.setTransform(scale, 0, 0, scale, view.pixelRatio * view.x, view.pixelRatio * view.y);
  context.setLineDash([]);
  context.lineWidth = 1 / view.zoom;
  context.strokeStyle = colours.late;
  const overhang = OVERHANG / view.zoom;
  const tick = TICK / view.zoom;
  context.beginPath();
  for (const { kind, from, to } of guides) {
    const across = from.y === to.y;
    const reach = kind === 'line' ? overhang : 0;
    context.moveTo(from.x - (across ? reach : 0), from.y - (across ? 0 : reach));
    context.lineTo(to.x + (across ? reach : 0), to.y + (across ? 0 : reach));
    if (kind === 'line') continue;
    for (const end of [from, to]) {
      context.moveTo(end.x - (across ? 0 : tick), end.y - (across ? tick : 0));
      context.lineTo(end.x + (across ? 0 : tick), end.y + (across ? tick : 0));
    }
  }
  context.stroke();
}
