/** Draws a picture's cards, lines and notes as shapes, in the look of the canvas at rest. Colours, icons and widths of words come from outside. */
import type { NodeCategory } from '../../engine/spec/define-node.ts';
import type { NoteSpec } from '../../engine/spec/document.ts';
import { svgPath } from '../canvas/geometry.ts';
import { CATEGORY_TINTS } from './category-tint.ts';
import type { PictureCard, PictureLine, PictureRow } from './picture.ts';
import type { Shape } from './shape.ts';
import { shape } from './shape.ts';
import { noteTint, tintGround } from './tints.ts';

export interface Brush {
  /** A colour token by its name without dashes in front: `raised`. */
  colour(token: string): string;
  icon(
    type: string,
    category: NodeCategory,
    icon: string,
  ): { readonly viewBox: string; readonly shapes: readonly (readonly [string, Readonly<Record<string, string>>])[] };
  /** Width of words in px. */
  measure(text: string, sizePx: number, weight: number): number;
  readonly fontFamily: string;
}

const WORDS_LEFT = 49;
const WORDS_RIGHT = 14;
const TILE = 28;
const NOTE_PADDING = 12;
const NOTE_LINE = 16;

export function drawLine(line: PictureLine, brush: Brush, colour = 'ctl'): Shape {
  const late = line.role === 'late';
  return shape('path', {
    d: svgPath(line.curve),
    fill: 'none',
    stroke: brush.colour(late && colour === 'ctl' ? 'late' : colour),
    'stroke-width': 1.75,
    ...(late ? { 'stroke-dasharray': '7 5' } : {}),
  });
}

export function drawCard(card: PictureCard, brush: Brush): Shape {
  const { x, y, width, height } = card.box;
  const frame = { width, height, rx: 8, fill: brush.colour('raised'), stroke: brush.colour('line2') };
  const off = card.rows.every((row) => row.off);
  return shape(
    'g',
    { transform: `translate(${x} ${y})` },
    ...(card.isGroup ? [shape('rect', { ...frame, x: 5, y: 5 })] : []),
    shape('rect', { ...frame, ...(off ? { 'stroke-dasharray': '4 3' } : {}) }),
    ...card.rows.flatMap((row, index) => drawRow(row, index > 0, width, brush)),
  );
}

function drawRow(row: PictureRow, chained: boolean, width: number, brush: Brush): readonly Shape[] {
  const tint = CATEGORY_TINTS[row.category];
  const { viewBox, shapes } = brush.icon(row.type, row.category, row.icon);
  const wordsMax = width - WORDS_LEFT - WORDS_RIGHT;
  const opacity = row.off ? 0.6 : 1;
  const icon = shape(
    'svg',
    {
      x: 17,
      y: row.top + 18,
      width: 16,
      height: 16,
      viewBox,
      fill: 'none',
      color: brush.colour(`glyph-${tint}`),
      stroke: brush.colour(`glyph-${tint}`),
      'stroke-width': 1.75,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    },
    ...shapes.map(([tag, attributes]) => shape(tag, attributes)),
  );
  return [
    ...(chained
      ? [
          shape('path', { d: `M0 ${row.top}h${width}`, stroke: brush.colour('line') }),
          shape('circle', { cx: 25, cy: row.top, r: 3, fill: brush.colour('ctl') }),
        ]
      : []),
    shape('rect', { x: 11, y: row.top + 12, width: TILE, height: TILE, rx: 6, fill: brush.colour(`tile-${tint}`) }),
    icon,
    words(fitted(row.label, wordsMax, 13, 600, brush), row.top + 23, 13, 600, row.off ? 'ink2' : 'ink', opacity, brush),
    words(fitted(row.summary, wordsMax, 11, 400, brush), row.top + 38, 11, 400, 'ink2', opacity, brush),
  ];
}

function words(text: string, y: number, size: number, weight: number, token: string, opacity: number, brush: Brush): Shape {
  const attributes = {
    x: WORDS_LEFT,
    y,
    fill: brush.colour(token),
    'font-family': brush.fontFamily,
    'font-size': size,
    'font-weight': weight,
  };
  return shape('text', opacity === 1 ? attributes : { ...attributes, opacity }, text);
}

/** The whole text, or as much of it as there is room for, with an ellipsis. */
export function fitted(text: string, width: number, size: number, weight: number, brush: Pick<Brush, 'measure'>): string {
  const line = text.replaceAll(/\s+/g, ' ');
  if (brush.measure(line, size, weight) <= width) return line;
  const characters = [...line];
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (brush.measure(`${characters.slice(0, middle).join('').trimEnd()}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${characters.slice(0, low).join('').trimEnd()}…`;
}

export function drawNote(note: NoteSpec, brush: Brush): Shape {
  const tint = noteTint(note.colour);
  const room = note.width - 2 * NOTE_PADDING;
  const linesMax = Math.max(1, Math.floor((note.height - 2 * NOTE_PADDING + 4) / NOTE_LINE));
  const wrapped = note.text.split(/\r\n|\r|\n/).flatMap((line) => wrap(plainWords(line), room, brush));
  const shown = wrapped.length > linesMax ? [...wrapped.slice(0, linesMax - 1), `${wrapped[linesMax - 1]}…`] : wrapped;
  return shape(
    'g',
    { transform: `translate(${note.x} ${note.y})` },
    shape('rect', { width: note.width, height: note.height, rx: 6, fill: brush.colour(tint === null ? 'brass-soft' : tintGround(tint)) }),
    ...shown.map((line, index) =>
      shape(
        'text',
        {
          x: NOTE_PADDING,
          y: NOTE_PADDING + 12 + index * NOTE_LINE,
          fill: brush.colour('ink'),
          'font-family': brush.fontFamily,
          'font-size': 12,
        },
        fitted(line, room, 12, 400, brush),
      ),
    ),
  );
}

/** Markdown as one reads it aloud: without its marks. */
function plainWords(line: string): string {
  return line
    .replace(/^\s*#{1,6}\s+/, '')
    .replace(/^\s*[-*+]\s+/, '• ')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(\*\*|__|`)/g, '');
}

/** Between words; Chinese breaks anywhere. */
function wrap(line: string, width: number, brush: Brush): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of line.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g) ?? []) {
    if (current !== '' && brush.measure(current + piece.trimEnd(), 12, 400) > width) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += piece;
  }
  return [...lines, current.trimEnd()];
}
