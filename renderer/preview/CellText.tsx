/** One value of a table: null, nothing and spaces can be told from one another. */
import { useTranslation } from '../strings/use-translation.ts';
import type { Cell } from './row-cells.ts';
import { visiblePieces } from './row-cells.ts';
import style from './row-table.module.css';

/** Characters drawn in a cell; the whole value stands in the record's details. */
const SHOWN_MAX = 400;

export function CellText({ cell, whole = false }: { readonly cell: Cell; readonly whole?: boolean }) {
  const { t } = useTranslation();
  if (cell.kind === 'null') return <span className={style.null}>NULL</span>;
  if (cell.kind !== 'text') return <>{whole ? cell.text : cell.text.slice(0, SHOWN_MAX)}</>;
  if (cell.text === '') return <span className={style.empty}>{t('preview.empty')}</span>;
  let at = 0;
  return (
    <>
      {visiblePieces(whole ? cell.text : cell.text.slice(0, SHOWN_MAX)).map(({ text, mark }) => {
        at += text.length;
        if (!mark) return text;
        return (
          <span key={at} className={style.sign}>
            {text}
            {whole && text === '↵' ? '\n' : null}
          </span>
        );
      })}
    </>
  );
}
