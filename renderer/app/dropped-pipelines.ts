/** Pipeline files that are dropped on the desktop's window are opened where they lie; every other file is left to the canvas. */
import { openPath } from '../files/pipeline-files.ts';
import { isDesktop, pathForFile } from '../host/desktop.ts';
import type { Designer } from './designer.ts';

const BYTES_MAX = 8 * 1024 * 1024;

/** Answers the files that are no pipelines. */
export async function openDroppedPipelines(designer: Designer, files: readonly File[]): Promise<readonly File[]> {
  if (!isDesktop()) return files;
  const others: File[] = [];
  for (const file of files) {
    const path = (await isPipeline(file)) ? await pathForFile(file) : null;
    if (path === null) others.push(file);
    else await openPath(designer, path);
  }
  return others;
}

/** JSON may be data as well: a pipeline is an object with nodes and edges. */
async function isPipeline(file: File): Promise<boolean> {
  if (!file.name.endsWith('.json') || file.size > BYTES_MAX) return false;
  try {
    const value: unknown = JSON.parse(await file.text());
    return typeof value === 'object' && value !== null && 'nodes' in value && 'edges' in value;
  } catch {
    return false;
  }
}

/** Outside of the canvas, on Start for one, only pipelines can be dropped. */
export function listenForDroppedPipelines(designer: Designer): void {
  const dropped = (event: DragEvent): boolean => !event.defaultPrevented && event.dataTransfer?.types.includes('Files') === true;
  window.addEventListener('dragover', (event) => {
    if (!dropped(event) || event.dataTransfer === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  window.addEventListener('drop', (event) => {
    if (!dropped(event)) return;
    event.preventDefault();
    void openDroppedPipelines(designer, [...(event.dataTransfer?.files ?? [])]);
  });
}
