/** Names and types of columns, with the marks of the key and of event time. */
import { Clock, KeyRound } from 'lucide-react';
import { printType } from '../../../engine/types/print-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import style from './overlay.module.css';

interface ColumnRowsProps {
  readonly schema: Schema;
  readonly keys?: readonly string[];
  /** Further columns are counted. */
  readonly most?: number;
}

export function ColumnRows({ schema, keys = [], most = Number.POSITIVE_INFINITY }: ColumnRowsProps) {
  const { t } = useTranslation();
  if (schema.fields.length === 0) return <p className={style.noColumns}>{t('canvas.needsNothing')}</p>;
  const hidden = Math.max(0, schema.fields.length - most);
  return (
    <ul className={style.columns}>
      {schema.fields.slice(0, most).map((field) => (
        <li key={field.name}>
          {field.name === schema.rowtime ? (
            <Clock size={13} strokeWidth={1.75} className={style.time} role="img" aria-label={t('gesture.eventTime')} />
          ) : keys.includes(field.name) ? (
            <KeyRound size={13} strokeWidth={1.75} className={style.key} role="img" aria-label={t('gesture.key')} />
          ) : (
            <span />
          )}
          <span className={style.columnName} title={field.name} data-truncates="">
            {field.name}
          </span>
          <span className={style.columnType} title={printType(field.type)} data-truncates="">
            {printType({ ...field.type, nullable: true })}
          </span>
        </li>
      ))}
      {hidden === 0 ? null : <li className={style.more}>{t('gesture.moreColumns', { count: hidden })}</li>}
    </ul>
  );
}
