/** Counts the rows of a batch that come behind the watermark, marks inside the batch included: for display, so times are doubles. */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { OperatorContext } from '../operator.ts';
import type { RowBehind, TimeObserver } from './window-view.ts';

const TWO_32 = 4294967296;

/** What becomes of a row behind the watermark: windows it belongs to, and how many of them had fired. */
export type ClassifyBehind = (eventTime: bigint, watermark: bigint) => Omit<RowBehind, 'eventTime' | 'watermark'>;

/** Selected rows whose time is at or behind the watermark that stood when they came; `watermark` is that before the batch. */
export function countRowsBehind(batch: Batch, time: Column, watermark: bigint): number {
  let behind = 0;
  walkRows(batch, time, watermark, () => {
    behind++;
  });
  return behind;
}

/** The same, telling an observer each of them. */
export function tellRowsBehind(batch: Batch, time: Column, watermark: bigint, observer: TimeObserver, classify: ClassifyBehind): void {
  walkRows(batch, time, watermark, (row, instant, current) => {
    const eventTime = BigInt(instant);
    const at = BigInt(current);
    observer.tell(batch, row, { eventTime, watermark: at, ...classify(eventTime, at) });
  });
}

/** One row behind the watermark of which `taken` of its `windows` were still open. */
export function noteRowBehind(
  { metrics, observer }: OperatorContext,
  batch: Batch,
  row: number,
  eventTime: bigint,
  watermark: bigint,
  windows: number,
  taken: number,
): void {
  const missed = windows - taken;
  metrics.behindRecords++;
  if (missed > 0 && taken > 0) metrics.partlyLateRecords++;
  if (!observer.watching) return;
  const outcome = missed === 0 ? 'counted' : taken > 0 ? 'missed-some' : 'late';
  observer.tell(batch, row, { eventTime, watermark, outcome, missed, windows });
}

function walkRows(batch: Batch, time: Column, before: bigint, found: (row: number, instant: number, watermark: number) => void): void {
  const { memory, selection, selectedCount, markCount } = batch;
  const { i32, u8 } = memory;
  const list = selection >>> 2;
  const markRows = batch.markRows >>> 2;
  const marks = batch.markWatermarks >>> 2;
  const lane = time.data >>> 2;
  let watermark = Number(before);
  let mark = 0;
  for (let at = 0; at < selectedCount; at++) {
    const row = selection === 0 ? at : i32[list + at];
    for (; mark < markCount && i32[markRows + mark] < row; mark++) {
      const next = i32[marks + mark * 2 + 1] * TWO_32 + (i32[marks + mark * 2] >>> 0);
      if (next > watermark) watermark = next;
    }
    const instant = i32[lane + row * 2 + 1] * TWO_32 + (i32[lane + row * 2] >>> 0);
    if (instant <= watermark && (time.validity === 0 || u8[time.validity + row] !== 0)) found(row, instant, watermark);
  }
}
