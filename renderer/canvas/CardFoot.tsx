/** A running card's foot: rows in → out, the meter of its task, words for it, and how far its watermark is. */
import { ArrowRight, Waves } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesigner, useStore } from '../app/designer.ts';
import type { NodeLive } from '../runs/live-metrics.ts';
import { isLive } from '../runs/run-store.ts';
import { formatCount, formatWatermark } from '../strings/figures.ts';
import style from './card.module.css';
import type { Card } from './project.ts';
import { useNodeLive } from './use-node-live.ts';

const PRESSED_SHOWN_FROM = 0.01;

export function CardFoot({ card }: { readonly card: Card }) {
  const { runs } = useDesigner();
  const { t } = useTranslation();
  const running = useStore(runs, (state) => isLive(state.current));
  const phase = useStore(runs, (state) => state.current?.phase ?? 'finished');
  const firstRow = card.rows[0];
  const lastRow = card.rows[card.rows.length - 1];
  const first = useNodeLive(firstRow.node.id);
  const last = useNodeLive(lastRow.node.id);
  const source = firstRow.shape.inputs.length === 0;
  const sink = lastRow.shape.outputs.every((port) => port.role !== 'main');
  const busy = percent(last?.busy);
  const pressed = percent(last?.pressed);
  return (
    <span className={style.foot}>
      <span className={style.rates}>
        <span className={style.rateIn}>{source ? totalOf(last?.rowsOut) : rateOf(running, first?.rateIn, first?.rowsIn)}</span>
        <ArrowRight size={12} strokeWidth={1.75} />
        <span className={style.rateOut}>{sink ? totalOf(last?.rowsIn) : rateOf(running, last?.rateOut, last?.rowsOut)}</span>
      </span>
      <span className={style.meter}>
        <span className={style.busyPart} style={{ width: `${busy}%` }} />
        {pressed > 0 ? <span className={style.pressedPart} style={{ width: `${pressed}%` }} /> : null}
      </span>
      <span className={style.shares}>
        <span className={style.shareWords}>
          {running ? t('run.busy', { percent: busy }) : t(`run.phase.${phase}`)}
          {running && (last?.pressed ?? 0) >= PRESSED_SHOWN_FROM ? (
            <span className={style.pressedWords}> · {t('run.pressed', { percent: pressed })}</span>
          ) : null}
        </span>
        <Watermark live={last} short={running && pressed > 0} />
      </span>
    </span>
  );
}

/** Beside the words of back pressure there is room for the time of day only. */
function Watermark({ live, short }: { readonly live: NodeLive | null; readonly short: boolean }) {
  const { t } = useTranslation();
  if (live === null || live.watermark === null) return null;
  const whole = formatWatermark(live.watermark, live.atMs);
  const text = live.watermark === Number.POSITIVE_INFINITY ? t('run.eventTimeEnd') : short ? whole.replace(/^\d\d-\d\d /, '') : whole;
  return (
    <span className={style.watermark}>
      <Waves size={12} strokeWidth={1.75} />
      {text}
    </span>
  );
}

function rateOf(running: boolean, rate: number | undefined, total: number | undefined): string {
  return running ? `${formatCount(rate ?? 0)}/s` : totalOf(total);
}

function totalOf(total: number | undefined): string {
  return total === undefined ? '–' : formatCount(total);
}

function percent(share: number | undefined): number {
  return Math.round((share ?? 0) * 100);
}
