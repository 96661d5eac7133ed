/** The key that most of the newest rows on the way into a node have, looked for while its rows fall unevenly. */
import { useEffect, useState } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { keyColumns } from '../lens/upstream.ts';
import { cellOf, readRowCells } from '../preview/row-cells.ts';
import { followEdge } from '../runs/follow-edge.ts';
import type { HotKey } from '../runs/hot-key.ts';
import { hotKeyOf } from '../runs/hot-key.ts';

const PERIOD_MS = 1000;
const ROWS_KEPT = 500;

export function useHotKey(node: NodeSpec, wanted: boolean): HotKey | null {
  const { runs, documents, host } = useDesigner();
  const runId = useStore(runs, (state) => state.current?.runId ?? null);
  const edgeId = useStore(documents, (state) => state.document.edges.find((edge) => edge.to.node === node.id)?.id ?? null);
  const [found, setFound] = useState<HotKey | null>(null);
  const keys = keyColumns(node);
  const names = keys.join('\n');
  const asks = wanted && keys.length > 0;
  useEffect(() => {
    if (!asks || runId === null || edgeId === null) {
      setFound(null);
      return undefined;
    }
    const columns = names.split('\n');
    let kept: (readonly string[])[] = [];
    return followEdge(host, { runId, edgeId, rowsKept: ROWS_KEPT, periodMs: PERIOD_MS }, (_seen, added) => {
      const keysOfRows = added.map((text) => {
        const cells = readRowCells(text, columns);
        return columns.map((column) => cellOf(cells, column).text);
      });
      kept = [...kept, ...keysOfRows].slice(-ROWS_KEPT);
      setFound(hotKeyOf(kept));
    });
  }, [asks, host, runId, edgeId, names]);
  return found;
}
