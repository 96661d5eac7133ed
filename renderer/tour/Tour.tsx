/** The tour: a quiet card beside each region in turn; arrows and Enter walk, Esc leaves, the window stays usable. */
import { ChevronLeft } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { keysShown } from '../actions/keymap.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import style from './tour.module.css';
import { endTour, goToStop, TOUR_STOPS } from './tour-steps.ts';
import { placeBeside, useAnchor } from './use-anchor.ts';

const WIDTH = 328;

export function Tour() {
  const { shell } = useDesigner();
  const index = useStore(shell, (state) => state.tour);
  const covered = useStore(shell, (state) => state.dialog !== null);
  return index === null || covered ? null : createPortal(<Stop index={index} />, document.body);
}

function Stop({ index }: { readonly index: number }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const stop = TOUR_STOPS[index];
  const titleId = useId();
  const textId = useId();
  const card = useRef<HTMLDivElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const anchor = useAnchor(stop.region);
  const place = usePlace(anchor, card.current);
  const last = index === TOUR_STOPS.length - 1;
  const there = anchor !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the stop, once its region is there
  useEffect(() => next.current?.focus({ preventScroll: true }), [index, there]);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: { readonly [key: string]: () => void } = {
      ArrowRight: () => goToStop(designer, index + 1),
      ArrowLeft: () => goToStop(designer, index - 1),
      Escape: () => endTour(designer),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };
  return (
    <>
      {anchor === null ? null : (
        <span
          className={style.ring}
          style={{ left: anchor.x + 1, top: anchor.y + 1, width: anchor.width - 2, height: anchor.height - 2 }}
        />
      )}
      <div
        ref={card}
        className={style.card}
        style={{ ...place, width: WIDTH }}
        role="dialog"
        aria-modal="false"
        aria-labelledby={titleId}
        aria-describedby={textId}
        data-tour={stop.name}
        onKeyDown={onKeyDown}
      >
        <h2 id={titleId} className={style.title}>
          {t(`tour.stops.${stop.name}.title`)}
        </h2>
        <p id={textId} className={style.text}>
          {t(`tour.stops.${stop.name}.text`, {
            run: keysShown(designer, 'run') ?? '',
            palette: keysShown(designer, 'palette') ?? '',
          })}
        </p>
        <div className={style.foot}>
          <span className={style.dots} role="img" aria-label={t('tour.place', { index: index + 1, count: TOUR_STOPS.length })}>
            {TOUR_STOPS.map((other, place_) => (
              <i key={other.name} className={classes(place_ === index && style.here)} />
            ))}
          </span>
          {last ? null : (
            <Button small look="ghost" onClick={() => endTour(designer)}>
              {t('tour.skip')}
            </Button>
          )}
          {index === 0 ? null : (
            <Button
              small
              aria-label={t('tour.back')}
              icon={<ChevronLeft size={14} strokeWidth={2} />}
              onClick={() => goToStop(designer, index - 1)}
            />
          )}
          <Button ref={next} small look="primary" onClick={() => goToStop(designer, index + 1)}>
            {last ? t('tour.done') : t('tour.next')}
          </Button>
        </div>
      </div>
    </>
  );
}

/** Beside the region, once the card's own height is known. */
function usePlace(anchor: ReturnType<typeof useAnchor>, card: HTMLDivElement | null): { left: number; top: number } {
  const [height, setHeight] = useState(150);
  useLayoutEffect(() => {
    if (card !== null && card.offsetHeight !== height) setHeight(card.offsetHeight);
  });
  return placeBeside(anchor, WIDTH, height, { width: window.innerWidth, height: window.innerHeight });
}
