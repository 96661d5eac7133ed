/** How unevenly rows fall to the subtasks of a node, from two readings of their counters. */
import type { SubtaskMetrics } from '../../engine/host/contract.ts';

export interface Skew {
  /** Rows of the fullest subtask over the average of all. */
  readonly factor: number;
  readonly subtask: number;
  /** Of all rows, 0…1. */
  readonly share: number;
}

/** Null with one subtask, or when no row has come in between. */
export function skewOf(now: readonly SubtaskMetrics[], before: readonly SubtaskMetrics[]): Skew | null {
  if (now.length < 2) return null;
  const rows = now.map((each) => {
    const old = before.find((other) => other.subtask === each.subtask);
    const taken = (metrics: SubtaskMetrics | undefined) => (metrics === undefined ? 0 : Math.max(metrics.rowsIn, metrics.rowsOut));
    return Math.max(0, (each.rowsIn > 0 ? each.rowsIn : taken(each)) - (old === undefined ? 0 : each.rowsIn > 0 ? old.rowsIn : taken(old)));
  });
  const total = rows.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const most = Math.max(...rows);
  return { factor: (most * rows.length) / total, subtask: now[rows.indexOf(most)].subtask, share: most / total };
}
