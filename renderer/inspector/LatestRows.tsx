/** The newest rows of a running node: of its first output, or of what comes into a sink; held still on request. */
import { Pause, Play, SquareArrowOutDownLeft } from 'lucide-react';
import { useState } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { cellOf, readRowCells } from '../preview/row-cells.ts';
import { useEdgeRows } from '../runs/follow-edge.ts';
import { watchEdge } from '../runs/watch-edge.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import style from './running.module.css';

const PERIOD_MS = 1000;
const ROWS_SHOWN = 5;
/** Also those that no row has come for yet. */
const PLACES = Array.from({ length: ROWS_SHOWN }, (_place, index) => index);
const COLUMNS_SHOWN = 3;
const ICON = { size: 13, strokeWidth: 1.75 };

export function LatestRows({ nodeId }: { readonly nodeId: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  const runId = useStore(designer.runs, (state) => state.current?.runId ?? null);
  const out = useStore(designer.documents, (state) => state.document.edges.find((edge) => edge.from.node === nodeId)?.id ?? null);
  const into = useStore(designer.documents, (state) => state.document.edges.find((edge) => edge.to.node === nodeId)?.id ?? null);
  const edgeId = out ?? into;
  const resolved = useStore(designer.checks, (state) => (edgeId === null ? undefined : state.edges.get(edgeId)));
  const followed = runId === null || edgeId === null ? null : { runId, edgeId, rowsKept: ROWS_SHOWN, periodMs: PERIOD_MS };
  const rows = [...(useEdgeRows(followed, held)?.rows ?? [])].reverse();
  if (edgeId === null || resolved === undefined) return null;
  const all = resolved.schema.fields.map((field) => field.name);
  const names = all.slice(0, COLUMNS_SHOWN);
  return (
    <section className={style.part}>
      <div className={style.partHead}>
        <h3>{out === null ? t('running.rowsIn') : t('running.rowsOut')}</h3>
        <IconButton
          small
          label={t('running.allRows')}
          icon={<SquareArrowOutDownLeft {...ICON} />}
          onClick={() => watchEdge(designer, edgeId)}
        />
        <IconButton
          small
          label={held ? t('data.resume') : t('data.pause')}
          pressed={held}
          icon={held ? <Play {...ICON} /> : <Pause {...ICON} />}
          onClick={() => setHeld(!held)}
        />
      </div>
      <table className={style.rows}>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col" data-truncates="">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PLACES.map((place) => {
            const row = rows[place] === undefined ? null : readRowCells(rows[place], all);
            return (
              <tr key={place}>
                {names.map((name) => (
                  <td key={name} title={row === null ? undefined : cellOf(row, name).text} data-truncates="">
                    {row === null ? '\u00a0' : cellOf(row, name).text}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
