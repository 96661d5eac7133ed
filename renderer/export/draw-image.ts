/** The drawing as an image file: one SVG that stands by itself, fonts included, and its PNG. */
import type { Box } from '../canvas/geometry.ts';
import { createFileBrush } from '../picture/brushes.ts';
import { drawCard, drawLine, drawNote } from '../picture/draw-picture.ts';
import type { Picture } from '../picture/picture.ts';
import type { Shape } from '../picture/shape.ts';
import { printShape, shape } from '../picture/shape.ts';

export interface ImageOptions {
  readonly theme: 'dark' | 'light';
  readonly notes: boolean;
}

const MARGIN = 36;
const DOT_STEP = 18;
/** Pixels of a PNG; a larger drawing is made smaller. */
const PIXELS_MAX = 24_000_000;
const SIDE_MAX = 16_000;

export interface DrawnImage {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** `fontFace` is the rule that embeds the font; empty: the reader's own. */
export function drawImage(picture: Picture, { theme, notes }: ImageOptions, fontFace: string): DrawnImage {
  const brush = createFileBrush(theme);
  const view = grown(picture.bounds ?? { x: 0, y: 0, width: 0, height: 0 });
  const children: Shape[] = [
    ...(fontFace === '' ? [] : [shape('style', {}, fontFace)]),
    shape(
      'defs',
      {},
      shape(
        'pattern',
        { id: 'dots', width: DOT_STEP, height: DOT_STEP, patternUnits: 'userSpaceOnUse' },
        shape('circle', { cx: 1, cy: 1, r: 0.9, fill: brush.colour('dot') }),
      ),
    ),
    shape('rect', { ...view, fill: brush.colour('canvas') }),
    shape('rect', { ...view, fill: 'url(#dots)' }),
    ...(notes ? picture.notes.map((note) => drawNote(note, brush)) : []),
    ...picture.lines.map((line) => drawLine(line, brush)),
    ...picture.cards.map((card) => drawCard(card, brush)),
  ];
  const { x, y, width, height } = view;
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `${x} ${y} ${width} ${height}` };
  return { svg: `${printShape(shape('svg', attributes, ...children))}\n`, width, height };
}

/** Twice as many pixels as units, or as many as there may be; base64 without a head. */
export async function pngOf({ svg, width, height }: DrawnImage): Promise<string> {
  const scale = Math.min(2, Math.sqrt(PIXELS_MAX / (width * height)), SIDE_MAX / width, SIDE_MAX / height);
  const image = new Image();
  image.src = svgAddress(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no images');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const [, content] = canvas.toDataURL('image/png').split(',');
  return content;
}

export function svgAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

/** The page's own Latin letters as a rule of their own: an image cannot reach the page's fonts. Empty when they are not there. */
export async function embeddedFont(): Promise<string> {
  try {
    const address = fontAddress();
    if (address === null) return '';
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    return `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(data:font/woff2;base64,${btoa(letters)}) format('woff2')}`;
  } catch {
    return '';
  }
}

function fontAddress(): string | null {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule) || !rule.style.getPropertyValue('font-family').includes('Inter')) continue;
      const address = /url\("?([^")]+-latin-[^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (address !== undefined && !address.includes('-latin-ext-')) return new URL(address, sheet.href ?? document.baseURI).href;
    }
  }
  return null;
}

function grown(box: Box): Box {
  return { x: box.x - MARGIN, y: box.y - MARGIN, width: box.width + 2 * MARGIN, height: box.height + 2 * MARGIN };
}
