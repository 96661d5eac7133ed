/** The strip as tables: rows in and back pressure in twelve steps of time, and the checkpoints. */

import { useDesigner } from '../app/designer.ts';
import { CheckpointList } from '../runs/CheckpointList.tsx';
import { formatClock, formatCount } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './strip.module.css';
import { stripBuckets } from './strip-scale.ts';
import type { ShownSpan } from './use-strip-span.ts';

const STEPS = 12;

export function StripTable({ shown }: { readonly shown: ShownSpan }) {
  const { samples } = useDesigner();
  const { t } = useTranslation();
  const measured = stripBuckets(samples.since(shown.fromMs), shown, STEPS).filter((bucket) => bucket.rateIn !== null);
  return (
    <div className={style.tables}>
      <table className={style.table} aria-label={t('strip.areaLabel')}>
        <thead>
          <tr>
            <th scope="col">{t('strip.time')}</th>
            <th scope="col">{t('strip.rowsIn')}</th>
            <th scope="col">{t('canvas.backPressure')}</th>
          </tr>
        </thead>
        <tbody>
          {measured.reverse().map((bucket) => (
            <tr key={bucket.fromMs}>
              <td>{formatClock(bucket.fromMs)}</td>
              <td>{t('run.rate', { rate: formatCount(bucket.rateIn ?? 0) })}</td>
              <td>{Math.round(bucket.pressed * 100)}%</td>
            </tr>
          ))}
        </tbody>
      </table>
      <CheckpointList />
    </div>
  );
}
