/** Brushes of the page: one that follows its theme by itself, one with the fixed colours of a theme, for files. */
import { iconOf } from '../palette/NodeIcon.tsx';
import type { Brush } from './draw-picture.ts';

const FONT = "'Inter Variable', 'PingFang SC', 'Microsoft YaHei UI', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif";
/** Roughly the mean width of a letter, where no canvas can measure. */
const LETTER = 0.56;

/** For drawings inside the page. */
export const pageBrush: Brush = { colour: (token) => `var(--${token})`, icon: iconOf, measure, fontFamily: FONT };

export function createFileBrush(theme: 'dark' | 'light'): Brush {
  const tokens = readTokens(theme);
  return { colour: (token) => tokens.get(token) ?? '#888888', icon: iconOf, measure, fontFamily: FONT };
}

let context: CanvasRenderingContext2D | null = null;

function measure(text: string, sizePx: number, weight: number): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (context === null) return text.length * sizePx * LETTER;
  context.font = `${weight} ${sizePx}px ${FONT}`;
  return context.measureText(text).width;
}

/** The tokens of a theme, shown or not, from the page's own style sheets. */
function readTokens(theme: 'dark' | 'light'): ReadonlyMap<string, string> {
  const tokens = new Map<string, string>();
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || !new RegExp(`data-theme=["']?${theme}`).test(rule.selectorText)) continue;
      for (const name of rule.style) if (name.startsWith('--')) tokens.set(name.slice(2), rule.style.getPropertyValue(name).trim());
    }
  }
  return tokens;
}
