/** The newest rows of one edge of a run, asked for while it is watched, as a table that can be held still. */
import { Pause, Play, Waves } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { printType } from '../../engine/types/print-type.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { RecordDetail } from '../preview/RecordDetail.tsx';
import type { ActiveCell } from '../preview/RowTable.tsx';
import { RowTable } from '../preview/RowTable.tsx';
import { readRowCells } from '../preview/row-cells.ts';
import type { TableColumn, TableRow } from '../preview/table-rows.ts';
import { formatInteger } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Select } from '../ui/Select.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { type EdgeRows, useEdgeRows } from './follow-edge.ts';
import style from './runs.module.css';

const PERIOD_MS = 500;
const ROWS_KEPT = 100;
const NOTHING_CHANGED: ReadonlySet<string> = new Set();

/** `choice`: what switches between this and the sample. */
export function TailTable({ choice }: { readonly choice: ReactNode }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const run = useStore(designer.runs, (state) => state.current);
  const document = useStore(designer.documents, (state) => state.document);
  const chosen = useStore(designer.shell, (state) => state.tailEdge);
  const [held, setHeld] = useState(false);
  const edge = document.edges.find((candidate) => candidate.id === chosen);
  const followed =
    run === null || edge === undefined ? null : { runId: run.runId, edgeId: edge.id, rowsKept: ROWS_KEPT, periodMs: PERIOD_MS };
  const tail = useEdgeRows(followed, held);
  if (run === null) return <Empty icon={<Waves size={20} strokeWidth={1.75} />} title={t('data.pickTitle')} text={t('data.notRunning')} />;
  const label = (id: string) => {
    const node = document.nodes.find((candidate) => candidate.id === id);
    return node === undefined ? id : nodeLabel(node, currentLanguage());
  };
  const options = document.edges.map((candidate) => ({
    value: candidate.id,
    label: `${label(candidate.from.node)} · ${candidate.from.port} → ${label(candidate.to.node)}`,
  }));
  return (
    <div className={style.tail}>
      <div className={style.tailHead}>
        {choice}
        <div className={style.tailPick}>
          <Select
            label={t('data.edge')}
            value={edge?.id ?? ''}
            options={options}
            placeholder={t('data.pickTitle')}
            onChange={(id) => designer.shell.set({ tailEdge: id })}
          />
        </div>
        {tail === null ? null : (
          <span className={style.tailNote} data-tail-total={tail.total}>
            {t('data.total', { rows: formatInteger(tail.total) })} · {t('data.newest')}
          </span>
        )}
        <span className={style.tailGap} />
        <IconButton
          small
          side="top"
          label={held ? t('data.resume') : t('data.pause')}
          pressed={held}
          icon={held ? <Play size={14} strokeWidth={1.75} /> : <Pause size={14} strokeWidth={1.75} />}
          onClick={() => setHeld(!held)}
        />
      </div>
      {edge === undefined ? (
        <Empty title={t('data.pickTitle')} text={t('data.pickText')} />
      ) : tail === null || tail.rows.length === 0 ? (
        <Waiting title={t('data.waiting')} when={t('data.waitingText')} />
      ) : (
        <Rows key={edge.id} edgeId={edge.id} tail={tail} onLook={() => setHeld(true)} />
      )}
    </div>
  );
}

interface RowsProps {
  readonly edgeId: string;
  readonly tail: EdgeRows;
  /** Who looks at one record wants it to stay. */
  readonly onLook: () => void;
}

function Rows({ edgeId, tail, onLook }: RowsProps) {
  const { checks } = useDesigner();
  const { t } = useTranslation();
  const edge = useStore(checks, (state) => state.edges.get(edgeId));
  const [active, setActive] = useState<ActiveCell | null>(null);
  const [detail, setDetail] = useState(false);
  const columns = useMemo(
    () => edge?.schema.fields.map((field): TableColumn => ({ name: field.name, type: printType(field.type), mark: null })) ?? [],
    [edge],
  );
  const rows = useMemo(() => {
    const names = columns.map((column) => column.name);
    const first = Math.max(0, tail.total - tail.rows.length);
    return tail.rows
      .map(
        (text, index): TableRow => ({
          cells: readRowCells(text, names),
          place: first + index,
          look: 'plain',
          note: null,
          changed: NOTHING_CHANGED,
        }),
      )
      .reverse();
  }, [tail, columns]);
  const row = active === null ? undefined : rows[active.row];
  const open = () => {
    onLook();
    setDetail(true);
  };
  return (
    <div className={style.tailRows}>
      <RowTable label={t('data.rowsTable')} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={open} />
      {detail && row !== undefined ? <RecordDetail columns={columns} row={row} error={null} onClose={() => setDetail(false)} /> : null}
    </div>
  );
}
