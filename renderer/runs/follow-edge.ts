/** Asks for the rows of an edge of a running pipeline as they come, and keeps the newest: only what is new crosses the wire. */
import { useEffect, useState } from 'react';
import type { HostClient } from '../../engine/host/contract.ts';
import { useDesigner } from '../app/designer.ts';

export interface EdgeToFollow {
  readonly runId: string;
  readonly edgeId: string;
  readonly rowsKept: number;
  readonly periodMs: number;
}

export interface EdgeRows {
  /** JSON texts, oldest first. */
  readonly rows: readonly string[];
  /** Rows that crossed the edge, shown or not. */
  readonly total: number;
}

/** Tells at once and then whatever changed, and what of it is new, until the returned function is called. */
export function followEdge(host: HostClient, edge: EdgeToFollow, changed: (seen: EdgeRows, added: readonly string[]) => void): () => void {
  const { runId, edgeId, rowsKept, periodMs } = edge;
  let over = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let seen: (EdgeRows & { readonly last: number }) | null = null;
  const ask = async () => {
    const answer = await host.call('run.tail', { runId, edgeId, afterSequence: seen?.last ?? 0, rowsMax: rowsKept }).catch(() => null);
    if (over) return;
    // Only a clock that was set back makes numbers smaller: the next answer tells all there is.
    if (answer !== null && seen !== null && answer.last < seen.last) seen = { ...seen, rows: [], last: 0 };
    else if (answer !== null && (seen === null || answer.rows.length > 0 || answer.total !== seen.total)) {
      const rows = answer.rows.length === 0 ? (seen?.rows ?? []) : [...(seen?.rows ?? []), ...answer.rows].slice(-rowsKept);
      seen = { rows, total: answer.total, last: answer.last };
      changed(seen, answer.rows);
    }
    timer = setTimeout(() => void ask(), periodMs);
  };
  void ask();
  return () => {
    over = true;
    if (timer !== null) clearTimeout(timer);
  };
}

/** Null until the first answer; what was seen stays while `held`. `edge` null: nothing is asked. */
export function useEdgeRows(edge: EdgeToFollow | null, held: boolean): EdgeRows | null {
  const { host } = useDesigner();
  const [seen, setSeen] = useState<(EdgeRows & { readonly of: string }) | null>(null);
  const { runId = null, edgeId = null, rowsKept = 0, periodMs = 0 } = edge ?? {};
  const watched = `${runId} ${edgeId}`;
  useEffect(() => {
    if (runId === null || edgeId === null || held) return undefined;
    return followEdge(host, { runId, edgeId, rowsKept, periodMs }, (now) => setSeen({ ...now, of: `${runId} ${edgeId}` }));
  }, [host, runId, edgeId, rowsKept, periodMs, held]);
  return seen?.of === watched ? seen : null;
}
