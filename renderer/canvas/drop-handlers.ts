/** What is dropped on the canvas from outside: palette items, into an edge where they fit, and files. */
import type { DragEvent } from 'react';
import { useMemo } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner } from '../app/designer.ts';
import { insertableEntryAt } from '../app/drag-results.ts';
import { openDroppedPipelines } from '../app/dropped-pipelines.ts';
import { addEntry, centredAt, dropOnEdge } from '../app/editing.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { paletteEntry } from '../document/definitions.ts';
import { DRAG_TYPE, draggedEntry } from '../palette/drag.ts';

export function useDropHandlers() {
  const designer = useDesigner();
  return useMemo(() => {
    const edgeFor = (event: DragEvent, entry: PaletteEntry) => {
      const point = designer.canvas?.toDrawing({ x: event.clientX, y: event.clientY });
      return point === undefined ? null : insertableEntryAt(designer, entry, point);
    };
    return {
      onDragOver(event: DragEvent) {
        const files = event.dataTransfer.types.includes('Files');
        if (!files && !event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        if (files) return;
        // The key itself is readable only at the drop; the palette says meanwhile what it drags.
        const entry = paletteEntry(draggedEntry() ?? '');
        designer.gestures.set({ inserting: entry === null ? null : edgeFor(event, entry) });
      },
      onDragLeave: () => designer.gestures.set({ inserting: null }),
      onDrop(event: DragEvent) {
        designer.gestures.set({ inserting: null });
        if (event.dataTransfer.files.length > 0 && designer.canvas !== null) {
          event.preventDefault();
          const at = centredAt(designer.canvas.toDrawing({ x: event.clientX, y: event.clientY }));
          void openDroppedPipelines(designer, [...event.dataTransfer.files]).then((files) => {
            if (files.length > 0) designer.gestures.set({ dropped: { files, at } });
          });
          return;
        }
        const entry = paletteEntry(event.dataTransfer.getData(DRAG_TYPE));
        if (entry !== null) dropEntry(designer, entry, edgeFor(event, entry), event);
      },
    };
  }, [designer]);
}

function dropEntry(designer: Designer, entry: PaletteEntry, edge: string | null, event: DragEvent): void {
  if (designer.canvas === null) return;
  event.preventDefault();
  const at = centredAt(designer.canvas.toDrawing({ x: event.clientX, y: event.clientY }));
  designer.canvas.focusNode(edge === null ? addEntry(designer, entry, at) : dropOnEdge(designer, entry, edge, at));
}
