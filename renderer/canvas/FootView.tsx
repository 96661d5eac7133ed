/** The foot itself: rows in → out, the meter of their work, words for it, and how far its watermark is. */
import { ArrowRight, Waves } from 'lucide-react';
import { useDesigner, useStore } from '../app/designer.ts';
import { isLive } from '../runs/run-store.ts';
import { formatBytes, formatCount, formatWatermark } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './card.module.css';
import type { FootFigures } from './foot-figures.ts';

const PRESSED_SHOWN_FROM = 0.01;

export function FootView({ figures }: { readonly figures: FootFigures }) {
  const { runs, figures: shown } = useDesigner();
  const { t } = useTranslation();
  const lens = useStore(shown, (state) => state.lens);
  const running = useStore(runs, (state) => isLive(state.current));
  const phase = useStore(runs, (state) => state.current?.phase ?? 'finished');
  const busy = percent(figures.busy);
  const pressed = percent(figures.pressed);
  return (
    <span className={style.foot}>
      <span className={style.rates}>
        <span className={style.rateIn}>{rows(running, figures.rateIn, figures.rowsIn)}</span>
        <ArrowRight size={12} strokeWidth={1.75} />
        <span className={style.rateOut}>{rows(running, figures.rateOut, figures.rowsOut)}</span>
      </span>
      <span className={style.meter}>
        <span className={style.busyPart} style={{ width: `${busy}%` }} />
        {pressed > 0 ? <span className={style.pressedPart} style={{ width: `${pressed}%` }} /> : null}
      </span>
      {running && lens !== 'throughput' ? (
        <LensLine figures={figures} />
      ) : (
        <span className={style.shares}>
          <span className={style.shareWords}>
            {running ? t('run.busy', { percent: busy }) : t(`run.phase.${phase}`)}
            {running && figures.pressed >= PRESSED_SHOWN_FROM ? (
              <span className={style.pressedWords}> · {t('run.pressed', { percent: pressed })}</span>
            ) : null}
          </span>
          <Watermark figures={figures} short={running && pressed > 0} />
        </span>
      )}
    </span>
  );
}

/** The second line with another lens than throughput. */
function LensLine({ figures }: { readonly figures: FootFigures }) {
  const { figures: shown } = useDesigner();
  const { t } = useTranslation();
  const lens = useStore(shown, (state) => state.lens);
  const skews = useStore(shown, (state) => state.skew);
  if (lens === 'watermark')
    return (
      <span className={style.shares}>
        <span className={style.shareWords}>{figures.watermark === null ? t('figureLens.noWatermark') : t('figureLens.watermark')}</span>
        <Watermark figures={figures} short={false} />
      </span>
    );
  if (lens === 'state')
    return (
      <span className={style.shares}>
        <span className={style.shareWords}>
          {figures.stateBytes === 0 ? t('figureLens.noState') : t('figureLens.keys', { keys: formatCount(figures.stateKeys) })}
        </span>
        {figures.stateBytes === 0 ? null : <span className={style.stateSize}>{formatBytes(figures.stateBytes)}</span>}
      </span>
    );
  const skew = figures.nodes.map((id) => skews.get(id)).find((found) => found !== undefined);
  return (
    <span className={style.shares}>
      <span className={style.shareWords}>
        {skew === undefined ? t('figureLens.noSkew') : t('figureLens.fullest', { subtask: skew.subtask + 1, percent: percent(skew.share) })}
      </span>
      {skew === undefined ? null : <span className={style.skewFactor}>{skew.factor.toFixed(1)}×</span>}
    </span>
  );
}

/** Beside the words of back pressure there is room for the time of day only. */
function Watermark({ figures, short }: { readonly figures: FootFigures; readonly short: boolean }) {
  const { t } = useTranslation();
  if (figures.watermark === null) return null;
  const whole = formatWatermark(figures.watermark, figures.atMs);
  const end = figures.watermark === Number.POSITIVE_INFINITY;
  const text = end ? t('run.eventTimeEnd') : short ? whole.replace(/^\d\d-\d\d /, '') : whole;
  return (
    <span className={style.watermark}>
      <Waves size={12} strokeWidth={1.75} />
      {text}
    </span>
  );
}

function rows(running: boolean, rate: number | null, total: number | null): string {
  if (running && rate !== null) return `${formatCount(rate)}/s`;
  return total === null ? '–' : formatCount(total);
}

function percent(share: number): number {
  return Math.round(share * 100);
}
