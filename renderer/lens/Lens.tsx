/** The lens below the strip of canvas: why a window has not fired, in a sentence, with a way out and the evidence. */
import { useEffect } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { isTyping } from '../app/shortcuts.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Empty } from '../ui/Empty.tsx';
import { EventAxis } from './EventAxis.tsx';
import { LensHead } from './LensHead.tsx';
import { LensTable } from './LensTable.tsx';
import style from './lens.module.css';
import { closeLens } from './open-lens.ts';
import { useCause } from './use-cause.ts';
import { useTime } from './use-time.ts';

export function Lens({ nodeId }: { readonly nodeId: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const reading = useTime(nodeId);
  const cause = useCause(nodeId, reading);
  const asTable = useStore(designer.lens, (state) => state.asTable);
  useEscape();
  return (
    <section className={style.lens} aria-label={t('lens.region')} data-region="dock" data-lens={nodeId} data-cause={cause?.kind}>
      {cause === null ? null : <LensHead nodeId={nodeId} cause={cause} />}
      {reading === null || !reading.time.ready ? (
        <Waiting still={cause?.kind === 'over'} />
      ) : asTable ? (
        <LensTable reading={reading} />
      ) : (
        <EventAxis reading={reading} cause={cause} />
      )}
    </section>
  );
}

/** The first answer comes within half a second; an ended run that nobody watched has none. */
function Waiting({ still }: { readonly still: boolean }) {
  const { t } = useTranslation();
  return <div className={style.waiting}>{still ? <Empty title={t('lens.noneSeen')} text={t('lens.noneSeenText')} /> : null}</div>;
}

/** Wherever the focus is, unless something closer takes the key. */
function useEscape(): void {
  const designer = useDesigner();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isTyping(event.target)) return;
      if (designer.shell.getState().dialog !== null || designer.shell.getState().contextMenu !== null) return;
      event.preventDefault();
      closeLens(designer);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [designer]);
}
