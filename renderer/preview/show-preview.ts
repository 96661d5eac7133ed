/** Brings up the rows of the selected node over a sample, fresh. */

import type { Designer } from '../app/designer.ts';
import { showDock } from '../app/dock.ts';

export function showPreview(designer: Designer): void {
  showDock(designer, 'data');
  designer.preview.request();
}
