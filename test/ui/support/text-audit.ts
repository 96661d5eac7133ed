/** Walks every visible text of the page: is it cut without saying so, and does it stand out enough from what is behind it. */
import type { Page } from '@playwright/test';

export interface Finding {
  readonly kind: 'cut' | 'contrast';
  readonly text: string;
  readonly detail: string;
}

const CONTRAST_MIN = 4.5;

export function auditText(page: Page): Promise<readonly Finding[]> {
  return page.evaluate((minimum): Finding[] => {
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
    const findings: Finding[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const element = node.parentElement;
      if (text === '' || element === null || element.closest('.visually-hidden, script, style, title') !== null) continue;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (box.width === 0 || box.height === 0 || style.visibility === 'hidden') continue;
      if (element.closest('[data-truncates]') === null && style.overflow !== 'visible' && element.scrollWidth > element.clientWidth + 1) {
        findings.push({ kind: 'cut', text, detail: `${element.scrollWidth} in ${element.clientWidth}` });
      }
      if (faint(element) || style.color === 'rgba(0, 0, 0, 0)') continue;
      const ground = behind(element);
      const [high, low] = [luminance(over(parse(style.color), ground)), luminance(ground)].sort((a, b) => b - a);
      const ratio = (high + 0.05) / (low + 0.05);
      if (ratio < minimum)
        findings.push({ kind: 'contrast', text, detail: `${ratio.toFixed(2)} for ${style.color} on ${ground.join(' ')}` });
    }
    return findings;
  }, CONTRAST_MIN);
}
