/** Where the rows that missed a window come from: by sender where there are several, else by key. Pure. */
import type { NodeTime, NodeTimeChannel } from '../../engine/host/contract.ts';
import type { RowCells } from '../preview/row-cells.ts';
import { cellOf } from '../preview/row-cells.ts';
import type { LateLine } from './late-cells.ts';

/** Named one by one; the others together. */
const NAMED_MAX = 3;

export interface LateOrigin {
  readonly kind: 'sender' | 'key' | 'others';
  /** Of a sender. */
  readonly channel: NodeTimeChannel | null;
  /** Values of the key columns. */
  readonly key: readonly string[];
  readonly rows: number;
  /** Of all rows seen that missed a window, 0…1. */
  readonly share: number;
}

/** Empty when there is one sender and no key, or no row has missed a window. */
export function lateOrigins(time: NodeTime, lines: readonly LateLine[], keys: readonly string[]): readonly LateOrigin[] {
  const missed = lines.filter(({ row }) => row.missed > 0);
  const bySender = time.channels.length > 1;
  if (missed.length === 0 || (!bySender && keys.length === 0)) return [];
  const groups = new Map<string, { readonly line: LateLine; rows: number }>();
  for (const line of missed) {
    const name = bySender ? `${line.row.nodeId} ${line.row.subtask}` : JSON.stringify(keyOf(line.cells, keys));
    const known = groups.get(name) ?? { line, rows: 0 };
    known.rows++;
    groups.set(name, known);
  }
  const sorted = [...groups.values()].sort((a, b) => b.rows - a.rows);
  const named = sorted.slice(0, NAMED_MAX).map(({ line, rows }): LateOrigin => {
    const { nodeId, subtask } = line.row;
    const channel = bySender ? (time.channels.find((each) => each.nodeId === nodeId && each.subtask === subtask) ?? null) : null;
    const key = bySender ? [] : keyOf(line.cells, keys);
    return { kind: bySender ? 'sender' : 'key', channel, key, rows, share: rows / missed.length };
  });
  const rest = sorted.slice(NAMED_MAX).reduce((sum, { rows }) => sum + rows, 0);
  return rest === 0 ? named : [...named, { kind: 'others', channel: null, key: [], rows: rest, share: rest / missed.length }];
}

function keyOf(cells: RowCells, keys: readonly string[]): readonly string[] {
  return keys.map((key) => cellOf(cells, key).text);
}
