/** The key that most of the newest rows on the way into a node have, looked for while its rows fall unevenly. */
import { useEffect, useState } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { keyColumns } from '../lens/upstream.ts';
import { cellOf, readRowCells } from '../preview/row-cells.ts';
import type { HotKey } from '../runs/hot-key.ts';
import { hotKeyOf } from '../runs/hot-key.ts';

const PERIOD_MS = 1000;
/** Rows of one answer, and of the last answers together. */
const ROWS_ASKED = 100;
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
    let over = false;
    const ask = async () => {
      const answer = await host.call('run.tail', { runId, edgeId, rowsMax: ROWS_ASKED }).catch(() => null);
      if (over || answer === null) return;
      const seen = answer.rows.map((text) => {
        const cells = readRowCells(text, columns);
        return columns.map((column) => cellOf(cells, column).text);
      });
      kept = [...kept, ...seen].slice(-ROWS_KEPT);
      setFound(hotKeyOf(kept));
    };
    void ask();
    const timer = setInterval(() => void ask(), PERIOD_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [asks, host, runId, edgeId, names]);
  return found;
}
