/** One row in full: every column with its type and whole value, and what went wrong with it. */
import { Copy, X } from 'lucide-react';
import type { ErrorMessage } from '../../engine/host/contract.ts';
import { formatInteger } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { CellText } from './CellText.tsx';
import { copyText } from './copy-text.ts';
import style from './preview.module.css';
import { cellOf } from './row-cells.ts';
import type { TableColumn, TableRow } from './table-rows.ts';

interface RecordDetailProps {
  readonly columns: readonly TableColumn[];
  readonly row: TableRow;
  readonly error: ErrorMessage | null;
  readonly onClose: () => void;
}

export function RecordDetail({ columns, row, error, onClose }: RecordDetailProps) {
  const { t } = useTranslation();
  return (
    <section
      className={style.detail}
      aria-label={t('preview.record')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={style.detailHead}>
        <strong>{t('preview.rowNumber', { number: formatInteger(row.place + 1) })}</strong>
        {row.look === 'faint' ? <span className={style.note}>{t('preview.leftBehind')}</span> : null}
        <span className={style.gap} />
        <Button small look="ghost" icon={<Copy size={13} strokeWidth={1.75} />} onClick={() => void copyText(row.cells.text)}>
          {t('preview.copyJson')}
        </Button>
        <IconButton small label={t('preview.closeRecord')} keys="Esc" icon={<X size={14} strokeWidth={1.75} />} onClick={onClose} />
      </header>
      {error === null ? null : <Failure error={error} />}
      <dl className={style.record} tabIndex={0}>
        {columns.map(({ name, type }) => (
          <div key={name} className={style.entry}>
            <dt>
              <span className={style.entryName}>{name}</span>
              <span className={style.entryType}>{type}</span>
            </dt>
            <dd>
              <CellText cell={cellOf(row.cells, name)} whole />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What happened, in the engine's words, with its code to look up and the way out. */
export function Failure({ error }: { readonly error: ErrorMessage }) {
  return (
    <div className={style.failure}>
      <p>{error.message}</p>
      {error.remedy === null ? null : <p className={style.remedy}>{error.remedy}</p>}
      <code>{error.code}</code>
    </div>
  );
}
