/** How many rows an edge of the run carries, and has carried. */
import { useSyncExternalStore } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { isLive } from '../runs/run-store.ts';
import { formatCount, formatInteger } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Figure } from './Figure.tsx';
import style from './inspector.module.css';

export function EdgeFigures({ edgeId }: { readonly edgeId: string }) {
  const { live, runs } = useDesigner();
  const { t } = useTranslation();
  const running = useStore(runs, (state) => isLive(state.current));
  const figures = useSyncExternalStore(
    (listener) => live.subscribe(listener),
    () => live.edge(edgeId),
  );
  if (figures === null) return null;
  return (
    <div className={style.figures} data-figures="" data-edge-figures={edgeId}>
      <Figure
        label={t('inspector.edgeRows')}
        value={formatCount(figures.rows)}
        unit={t('inspector.edgeRowsUnit')}
        title={formatInteger(figures.rows)}
      />
      <Figure
        label={t('inspector.edgeRate')}
        value={running ? formatCount(figures.rate) : '–'}
        unit={running ? t('inspector.perSecond') : ''}
      />
    </div>
  );
}
