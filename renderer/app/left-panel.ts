/** Which panels may stand at the left, and how actions open them: in a narrow window they lie over the canvas. */
import type { Designer } from './designer.ts';

export const OVERLAY_BELOW = 1200;

export type PanelName = 'nodes' | 'outline' | 'search';

export function openLeftPanel({ preferences, shell }: Designer, name: PanelName): void {
  if (window.innerWidth < OVERLAY_BELOW) shell.set({ overlayPanel: name });
  else preferences.set({ leftPanel: name });
}

export function toggleLeftPanel(designer: Designer, name: PanelName): void {
  if (!isLeftPanel(designer, name)) openLeftPanel(designer, name);
  else if (window.innerWidth < OVERLAY_BELOW) designer.shell.set({ overlayPanel: null });
  else designer.preferences.set({ leftPanel: null });
}

export function isLeftPanel({ preferences, shell }: Designer, name: PanelName): boolean {
  return (window.innerWidth < OVERLAY_BELOW ? shell.getState().overlayPanel : preferences.getState().leftPanel) === name;
}
