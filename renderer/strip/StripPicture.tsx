/** The strip drawn: an area of rows in, a band of back pressure, marks of checkpoints, and the line of now. */
import { useLayoutEffect, useRef, useState } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { formatClock, formatCount } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { across, StripMarks } from './StripMarks.tsx';
import style from './strip.module.css';
import type { StripBucket } from './strip-scale.ts';
import { placeMarks, ratePath, stripBuckets, stripX, timeAt } from './strip-scale.ts';
import type { ShownSpan } from './use-strip-span.ts';

const AREA_HEIGHT = 42;
const STEP_PIXELS = 5;
const HEADROOM = 1.15;
const PRESSED_SHOWN_FROM = 0.02;

export function StripPicture({ shown }: { readonly shown: ShownSpan }) {
  const { runs, samples } = useDesigner();
  const { t } = useTranslation();
  const checkpoints = useStore(runs, (state) => state.checkpoints);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [pointerX, setPointerX] = useState<number | null>(null);
  const count = Math.max(12, Math.floor(width / STEP_PIXELS));
  const buckets = stripBuckets(samples.since(shown.fromMs), shown, count);
  const rateMax = Math.max(1, ...buckets.map((bucket) => bucket.rateIn ?? 0)) * HEADROOM;
  const path = ratePath(buckets, width, AREA_HEIGHT, rateMax);
  const nowX = Math.min(width, stripX(shown, width, shown.nowMs));
  const pointed = pointerX === null ? null : bucketAt(buckets, timeAt(shown, width, pointerX));
  return (
    <div ref={box} className={style.picture} data-strip-picture="">
      {width === 0 ? null : (
        <>
          <svg
            className={style.area}
            width={width}
            height={AREA_HEIGHT + 14}
            role="img"
            aria-label={t('strip.areaLabel')}
            onPointerMove={(event) => setPointerX(event.clientX - event.currentTarget.getBoundingClientRect().left)}
            onPointerLeave={() => setPointerX(null)}
          >
            <rect className={style.ground} x={0} y={0} width={width} height={AREA_HEIGHT + 14} />
            <path className={style.water} d={path.area} />
            <path className={style.level} d={path.line} />
            <rect className={style.bandBed} x={0} y={AREA_HEIGHT + 3} width={nowX} height={6} />
            <Band buckets={buckets} width={width} />
            {pointerX === null ? null : <line className={style.pointer} x1={pointerX} x2={pointerX} y1={0} y2={AREA_HEIGHT + 9} />}
          </svg>
          {pointed === null || pointerX === null ? null : (
            <div className={style.reading} style={{ left: Math.max(70, Math.min(width - 70, pointerX)) }} aria-hidden="true">
              <span>{formatClock(pointed.fromMs)}</span>
              <b>{t('run.rate', { rate: formatCount(pointed.rateIn ?? 0) })}</b>
              <span className={style.readingPressed}>{t('run.pressed', { percent: Math.round(pointed.pressed * 100) })}</span>
            </div>
          )}
          <div className={style.lane} />
          <StripMarks marks={placeMarks(checkpoints, shown, width, shown.nowMs)} width={width} />
          {shown.ended ? null : <i className={shown.following ? style.now : style.held} style={across(nowX)} />}
        </>
      )}
    </div>
  );
}

/** So many steps without a measurement are bridged: steps may be shorter than the time between two. */
const BRIDGED = 2;

/** Neighbours of the same strength are one stretch, so that a quiet hour is a handful of shapes. */
function Band({ buckets, width }: { readonly buckets: readonly StripBucket[]; readonly width: number }) {
  const step = width / buckets.length;
  const stretches: { from: number; to: number; level: number }[] = [];
  let measured = { index: Number.NEGATIVE_INFINITY, pressed: 0 };
  buckets.forEach((bucket, index) => {
    if (bucket.rateIn !== null) measured = { index, pressed: bucket.pressed };
    const pressed = index - measured.index <= BRIDGED ? measured.pressed : 0;
    if (pressed < PRESSED_SHOWN_FROM) return;
    const level = Math.ceil(Math.min(1, pressed) * 10) / 10;
    const last = stretches[stretches.length - 1];
    if (last !== undefined && last.to === index && last.level === level) last.to = index + 1;
    else stretches.push({ from: index, to: index + 1, level });
  });
  return stretches.map(({ from, to, level }) => (
    <rect
      key={from}
      className={style.band}
      x={from * step}
      y={AREA_HEIGHT + 3}
      width={(to - from) * step}
      height={6}
      opacity={0.15 + 0.85 * level}
    />
  ));
}

function bucketAt(buckets: readonly StripBucket[], atMs: number): StripBucket | null {
  const found = buckets.find((bucket) => atMs >= bucket.fromMs && atMs < bucket.toMs);
  return found === undefined || found.rateIn === null ? null : found;
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
