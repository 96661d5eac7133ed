/** What the inspector shows of a node: which tab, its spec as code instead of the form, the help beside it. Stays while one goes from node to node. */
import { createStore } from 'zustand/vanilla';

export type InspectorTab = 'settings' | 'columns' | 'data' | 'notes';

export interface InspectorView {
  readonly tab: InspectorTab;
  readonly code: boolean;
  readonly help: boolean;
}

export const inspectorView = createStore<InspectorView>(() => ({ tab: 'settings', code: false, help: false }));

export function toggleHelp(): void {
  inspectorView.setState((state) => ({ help: !state.help }));
}

export function toggleCode(): void {
  inspectorView.setState((state) => ({ code: !state.code }));
}
