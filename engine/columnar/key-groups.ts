/** How key groups are dealt out to subtasks, as Flink's `KeyGroupRangeAssignment` does it. */

/** Inclusive range of key groups; start > end means none. */
export interface KeyGroupRange {
  readonly start: number;
  readonly end: number;
}

const MAX_PARALLELISM_FLOOR = 128;
const MAX_PARALLELISM_CEILING = 32768;

/** The subtask that owns a key group. */
export function subtaskOfKeyGroup(keyGroup: number, maxParallelism: number, parallelism: number): number {
  return Math.floor((keyGroup * parallelism) / maxParallelism);
}

/** The key groups of a subtask. */
export function keyGroupRangeOf(subtaskIndex: number, maxParallelism: number, parallelism: number): KeyGroupRange {
  const start = Math.floor((subtaskIndex * maxParallelism + parallelism - 1) / parallelism);
  const end = Math.floor(((subtaskIndex + 1) * maxParallelism - 1) / parallelism);
  return { start, end };
}

/** The max parallelism of a job that states none: 1.5 x parallelism, rounded up to a power of two, within 128…32768. */
export function defaultMaxParallelism(parallelism: number): number {
  const wanted = parallelism + (parallelism >> 1);
  let rounded = 1;
  while (rounded < wanted) rounded *= 2;
  return Math.min(Math.max(rounded, MAX_PARALLELISM_FLOOR), MAX_PARALLELISM_CEILING);
}
