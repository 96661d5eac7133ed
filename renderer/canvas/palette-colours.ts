/** The tokens as the canvas painter needs them: read once from the page, again when the theme changes. */

const NAMES = [
  'canvas',
  'dot',
  'panel',
  'raised',
  'line',
  'line2',
  'ctl',
  'ink',
  'ink2',
  'ink3',
  'accent',
  'accent-soft',
  'flow',
  'bed',
  'press',
  'press-soft',
  'press-fill',
  'hot',
  'tide',
  'tide-soft',
  'late',
  'late-soft',
  'err',
  'err-soft',
  'brass',
  'ok',
  'hover',
] as const;

export type ColourName = (typeof NAMES)[number];
export type Colours = Readonly<Record<ColourName, string>>;

let cached: Colours | null = null;
const listeners = new Set<() => void>();

export function colours(): Colours {
  if (cached === null) {
    const style = getComputedStyle(document.documentElement);
    cached = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Record<ColourName, string>;
  }
  return cached;
}

/** Calls back after the theme of the page changed. */
export function onColoursChanged(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function watchTheme(): void {
  new MutationObserver(() => {
    cached = null;
    for (const listener of listeners) listener();
  }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
}
