/** The same evidence as two tables, for screen readers and for those who want the figures. */

import { useDesigner, useStore } from '../app/designer.ts';
import { formatCount, formatInteger } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { formatBounds, formatTime } from './axis.ts';
import { senderWords } from './CauseWords.tsx';
import { senderOf } from './causes.ts';
import style from './lens.module.css';
import { lensRows } from './lens-rows.ts';
import type { TimeReading } from './node-times.ts';
import { senderName } from './node-times.ts';
import { keysWords, needsWords } from './row-words.ts';
import { spanned } from './spans.ts';

export function LensTable({ reading }: { readonly reading: TimeReading }) {
  const rows = lensRows(reading.time, 0, true);
  return (
    <div className={style.tables} tabIndex={-1}>
      <SenderTable reading={reading} rows={rows.senders} />
      <WindowTable reading={reading} rows={rows.windows} more={rows.moreWindows} />
    </div>
  );
}

function SenderTable({ reading, rows }: { readonly reading: TimeReading; readonly rows: ReturnType<typeof lensRows>['senders'] }) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const document = useStore(documents, (state) => state.document);
  return (
    <table>
      <caption>{t('lens.senders')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('lens.table.sender')}</th>
          <th scope="col">{t('lens.table.watermark')}</th>
          <th scope="col">{t('lens.table.state')}</th>
          <th scope="col" className={style.number}>
            {t('lens.table.rows')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ channel, state, holds }) => {
          const { watermark } = channel;
          const words =
            state === 'quiet'
              ? t('lens.quietFor', { span: spanned(channel.quietMs) })
              : state === 'never'
                ? t('lens.neverSent')
                : state === 'active'
                  ? `${t('lens.table.active')} · ${t('lens.rate', { rate: formatCount(reading.rates.get(senderName(channel)) ?? 0) })}`
                  : t(`lens.${state}`);
          return (
            <tr key={senderName(channel)}>
              <th scope="row">{senderWords(t, document, senderOf(reading.time, channel))}</th>
              <td>{watermark === null ? t('lens.noWatermark') : Number.isFinite(watermark) ? formatTime(watermark) : t('clock.end')}</td>
              <td>{holds ? `${words} · ${t('lens.holds')}` : words}</td>
              <td className={style.number}>{formatInteger(channel.rows)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface WindowTableProps {
  readonly reading: TimeReading;
  readonly rows: ReturnType<typeof lensRows>['windows'];
  readonly more: number;
}

function WindowTable({ reading, rows, more }: WindowTableProps) {
  const { t } = useTranslation();
  return (
    <table>
      <caption>{more > 0 ? `${t('lens.windows')} · ${t('lens.moreOpen', { count: more })}` : t('lens.windows')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('lens.table.window')}</th>
          <th scope="col">{t('lens.table.state')}</th>
          <th scope="col">{t('lens.table.keys')}</th>
          <th scope="col">{t('lens.table.needs')}</th>
          <th scope="col" className={style.number}>
            {t('lens.table.rowsOut')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ window, state }) => {
          const fired = state === 'fired';
          return (
            <tr key={`${window.state} ${window.start} ${window.end}`}>
              <th scope="row">{formatBounds(window.start, window.end)}</th>
              <td>{fired ? t('lens.table.stateFired') : t(`lens.${state}`)}</td>
              <td>{fired ? '' : keysWords(t, window)}</td>
              <td>{fired ? '' : needsWords(t, window, reading.time.watermark)}</td>
              <td className={style.number}>{fired ? formatInteger(window.rowsOut) : ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
