/** The regions of the window in reading order: a key goes from one to the next, back to where the focus was in it. */
import i18next from 'i18next';
import type { Designer } from './designer.ts';

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), select, textarea, a[href], [tabindex="0"]';

/** By then a closed dialog has given the focus back, and other controls are drawn. */
const SETTLED_MS = 50;

/** Where the focus was last. */
let newest: HTMLElement | null = null;

/** Region by region; a region that is drawn anew forgets it. */
const last = new WeakMap<Element, HTMLElement>();

export function rememberRegions(): () => void {
  const onFocus = (event: FocusEvent) => {
    const region = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-region]') : null;
    newest = region;
    if (region !== null && event.target instanceof HTMLElement) last.set(region, event.target);
  };
  document.addEventListener('focusin', onFocus);
  return () => document.removeEventListener('focusin', onFocus);
}

/**
 * The focus is never lost: a dialog that was opened while nothing had it leaves it to the drawing, and controls that a run
 * puts in the place of others take it from those.
 */
export function keepFocus(designer: Designer): () => void {
  const lost = () => document.activeElement === document.body && designer.shell.getState().dialog === null;
  const stops = [
    designer.shell.subscribe((state, previous) => {
      if (previous.dialog === null || state.dialog !== null) return;
      setTimeout(() => (lost() ? designer.canvas?.focusNode(null) : undefined), SETTLED_MS);
    }),
    designer.runs.subscribe((state, previous) => {
      if (state.current?.phase === previous.current?.phase && state.pending === previous.pending) return;
      setTimeout(() => (lost() && newest?.isConnected === true ? targetIn(newest)?.focus() : undefined), SETTLED_MS);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

export function cycleRegions(designer: Designer, direction: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => targetIn(region) !== null);
  if (regions.length === 0) return;
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[at < 0 ? 0 : (at + direction + regions.length) % regions.length];
  if (next === undefined) return;
  targetIn(next)?.focus({ focusVisible: true } as FocusOptions);
  next.dataset['reached'] = '';
  next.addEventListener('focusout', () => delete next.dataset['reached'], { once: true });
  designer.shell.say(i18next.t(`region.${regionName(next)}`));
}

function targetIn(region: HTMLElement): HTMLElement | null {
  const remembered = last.get(region);
  if (remembered?.isConnected === true && region.contains(remembered) && isVisible(remembered)) return remembered;
  const chosen = region.querySelector<HTMLElement>('[aria-selected="true"], [aria-current="true"]');
  if (chosen !== null && isVisible(chosen)) return chosen;
  return [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find((element) => element.tabIndex >= 0 && isVisible(element)) ?? null;
}

function isVisible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

const NAMES = ['title', 'tools', 'rail', 'left', 'canvas', 'inspector', 'dock', 'status', 'start', 'gallery'] as const;

function regionName(region: HTMLElement): (typeof NAMES)[number] {
  return NAMES.find((name) => name === region.dataset['region']) ?? 'canvas';
}
