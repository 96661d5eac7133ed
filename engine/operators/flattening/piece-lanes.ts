/** What goes on beside the columns when rows fall apart: row kinds, times, and watermarks behind the last piece of the row they stood behind. */
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import { copyOctets, copyWords } from '../../columnar/batch-transfer.ts';
import type { Address } from '../../columnar/job-memory.ts';

/**
 * The marks of `batch` from the `first` on that belong to `count` pieces, whose rows (ascending) are listed at `rows`. A mark goes with
 * the pieces as soon as none of its row can follow: at the end of the batch (`isLast`), or when a piece of a later row is there.
 */
export function marksOfPieces(
  arena: Arena,
  batch: Batch,
  first: number,
  rows: Address,
  count: number,
  isLast: boolean,
): Pick<Batch, 'markCount' | 'markRows' | 'markWatermarks'> {
  const most = batch.markCount - first;
  if (most === 0) return { markCount: 0, markRows: 0, markWatermarks: 0 };
  const markRows = arena.allocate(4 * most);
  const markWatermarks = arena.allocate(8 * most);
  const { i32, i64 } = arena.memory;
  let markCount = 0;
  let piece = 0;
  for (let mark = first; mark < batch.markCount; mark++) {
    const row = i32[(batch.markRows >>> 2) + mark];
    while (piece < count && i32[(rows >>> 2) + piece] <= row) piece++;
    if (piece === count && !isLast) break;
    i32[(markRows >>> 2) + markCount] = piece - 1;
    i64[(markWatermarks >>> 3) + markCount] = i64[(batch.markWatermarks >>> 3) + mark];
    markCount++;
  }
  return { markCount, markRows, markWatermarks };
}

/** Row kinds and times of `count` pieces, whose rows are listed at `rows`. */
export function lanesOfPieces(arena: Arena, batch: Batch, rows: Address, count: number): Pick<Batch, 'rowKinds' | 'timestamps'> {
  const list = { address: rows, count };
  const { memory } = arena;
  const rowKinds = batch.rowKinds === 0 ? 0 : arena.allocate(Math.max(count, 1));
  const timestamps = batch.timestamps === 0 ? 0 : arena.allocate(8 * Math.max(count, 1));
  if (rowKinds !== 0) copyOctets(memory, batch.rowKinds, list, memory, rowKinds);
  if (timestamps !== 0) copyWords(memory, batch.timestamps, 2, list, memory, timestamps);
  return { rowKinds, timestamps };
}
