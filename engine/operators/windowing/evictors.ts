/** What leaves a window before or after its contents are looked at; it is gone for good, as in Flink. */
import { EngineError } from '../../base/errors.ts';
import { NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { LONG_MIN, wrap } from '../time/long.ts';
import type { BufferedContents } from './buffered-contents.ts';
import { numberOfEntry } from './numeric-values.ts';

export interface Evictor {
  /** After the function has seen the contents, not before. */
  readonly after: boolean;
  evict(contents: BufferedContents, windowRow: number): void;
}

/** Keeps the last `count` records. */
export function countEvictor(count: number, after: boolean): Evictor {
  return {
    after,
    evict(contents, windowRow) {
      let surplus = contents.countOf(windowRow) - count;
      if (surplus > 0) contents.remove(windowRow, () => surplus-- > 0);
    },
  };
}

/** Drops records that are `keep` or more behind the youngest. Without a time on the first record nothing is dropped. */
export function timeEvictor(keep: bigint, after: boolean, nodeId: string): Evictor {
  return {
    after,
    evict(contents, windowRow) {
      const first = contents.firstOf(windowRow);
      if (first === 0 || contents.timeOf(first) === NO_TIMESTAMP) return;
      let youngest = LONG_MIN;
      for (let record = first; record !== 0; record = contents.after(record)) {
        const time = contents.timeOf(record);
        if (time === NO_TIMESTAMP) failWithoutTime(nodeId);
        if (time > youngest) youngest = time;
      }
      const limit = wrap(youngest - keep);
      contents.remove(windowRow, (record) => contents.timeOf(record) <= limit);
    },
  };
}

/** Drops records whose value is `threshold` or more below that of the last; a record without a value stays. */
export function deltaEvictor(
  threshold: number,
  column: { readonly index: number; readonly type: LogicalType },
  after: boolean,
  memory: JobMemory,
): Evictor {
  const read = numberOfEntry(column.type);
  const valueOf = (contents: BufferedContents, record: number): number | null => {
    const entry = contents.columnOf(record, column.index);
    return entry === null ? null : read(memory, entry, 0);
  };
  return {
    after,
    evict(contents, windowRow) {
      const last = contents.lastOf(windowRow);
      const reference = last === 0 ? null : valueOf(contents, last);
      if (reference === null) return;
      contents.remove(windowRow, (record) => {
        const value = valueOf(contents, record);
        return value !== null && reference - value >= threshold;
      });
    },
  };
}

function failWithoutTime(nodeId: string): never {
  throw new EngineError(
    'MR5034',
    `node ${nodeId}: records with and without a timestamp are in one window, so that none can be dropped by its age`,
    {
      domain: 'user',
      nodeId,
      remedy: 'put a watermark node before the window, or drop records by their number',
    },
  );
}
