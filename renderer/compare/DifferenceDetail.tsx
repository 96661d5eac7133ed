/** What exactly differs in one thing: field by field, before above after. */

import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import style from './compare.module.css';
import type { Difference, FieldChange } from './differences.ts';

export function DifferenceDetail({ difference }: { readonly difference: Difference }) {
  const { t } = useTranslation();
  if (difference.change !== 'changed') {
    return <p className={style.whole}>{difference.change === 'added' ? t('compare.isAdded') : t('compare.isRemoved')}</p>;
  }
  return (
    <dl className={style.fields}>
      {difference.fields.map((change) => (
        <FieldRow key={JSON.stringify([change.field, change.path])} change={change} />
      ))}
    </dl>
  );
}

function FieldRow({ change }: { readonly change: FieldChange }) {
  const { t } = useTranslation();
  const { field, path } = change;
  const name = typeof field === 'string' ? t(`compare.field.${field}`) : words(field);
  const shown = (value: string | null) => {
    if (value === null) return t('compare.absent');
    if (field === 'switchedOff') return value === 'true' ? t('compare.yes') : t('compare.no');
    return value;
  };
  return (
    <div className={style.field}>
      <dt>{[name, ...path].join(' › ')}</dt>
      <dd className={classes(style.value, style.valueBefore, change.before === null && style.absent)}>
        <span className={style.valueSign} aria-hidden="true">
          −
        </span>
        <span className="visually-hidden">{t('compare.before')}</span>
        <span data-selectable="">{shown(change.before)}</span>
      </dd>
      <dd className={classes(style.value, style.valueAfter, change.after === null && style.absent)}>
        <span className={style.valueSign} aria-hidden="true">
          +
        </span>
        <span className="visually-hidden">{t('compare.after')}</span>
        <span data-selectable="">{shown(change.after)}</span>
      </dd>
    </div>
  );
}
