/** Clicking an edge selects it; while the pipeline runs its newest rows come up in the dock. */
import type { Designer } from '../app/designer.ts';

export function watchEdge(designer: Designer, edgeId: string): void {
  designer.shell.set({ tailEdge: edgeId });
  if (designer.runs.getState().current !== null) designer.preferences.set({ dockOpen: true, dockTab: 'data' });
}
