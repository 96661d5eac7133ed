/** Small words behind a column that say what it is for: key, time, new, changed. */
import { useTranslation } from '../strings/use-translation.ts';
import type { ColumnUse } from './column-uses.ts';
import style from './columns.module.css';

export function ColumnMarks({ use }: { readonly use: ColumnUse }) {
  const { t } = useTranslation();
  return (
    <span className={style.marks}>
      {use.keyed ? <span className={style.markKey}>{t('mark.key')}</span> : null}
      {use.time ? <span className={style.markTime}>{t('mark.time')}</span> : null}
      {use.state === 'new' ? <span className={style.markNew}>{t('mark.new')}</span> : null}
      {use.state === 'changed' ? <span className={style.markChanged}>{t('mark.changed')}</span> : null}
    </span>
  );
}
