/** Brings up the rows of the selected node over a sample, fresh. */
import type { Designer } from '../app/designer.ts';

export function showPreview(designer: Designer): void {
  designer.preferences.set({ dockOpen: true, dockTab: 'data' });
  designer.preview.request();
}
