/** Clicking an edge selects it; while the pipeline runs its newest rows come up in the dock. */

import type { Designer } from '../app/designer.ts';
import { showDock } from '../app/dock.ts';

export function watchEdge(designer: Designer, edgeId: string): void {
  designer.shell.set({ tailEdge: edgeId });
  if (designer.runs.getState().current !== null) showDock(designer, 'data');
}
