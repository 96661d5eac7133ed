/** How late the observed rows were, by what became of them; the line from which no window of this length is open any more. */
import { useMemo } from 'react';
import type { NodeTime } from '../../engine/host/contract.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './late.module.css';
import { histogramOf } from './late-advice.ts';
import { spanned } from './spans.ts';

const SIZE = { width: 300, height: 62, head: 16 };

export function LateHistogramView({ time }: { readonly time: NodeTime }) {
  const { t } = useTranslation();
  const histogram = useMemo(() => histogramOf(time.rows), [time.rows]);
  const { bins, endMs, most } = histogram;
  const wide = SIZE.width / bins.length;
  const high = (rows: number) => (rows === 0 ? 0 : Math.max(1.5, (rows / most) * SIZE.height));
  const closedMs = closedAfter(time);
  const line = closedMs === null || closedMs >= endMs ? null : (closedMs / endMs) * SIZE.width;
  const worst = time.rows.reduce((longest, row) => Math.max(longest, row.behindMs), 0);
  const base = SIZE.head + SIZE.height;
  const words = t('late.histogram', { count: time.rows.length, worst: spanned(worst) });
  return (
    <figure className={style.histogram}>
      <svg
        viewBox={`0 0 ${SIZE.width} ${base + 1}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
        data-histogram={time.rows.length}
      >
        {bins.map((bin, index) => {
          const x = index * wide + 1;
          const parts = [
            { name: 'counted', rows: bin.counted, look: style.fillCounted },
            { name: 'missed', rows: bin.missedSome, look: style.fillMissed },
            { name: 'late', rows: bin.late, look: style.fillLate },
          ];
          let y = base;
          return parts.map(({ name, rows, look }) => {
            const part = high(rows);
            y -= part;
            return part === 0 ? null : (
              <rect key={`${bin.fromMs} ${name}`} x={x} y={y} width={Math.max(1, wide - 2)} height={part} className={look} />
            );
          });
        })}
        <line x1="0" x2={SIZE.width} y1={base + 0.5} y2={base + 0.5} className={style.base} />
        {line === null ? null : <line x1={line} x2={line} y1={2} y2={base} className={style.closedLine} />}
      </svg>
      {line === null ? null : (
        <span
          className={style.closed}
          style={line > SIZE.width / 2 ? { right: `${100 - (line / SIZE.width) * 100}%` } : { left: `${(line / SIZE.width) * 100}%` }}
        >
          {t('late.everyClosed')}
        </span>
      )}
      <figcaption className={style.scale}>
        <span>{spanned(0)}</span>
        <span>{spanned(endMs / 2)}</span>
        <span>{spanned(endMs)}</span>
      </figcaption>
    </figure>
  );
}

/** A row this late has no open window left, wherever in its windows it lies; null where windows differ in length. */
function closedAfter({ windows, allowedLatenessMs }: NodeTime): number | null {
  const lengths = new Set(windows.map((window) => window.end - window.start));
  const [only] = lengths;
  return lengths.size === 1 && only !== undefined ? only + allowedLatenessMs : null;
}
