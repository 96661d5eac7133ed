/** Which panel stands at the left: beside the canvas and remembered, or, in a narrow window and while a pipeline runs, laid over it for the moment. */
import { useDesigner, useStore } from './designer.ts';
import type { PanelName } from './left-panel.ts';
import { OVERLAY_BELOW } from './left-panel.ts';
import { useWindowWidth } from './use-window-width.ts';

export interface LeftPanel {
  readonly panel: PanelName | null;
  readonly overlay: boolean;
  toggle(name: PanelName): void;
  close(): void;
}

export function useLeftPanel(): LeftPanel {
  const { preferences, shell } = useDesigner();
  const pinned = useStore(preferences, (state) => state.leftPinned);
  const arranged = useStore(shell, (state) => state.arrangedForRun);
  const overlay = useWindowWidth() < OVERLAY_BELOW || (arranged && !pinned);
  const beside = useStore(preferences, (state) => state.leftPanel);
  const above = useStore(shell, (state) => state.overlayPanel);
  // Panels stand beside the canvas only: asking for one leads back to it.
  const onCanvas = useStore(shell, (state) => state.page === 'canvas');
  const panel = !onCanvas ? null : overlay ? above : beside;
  const show = (name: PanelName | null) => {
    shell.set({ page: 'canvas', ...(overlay ? { overlayPanel: name } : {}) });
    if (!overlay) preferences.set({ leftPanel: name });
  };
  return { panel, overlay, toggle: (name) => show(panel === name ? null : name), close: () => show(null) };
}
