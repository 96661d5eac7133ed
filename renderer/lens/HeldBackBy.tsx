/** The line of the clock that names who holds event time back: the way into the lens of that window. */
import { ArrowUpRight } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { isLive } from '../runs/run-store.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { senderWords } from './CauseWords.tsx';
import { holderOf, senderOf } from './causes.ts';
import style from './lens.module.css';
import { openLens } from './open-lens.ts';
import { windowNodes } from './upstream.ts';
import { useTime } from './use-time.ts';

export function HeldBackBy() {
  const designer = useDesigner();
  const running = useStore(designer.runs, (state) => isLive(state.current));
  const nodeId = useSyncExternalStore(
    (listener) => designer.live.subscribe(listener),
    () => lowestWindow(designer),
  );
  return running && nodeId !== null ? <Holder nodeId={nodeId} /> : null;
}

function Holder({ nodeId }: { readonly nodeId: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document = useStore(designer.documents, (state) => state.document);
  const here = useStore(designer.lens, (state) => state.nodeId === nodeId);
  const time = useTime(nodeId)?.time ?? null;
  const holder = time === null ? null : holderOf(time);
  if (time === null || holder === null) return null;
  const sender = senderOf(time, holder);
  const whole = senderWords(t, document, sender);
  const ids = new Set(time.channels.map((channel) => senderOf(time, channel).nodeId));
  // The room is small: where all are subtasks of one node its name says nothing new.
  const words = sender.alone || ids.size > 1 ? whole : t('lens.subtaskOnly', { number: sender.subtask + 1 });
  return (
    <div data-held-by={`${holder.nodeId} ${holder.subtask}`}>
      <dt>{t('clock.heldBy')}</dt>
      <dd className={style.holder} data-truncates="" title={whole}>
        {here ? (
          words
        ) : (
          <button type="button" onClick={() => openLens(designer, nodeId)}>
            {words}
            <ArrowUpRight size={12} strokeWidth={1.75} aria-hidden="true" />
          </button>
        )}
      </dd>
    </div>
  );
}

/** The window that event time has come least far in. */
function lowestWindow({ documents, live }: Designer): string | null {
  const level = (id: string) => live.node(id)?.watermark ?? Number.NEGATIVE_INFINITY;
  const ids = windowNodes(documents.getState().document).map((node) => node.id);
  return ids.reduce<string | null>((low, id) => (low === null || level(id) < level(low) ? id : low), null);
}
