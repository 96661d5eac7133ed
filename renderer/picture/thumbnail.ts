/**
 * A drawing small enough for a card of the gallery: every card becomes a little block in its own column, in the order the
 * drawing has; distances are evened out, so that any pipeline keeps its shape at two hundred pixels. Pure arithmetic.
 */
import type { NodeCategory } from '../../engine/spec/define-node.ts';
import type { Box, Curve } from '../canvas/geometry.ts';
import { boundsOf, edgeCurve } from '../canvas/geometry.ts';
import type { Picture, PictureCard } from './picture.ts';

export const BLOCK_WIDTH = 30;
export const BLOCK_ROW = 14;

/** Blocks spread over this width, within these distances. */
const SPREAD = 172;
const STEP_MIN = 52;
const STEP_MAX = 86;
const BLOCK_GAP = 9;
/** More than this is shrunk by the card. */
const HEIGHT_MAX = 64;
/** Cards whose left edges differ by less stand in one column. */
const COLUMN_SPREAD = 120;
const MARGIN = 4;

export interface ThumbnailBlock {
  readonly id: string;
  readonly box: Box;
  /** One per row of the card. */
  readonly categories: readonly NodeCategory[];
}

export interface Thumbnail {
  readonly blocks: readonly ThumbnailBlock[];
  readonly curves: readonly { readonly id: string; readonly curve: Curve }[];
  /** What must be visible, with a margin for strokes. */
  readonly view: Box;
}

export function thumbnailOf(picture: Picture): Thumbnail {
  const columns = intoColumns(picture.cards);
  // A tall drawing is shown smaller; wider steps keep it as wide as the others.
  const shrunk = Math.min(1, HEIGHT_MAX / Math.max(1, ...columns.map(columnHeight)));
  const step = Math.max(STEP_MIN, Math.min(STEP_MAX, SPREAD / Math.max(1, columns.length - 1))) / shrunk;
  const blocks = new Map<string, ThumbnailBlock>();
  columns.forEach((column, index) => {
    let top = -columnHeight(column) / 2;
    for (const card of column) {
      const box = { x: index * step, y: top, width: BLOCK_WIDTH, height: card.rows.length * BLOCK_ROW };
      blocks.set(card.id, { id: card.id, box, categories: card.rows.map((row) => row.category) });
      top += box.height + BLOCK_GAP;
    }
  });
  const curves = picture.lines.flatMap((line) => {
    const from = blocks.get(line.fromCard);
    const to = blocks.get(line.toCard);
    if (from === undefined || to === undefined) return [];
    return [{ id: line.id, curve: edgeCurve(portOf(from.box, 1), portOf(to.box, 0)) }];
  });
  const bounds = boundsOf([...blocks.values()].map((block) => block.box)) ?? { x: 0, y: 0, width: 0, height: 0 };
  return {
    blocks: [...blocks.values()],
    curves,
    view: { x: bounds.x - MARGIN, y: bounds.y - MARGIN, width: bounds.width + 2 * MARGIN, height: bounds.height + 2 * MARGIN },
  };
}

/** Left to right; inside a column from top to bottom. */
function intoColumns(cards: readonly PictureCard[]): readonly (readonly PictureCard[])[] {
  const columns: PictureCard[][] = [];
  for (const card of [...cards].sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y)) {
    const last = columns.at(-1);
    if (last !== undefined && card.box.x - last[0].box.x < COLUMN_SPREAD) last.push(card);
    else columns.push([card]);
  }
  for (const column of columns) column.sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
  return columns;
}

function columnHeight(column: readonly PictureCard[]): number {
  return column.reduce((sum, card) => sum + card.rows.length * BLOCK_ROW, 0) + BLOCK_GAP * (column.length - 1);
}

/** Middle of the left (0) or right (1) side. */
function portOf(box: Box, side: 0 | 1): { readonly x: number; readonly y: number } {
  return { x: box.x + side * box.width, y: box.y + box.height / 2 };
}
