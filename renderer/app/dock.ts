/** What stands below the canvas: the dock, or while a run is shown its time strip. */
import type { Designer } from './designer.ts';
import type { DockTab } from './preferences.ts';

/** Opens the dock at a tab, in front of the strip. */
export function showDock({ preferences, shell }: Designer, dockTab: DockTab): void {
  shell.set({ page: 'canvas', strip: false });
  preferences.set({ dockOpen: true, dockTab });
}

/** The strip is there as long as a run is shown and nobody asked for the dock; its place is, as soon as one is asked for. */
export function isStripShown({ runs, shell }: Designer): boolean {
  const { strip, arrangedForRun } = shell.getState();
  return strip && (arrangedForRun || runs.getState().current !== null);
}

/** The dock is there, and it shows this tab. */
export function isDockShown(designer: Designer, tab: DockTab): boolean {
  const { dockOpen, dockTab } = designer.preferences.getState();
  return dockOpen && dockTab === tab && designer.shell.getState().page === 'canvas' && !isStripShown(designer);
}

export function toggleDock(designer: Designer): void {
  const { preferences, shell } = designer;
  if (shell.getState().page !== 'canvas') shell.set({ page: 'canvas' });
  else if (isStripShown(designer)) {
    shell.set({ strip: false });
    preferences.set({ dockOpen: true });
  } else preferences.set({ dockOpen: !preferences.getState().dockOpen });
}

export function toggleStrip(designer: Designer): void {
  if (isStripShown(designer)) {
    designer.shell.set({ strip: false });
    designer.preferences.set({ dockOpen: true });
  } else designer.shell.set({ strip: true });
}
