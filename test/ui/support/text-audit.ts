/** Walks every visible text and icon of the page: is it cut without saying so, too small, and does it stand out enough from what is behind it. */
import type { Page } from '@playwright/test';

export interface Finding {
  readonly kind: 'cut' | 'contrast' | 'small' | 'overflow';
  readonly text: string;
  readonly detail: string;
}

const CONTRAST_MIN = 4.5;
const GRAPHICS_MIN = 3;
const SIZE_MIN = 11;

export function auditText(page: Page): Promise<readonly Finding[]> {
  return page.evaluate(
    ({ minimum, graphicsMinimum, sizeMinimum }): Finding[] => {
      type Colour = readonly [number, number, number, number];
      const parse = (text: string): Colour => {
        const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
        return [red, green, blue, alpha];
      };
      const over = (top: Colour, below: Colour): Colour => {
        const mix = (index: 0 | 1 | 2) => top[index] * top[3] + below[index] * (1 - top[3]);
        return [mix(0), mix(1), mix(2), 1];
      };
      const luminance = (colour: Colour) => {
        const [red, green, blue] = [colour[0], colour[1], colour[2]].map((part) => {
          const share = part / 255;
          return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const behind = (element: Element): Colour => {
        const layers: Colour[] = [];
        for (let current: Element | null = element; current !== null; current = current.parentElement) {
          const colour = parse(getComputedStyle(current).backgroundColor);
          layers.push(colour);
          if (colour[3] === 1) break;
        }
        return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1] as Colour);
      };
      const faint = (element: Element) => {
        for (let current: Element | null = element; current !== null; current = current.parentElement) {
          if (Number(getComputedStyle(current).opacity) < 1 || current.matches(':disabled, [data-disabled]')) return true;
        }
        return false;
      };
      const ratioOf = (colour: Colour, ground: Colour) => {
        const [high, low] = [luminance(over(colour, ground)), luminance(ground)].sort((a, b) => b - a);
        return (high + 0.05) / (low + 0.05);
      };
      /** By an ancestor that hides what goes over its edge; the canvas may, it is panned, and what is on it is judged from near by. */
      const clipped = (node: Node, element: Element): string | null => {
        if (element.closest('[data-level="name"] .react-flow__node, [data-level="block"] .react-flow__node') !== null) return null;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        for (let current: Element | null = element; current !== null; current = current.parentElement) {
          if (current.matches('[data-truncates], .react-flow__node, .react-flow')) return null;
          const { overflowX, overflowY } = getComputedStyle(current);
          const edge = current.getBoundingClientRect();
          if (overflowX === 'auto' || overflowX === 'scroll' || overflowY === 'auto' || overflowY === 'scroll') return null;
          if ((overflowX === 'hidden' || overflowX === 'clip') && (box.right > edge.right + 1 || box.left < edge.left - 1))
            return 'at the side';
          if ((overflowY === 'hidden' || overflowY === 'clip') && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2))
            return 'above or below';
        }
        return null;
      };
      const findings: Finding[] = [];
      if (document.documentElement.scrollWidth > window.innerWidth)
        findings.push({ kind: 'overflow', text: 'page', detail: `${document.documentElement.scrollWidth} in ${window.innerWidth}` });
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = node.textContent?.trim() ?? '';
        const element = node.parentElement;
        if (text === '' || element === null || element.closest('.visually-hidden, script, style, title, textarea') !== null) continue;
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        if (box.width <= 1 || box.height <= 1 || style.visibility === 'hidden') continue;
        if (element.closest('[data-truncates]') === null && style.overflow !== 'visible' && element.scrollWidth > element.clientWidth + 1) {
          findings.push({ kind: 'cut', text, detail: `${element.scrollWidth} in ${element.clientWidth}` });
        }
        const by = clipped(node, element);
        if (by !== null) findings.push({ kind: 'cut', text, detail: by });
        if (Number.parseFloat(style.fontSize) < sizeMinimum) findings.push({ kind: 'small', text, detail: style.fontSize });
        if (faint(element) || style.color === 'rgba(0, 0, 0, 0)') continue;
        const ground = behind(element);
        const ratio = ratioOf(parse(style.color), ground);
        if (ratio < minimum)
          findings.push({ kind: 'contrast', text, detail: `${ratio.toFixed(2)} for ${style.color} on ${ground.join(' ')}` });
      }
      for (const icon of document.querySelectorAll('button svg, a svg, [role="img"]')) {
        const box = icon.getBoundingClientRect();
        const stroke = getComputedStyle(icon).stroke;
        if (box.width === 0 || getComputedStyle(icon).visibility === 'hidden' || !stroke.startsWith('rgb') || faint(icon)) continue;
        const ground = behind(icon);
        const ratio = ratioOf(parse(stroke), ground);
        const name =
          icon.closest('button, a')?.getAttribute('aria-label') ?? icon.closest('button, a')?.textContent ?? icon.outerHTML.slice(0, 80);
        if (ratio < graphicsMinimum)
          findings.push({ kind: 'contrast', text: `icon of ${name}`, detail: `${ratio.toFixed(2)} for ${stroke}` });
      }
      return findings;
    },
    { minimum: CONTRAST_MIN, graphicsMinimum: GRAPHICS_MIN, sizeMinimum: SIZE_MIN },
  );
}
