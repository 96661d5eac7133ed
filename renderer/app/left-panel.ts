/** Which panels may stand at the left, and how they are opened: in a narrow window, and while a pipeline runs, they lie over the canvas. */
import type { Designer } from './designer.ts';

export const OVERLAY_BELOW = 1200;

export type PanelName = 'nodes' | 'outline' | 'search';

export function openLeftPanel(designer: Designer, name: PanelName): void {
  designer.shell.set({ page: 'canvas' });
  if (liesOver(designer)) designer.shell.set({ overlayPanel: name });
  else designer.preferences.set({ leftPanel: name });
}

export function toggleLeftPanel(designer: Designer, name: PanelName): void {
  if (!isLeftPanel(designer, name)) openLeftPanel(designer, name);
  else if (liesOver(designer)) designer.shell.set({ overlayPanel: null });
  else designer.preferences.set({ leftPanel: null });
}

/** Panels stand beside the canvas only. */
export function isLeftPanel(designer: Designer, name: PanelName): boolean {
  if (designer.shell.getState().page !== 'canvas') return false;
  return (liesOver(designer) ? designer.shell.getState().overlayPanel : designer.preferences.getState().leftPanel) === name;
}

function liesOver(designer: Designer): boolean {
  return window.innerWidth < OVERLAY_BELOW || (designer.shell.getState().arrangedForRun && !designer.preferences.getState().leftPinned);
}
