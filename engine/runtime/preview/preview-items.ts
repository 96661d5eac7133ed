/** What crosses a port in a preview: rows as values, watermarks and status between them, in order. */
import type { Batch } from '../../columnar/batch.ts';
import { NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { readRow, readRowKind, selectedRows } from '../../columnar/row-reader.ts';
import { printRow } from '../../columnar/row-text.ts';
import { WATERMARK_MAX, WATERMARK_MIN } from '../../operators/operator.ts';

/** Rows of a port that are kept for the nodes behind it; further ones are only counted. */
const ROWS_KEPT_MAX = 2_000;

export interface PreviewRow {
  readonly values: readonly ColumnValue[];
  readonly kind: number;
  readonly timestamp: bigint | null;
  /** Null for rows beyond those that are shown. */
  readonly text: string | null;
  /** The input row it came from, where that is known; else -1. */
  readonly from: number;
}

export type PreviewItem =
  | { readonly kind: 'row'; readonly row: PreviewRow }
  | { readonly kind: 'watermark'; readonly watermark: bigint }
  | { readonly kind: 'status'; readonly idle: boolean };

/** Collects what leaves a port. */
export class PortItems {
  readonly items: PreviewItem[] = [];
  total = 0;
  private readonly shownMax: number;
  private readonly rowsMax: number;

  /** Rows beyond `rowsMax` are not even counted: the sample of a source ends there. */
  constructor(shownMax: number, rowsMax = Number.POSITIVE_INFINITY) {
    this.shownMax = shownMax;
    this.rowsMax = rowsMax;
  }

  isFull(): boolean {
    return this.total >= this.rowsMax;
  }

  /** Marks inside the batch stay between the rows they stood between. */
  addBatch(batch: Batch, from: number): void {
    const { memory, markCount, markRows, markWatermarks } = batch;
    let mark = 0;
    const addMarksBefore = (row: number): void => {
      for (; mark < markCount && memory.i32[(markRows >>> 2) + mark] < row; mark++)
        this.addWatermark(memory.i64[(markWatermarks >>> 3) + mark]);
    };
    for (const row of selectedRows(batch)) {
      addMarksBefore(row);
      if (this.isFull()) return;
      this.addRow(batch, row, from);
    }
    addMarksBefore(Number.POSITIVE_INFINITY);
  }

  addWatermark(watermark: bigint): void {
    // The end of the input says the same.
    if (watermark !== WATERMARK_MAX) this.items.push({ kind: 'watermark', watermark });
  }

  addStatus(idle: boolean): void {
    this.items.push({ kind: 'status', idle });
  }

  private addRow(batch: Batch, row: number, from: number): void {
    this.total++;
    if (this.total > ROWS_KEPT_MAX) return;
    const timestamp = batch.timestamps === 0 ? NO_TIMESTAMP : batch.memory.i64[(batch.timestamps >>> 3) + row];
    this.items.push({
      kind: 'row',
      row: {
        values: readRow(batch, row),
        kind: readRowKind(batch, row),
        timestamp: timestamp === NO_TIMESTAMP ? null : timestamp,
        text: this.total <= this.shownMax ? printRow(batch, row) : null,
        from,
      },
    });
  }
}

/** Several streams as one: rows by turns, and the lowest of their watermarks. */
export function mergeItems(streams: readonly (readonly PreviewItem[])[]): readonly PreviewItem[] {
  if (streams.length === 1) return streams[0];
  const merged: PreviewItem[] = [];
  const next = streams.map(() => 0);
  const watermarks = streams.map((stream) => (stream.length === 0 ? WATERMARK_MAX : WATERMARK_MIN));
  let announced = WATERMARK_MIN;
  for (let open = streams.length; open > 0; ) {
    open = 0;
    for (const [index, stream] of streams.entries()) {
      const item = stream[next[index]];
      next[index]++;
      if (item?.kind === 'row') merged.push(item);
      else if (item?.kind === 'watermark') watermarks[index] = item.watermark;
      if (next[index] >= stream.length) watermarks[index] = WATERMARK_MAX;
      else open++;
      const lowest = watermarks.reduce((low, each) => (each < low ? each : low));
      if (lowest === announced || lowest === WATERMARK_MAX) continue;
      announced = lowest;
      merged.push({ kind: 'watermark', watermark: lowest });
    }
  }
  return merged;
}

export function rowsOf(items: readonly PreviewItem[]): PreviewRow[] {
  return items.flatMap((item) => (item.kind === 'row' ? [item.row] : []));
}
