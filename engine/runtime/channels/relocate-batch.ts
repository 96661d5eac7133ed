/** Makes a batch whose bytes were copied elsewhere its own: views in it still point to where it was made. */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { isByteView } from '../../columnar/lanes.ts';

export function relocateBatch(batch: Batch, delta: number): void {
  for (const column of batch.columns) relocate(batch.memory, column, batch.rowCount, delta);
}

function relocate(memory: JobMemory, column: Column, rowCount: number, delta: number): void {
  for (const child of column.children) relocate(memory, child, rowCount, delta);
  if (column.data === 0 || !isByteView(column.type)) return;
  const first = column.data >>> 2;
  for (let row = 0; row < rowCount; row++) memory.i32[first + 2 * row] += delta;
}
