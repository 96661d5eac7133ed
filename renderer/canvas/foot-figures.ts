/** What a foot shows: of a node, of a task from its first to its last node, or of a whole group. */
import type { NodeLive } from '../runs/live-metrics.ts';
import type { CardRow } from './card.ts';

export interface FootFigures {
  /** Null: nothing comes in that way, so the total is shown. */
  readonly rateIn: number | null;
  readonly rateOut: number | null;
  readonly rowsIn: number | null;
  readonly rowsOut: number | null;
  /** Shares, 0…1. */
  readonly busy: number;
  readonly pressed: number;
  readonly watermark: number | null;
  readonly atMs: number;
  /** All nodes that the foot stands for. */
  readonly nodes: readonly string[];
  readonly stateBytes: number;
  readonly stateKeys: number;
}

/** First in → last out; the work of all of them, and how much they wait for those after them. */
export function taskFigures(rows: readonly CardRow[], nodeOf: (id: string) => NodeLive | null): FootFigures {
  const first = rows[0];
  const last = rows[rows.length - 1];
  const all = rows.map((row) => nodeOf(row.node.id));
  const firstLive = all[0];
  const lastLive = all[all.length - 1];
  const source = first.shape.inputs.length === 0;
  const sink = last.shape.outputs.every((port) => port.role !== 'main');
  return {
    rateIn: source ? null : (firstLive?.rateIn ?? 0),
    rateOut: sink ? null : (lastLive?.rateOut ?? 0),
    rowsIn: source ? (lastLive?.rowsOut ?? null) : (firstLive?.rowsIn ?? null),
    rowsOut: sink ? (lastLive?.rowsIn ?? null) : (lastLive?.rowsOut ?? null),
    busy: Math.min(
      1,
      all.reduce((sum, live) => sum + (live?.busy ?? 0), 0),
    ),
    pressed: lastLive?.pressed ?? 0,
    watermark: lastLive?.watermark ?? null,
    atMs: lastLive?.atMs ?? 0,
    nodes: rows.map((row) => row.node.id),
    stateBytes: all.reduce((sum, live) => sum + (live?.stateBytes ?? 0), 0),
    stateKeys: all.reduce((sum, live) => sum + (live?.stateKeys ?? 0), 0),
  };
}
