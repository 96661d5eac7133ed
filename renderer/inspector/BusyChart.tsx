/** How busy a node was over the last five minutes. */
import { useSyncExternalStore } from 'react';
import { useDesigner } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './running.module.css';

const SPAN_SECONDS = 300;
const WIDTH = 264;
const HEIGHT = 40;
/** Of a hundred, so that a full line stays inside. */
const TOP = 104;

export function BusyChart({ nodeId }: { readonly nodeId: string }) {
  const { samples } = useDesigner();
  const { t } = useTranslation();
  useSyncExternalStore(
    (listener) => samples.subscribe(listener),
    () => samples.count(),
  );
  const { atSeconds, busy } = samples.node(nodeId);
  const last = atSeconds.at(-1) ?? 0;
  const span = Math.max(30, Math.min(SPAN_SECONDS, last - (atSeconds[0] ?? 0)));
  const points = Array.from(busy, (share, index) => {
    const x = WIDTH - ((last - atSeconds[index]) / span) * WIDTH;
    return x < 0 ? '' : `${x.toFixed(1)} ${(HEIGHT - (share / TOP) * HEIGHT).toFixed(1)}`;
  }).filter((point) => point !== '');
  const mean = Math.round(busy.reduce((sum, share) => sum + share, 0) / Math.max(1, busy.length));
  return (
    <section className={style.part}>
      <h3>{t('running.busyChart')}</h3>
      <svg
        className={style.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('running.busyChartLabel', { now: Math.round(busy.at(-1) ?? 0), mean })}
      >
        {points.length < 2 ? null : (
          <>
            <path className={style.chartArea} d={`M${points.join('L')}L${WIDTH} ${HEIGHT}L${points[0].split(' ')[0]} ${HEIGHT}Z`} />
            <path className={style.chartLine} d={`M${points.join('L')}`} vectorEffect="non-scaling-stroke" />
          </>
        )}
      </svg>
    </section>
  );
}
