/** Which panel stands at the left: beside the canvas and remembered, or, in a narrow window, laid over it for the moment. */
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
  const overlay = useWindowWidth() < OVERLAY_BELOW;
  const beside = useStore(preferences, (state) => state.leftPanel);
  const above = useStore(shell, (state) => state.overlayPanel);
  const panel = overlay ? above : beside;
  const show = (name: PanelName | null) => (overlay ? shell.set({ overlayPanel: name }) : preferences.set({ leftPanel: name }));
  return { panel, overlay, toggle: (name) => show(panel === name ? null : name), close: () => show(null) };
}
