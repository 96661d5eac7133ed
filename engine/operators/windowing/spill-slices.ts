/** Keeps the tables of slices below the memory that they may take: the largest go to disk first. */
import type { GroupState } from '../aggregating/group-state.ts';
import { spillGroups } from '../aggregating/spilled-groups.ts';
import type { OperatorSpill } from '../operator.ts';
import type { SliceSharing } from './slice-sharing.ts';

/** A table doubles when it grows, and is there twice while it is copied. */
const GROWTH = 3;

export function spillAbove(sharing: SliceSharing, { memoryBytes, folder }: OperatorSpill): void {
  const bytesMax = memoryBytes / GROWTH;
  let bytes = 0;
  sharing.visitStates((state) => {
    bytes += state.stateBytes;
  });
  if (bytes <= bytesMax) return;
  const states: GroupState[] = [];
  sharing.visitStates((state) => states.push(state));
  states.sort((left, right) => right.stateBytes - left.stateBytes);
  // Half is left, so that small slices are not written out with every batch.
  for (let at = 0; at < states.length && bytes > bytesMax / 2; at++) {
    bytes -= states[at].stateBytes;
    spillGroups(states[at], folder);
  }
}
