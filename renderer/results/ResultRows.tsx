/** The rows of a result, or its changelog, as a table of which only what is seen is drawn. */
import { useMemo, useState } from 'react';
import { RecordDetail } from '../preview/RecordDetail.tsx';
import type { ActiveCell } from '../preview/RowTable.tsx';
import { RowTable } from '../preview/RowTable.tsx';
import type { TableColumn, TableRow } from '../preview/table-rows.ts';
import { useTranslation } from '../strings/use-translation.ts';
import type { ResultColumn } from './choose-view.ts';
import type { ResultRow } from './result-row.ts';
import style from './results.module.css';

const NOTHING: ReadonlySet<string> = new Set();

interface ResultRowsProps {
  readonly label: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
  /** Shows what each row does to the result. */
  readonly changelog?: boolean;
}

/** In the order given. */
export function ResultRows({ label, columns, rows, changelog = false }: ResultRowsProps) {
  const { t } = useTranslation();
  const [active, setActive] = useState<ActiveCell | null>(null);
  const [detail, setDetail] = useState<TableRow | null>(null);
  const tableColumns = useMemo(() => columns.map((column): TableColumn => ({ ...column, mark: null })), [columns]);
  const tableRows = useMemo(
    () =>
      rows.map(
        (row): TableRow => ({
          cells: { ...row.cells, change: changelog ? row.change : null },
          place: row.sequence - 1,
          look: changelog && (row.change === '-U' || row.change === '-D') ? 'faint' : 'plain',
          note: null,
          changed: NOTHING,
        }),
      ),
    [rows, changelog],
  );
  return (
    <section className={style.rows} aria-label={label} data-rows={rows.length}>
      <RowTable
        label={label}
        columns={tableColumns}
        rows={tableRows}
        active={active}
        onActive={setActive}
        onOpen={(row) => setDetail(tableRows[row] ?? null)}
      />
      {detail === null ? null : <RecordDetail columns={tableColumns} row={detail} error={null} onClose={() => setDetail(null)} />}
      {rows.length === 0 ? <p className={style.rowsEmpty}>{t('results.waitingTitle')}</p> : null}
    </section>
  );
}
