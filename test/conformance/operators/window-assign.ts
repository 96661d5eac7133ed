/** Vectors of window assignment and of the merging of sessions. */
import { Arena } from '../../../engine/columnar/arena.ts';
import { JobMemory } from '../../../engine/columnar/job-memory.ts';
import { buildBatch } from '../../../engine/columnar/row-builder.ts';
import type { TimeWindow } from '../../../engine/operators/windowing/merge-windows.ts';
import { mergeWindows } from '../../../engine/operators/windowing/merge-windows.ts';
import type { Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import type { Exact, ExactObject } from './vector.ts';
import { integer, list, object, text } from './vector.ts';
import { assignerOf } from './window.ts';

const NO_ROWS = buildBatch(new Arena(new JobMemory()), { fields: [] }, []);

export const windowAssignAdapter: Adapter = {
  family: 'window-assign',
  adapt({ operator }) {
    if (operator.type === 'merge')
      return { step: (step) => toOutput(mergeWindows(list(step.windows).map(windowOf)).map((group) => group.window)) };
    const assigner = assignerOf(object(operator.assigner));
    if (assigner === null) return missing(`assigner ${text(object(operator.assigner).type)}`);
    return {
      step(step) {
        const windows: TimeWindow[] = [];
        assigner.assign(integer(step.ts), NO_ROWS, 0, { add: (start, end) => windows.push({ start, end }) });
        return toOutput(windows);
      },
    };
  },
};

function windowOf(pair: Exact): TimeWindow {
  const [start, end] = list(pair);
  return { start: integer(start), end: integer(end) };
}

/** Recorded as pairs, ascending by start. */
function toOutput(windows: readonly TimeWindow[]): ExactObject[] {
  const sorted = [...windows].sort((left, right) => (left.start < right.start ? -1 : 1));
  return sorted.map(({ start, end }) => [start, end] as unknown as ExactObject);
}
