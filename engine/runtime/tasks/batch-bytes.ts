/** Size of a batch, for metrics. */

import type { Batch, Column } from '../../columnar/batch.ts';
import { selectionOf, transferBytes } from '../../columnar/batch-transfer.ts';

/** What a value behind the boxed interface counts for. */
const BOXED_BYTES = 32;

/** Bytes of the selected rows, strings included; reads every string view, so it is called for some batches only. */
export function bytesOf(batch: Batch): number {
  const boxed = batch.columns.filter(hasBoxed).length;
  if (boxed > 0) return batch.selectedCount * batch.columns.length * BOXED_BYTES;
  return transferBytes(batch, selectionOf(batch));
}

function hasBoxed(column: Column): boolean {
  return column.boxed !== null || column.children.some(hasBoxed);
}
