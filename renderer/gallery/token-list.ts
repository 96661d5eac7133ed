/** The tokens as the gallery shows them: names, and what their contrast is measured on. */
export type Ground = 'panel' | 'canvas';

export type TokenName =
  | 'canvas'
  | 'bg'
  | 'panel'
  | 'raised'
  | 'inset'
  | 'hover'
  | 'line'
  | 'line2'
  | 'ctl'
  | 'ink'
  | 'ink2'
  | 'ink3'
  | 'accent'
  | 'flow'
  | 'press'
  | 'press-fill'
  | 'tide'
  | 'late'
  | 'hot'
  | 'brass'
  | 'ok'
  | 'err'
  | 'err-fill'
  | 'accent-fill';

export interface TokenSample {
  readonly name: TokenName;
  /** Null: a surface or a decoration, whose contrast says nothing. */
  readonly on: Ground | null;
}

const surface = (name: TokenName): TokenSample => ({ name, on: null });
const text = (name: TokenName): TokenSample => ({ name, on: 'panel' });

export const SURFACES: readonly TokenSample[] = [
  ...(['canvas', 'bg', 'panel', 'raised', 'inset', 'hover', 'line', 'line2'] as const).map(surface),
  ...(['ctl', 'ink', 'ink2', 'ink3'] as const).map(text),
];

export const MEANINGS: readonly TokenSample[] = [
  text('accent'),
  { name: 'flow', on: 'canvas' },
  text('press'),
  { name: 'press-fill', on: 'canvas' },
  ...(['tide', 'late', 'hot', 'brass', 'ok', 'err'] as const).map(text),
  surface('err-fill'),
  surface('accent-fill'),
];

export const TYPE_SCALE = [
  { key: 'figures', size: 24, line: 30, weight: 600, code: false },
  { key: 'headline', size: 18, line: 24, weight: 600, code: false },
  { key: 'section', size: 15, line: 20, weight: 600, code: false },
  { key: 'body', size: 13, line: 18, weight: 400, code: false },
  { key: 'node', size: 13, line: 17, weight: 600, code: false },
  { key: 'label', size: 12, line: 16, weight: 400, code: false },
  { key: 'hint', size: 11, line: 14, weight: 400, code: false },
  { key: 'code', size: 12.5, line: 20, weight: 400, code: true },
] as const;

export const SPACES = [4, 8, 12, 16, 20, 24, 32] as const;
export const RADII = ['chip', 'control', 'card', 'dialog'] as const;
export const SHADOWS = ['node', 'drag', 'dialog'] as const;
export const MOTIONS = ['fast', 'menu', 'panel-time', 'jump'] as const;
export const TINTS = ['io', 'transform', 'time', 'state', 'join', 'cep', 'ml'] as const;
export type TintName = (typeof TINTS)[number];

/** Of the page as it is shown now, in the token's own words: a colour, a length, a duration. */
export function tokenValue(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** WCAG's ratio of two colours written as #rrggbb. */
export function contrastOf(first: string, second: string): number {
  const [high, low] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
