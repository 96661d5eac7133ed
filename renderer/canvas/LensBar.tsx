/** Which figures the canvas shows while a pipeline runs; nothing moves when another is chosen. */
import { Database, Gauge, Scale, Waves } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import type { FigureLens } from '../runs/figure-lens.ts';
import { FIGURE_LENSES } from '../runs/figure-lens.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Segmented } from '../ui/Segmented.tsx';
import style from './lens-bar.module.css';

const ICON = { size: 14, strokeWidth: 1.75 };
const ICONS: Record<FigureLens, ReactNode> = {
  throughput: <Gauge {...ICON} />,
  watermark: <Waves {...ICON} />,
  state: <Database {...ICON} />,
  skew: <Scale {...ICON} />,
};

export function LensBar() {
  const { figures } = useDesigner();
  const { t } = useTranslation();
  const lens = useStore(figures, (state) => state.lens);
  return (
    <div className={style.bar}>
      <Segmented
        label={t('figureLens.label')}
        value={lens}
        options={FIGURE_LENSES.map((value) => ({ value, label: t(`figureLens.${value}`), icon: ICONS[value] }))}
        onChange={(value) => {
          const chosen = FIGURE_LENSES.find((candidate) => candidate === value);
          if (chosen !== undefined) figures.choose(chosen);
        }}
      />
    </div>
  );
}

/** What widths and colours say with the lens chosen. */
export function Legend() {
  const { figures } = useDesigner();
  const { t } = useTranslation();
  const lens = useStore(figures, (state) => state.lens);
  return (
    <div className={style.legend} aria-hidden="true" data-legend={lens}>
      <span>
        <span className={style.water} data-lens={lens}>
          <i />
          <i />
          <i />
        </span>
        {t(`figureLens.${lens}Scale`)}
      </span>
      {lens === 'throughput' ? (
        <span>
          <span className={style.press} />
          {t('canvas.backPressure')}
        </span>
      ) : null}
      {lens === 'skew' ? (
        <span>
          <i className={style.hot} />
          {t('figureLens.uneven')}
        </span>
      ) : null}
      {lens === 'throughput' ? (
        <span>
          <span className={style.late} />
          {t('canvas.late')}
        </span>
      ) : null}
    </div>
  );
}
