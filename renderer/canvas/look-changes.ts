/** Whether two looks of an edge paint the same. */
import type { EdgeLook } from './paint.ts';
import type { Chip, EdgeFlow } from './scene.ts';

export function sameLook(a: EdgeLook, b: EdgeLook): boolean {
  return (
    a.selected === b.selected &&
    a.hovered === b.hovered &&
    a.broken === b.broken &&
    a.faded === b.faded &&
    a.inserting === b.inserting &&
    sameChip(a.chip, b.chip) &&
    sameFlow(a.flow, b.flow)
  );
}

function sameChip(a: Chip | null, b: Chip | null): boolean {
  return a === b || (a !== null && b !== null && a.kind === b.kind && a.text === b.text && a.extra === b.extra);
}

function sameFlow(a: EdgeFlow | null, b: EdgeFlow | null): boolean {
  return a === b || (a !== null && b !== null && a.rate === b.rate && a.pressed === b.pressed && a.tone === b.tone);
}
