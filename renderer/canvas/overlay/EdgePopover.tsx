/** The columns on an edge: shown while the pointer rests on its chip, kept open by a click. */
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useDesigner, useStore } from '../../app/designer.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { CHIP_HEIGHT } from '../geometry.ts';
import { Anchored } from './Anchored.tsx';
import { ColumnRows } from './ColumnRows.tsx';
import style from './overlay.module.css';

const SHOW_AFTER_MS = 250;
const GAP = 9;

export function EdgePopover() {
  const { gestures, view } = useDesigner();
  const pinned = useStore(gestures, (state) => state.pinned);
  const hovered = useStore(gestures, (state) => (state.activity === 'rest' ? state.edge : null));
  const settled = useSettled(hovered);
  const edge = pinned ?? settled;
  const present = useStore(view, (state) => edge !== null && state.scene.some((candidate) => candidate.id === edge));
  return edge === null || !present ? null : <Columns key={edge} edge={edge} pinned={pinned === edge} />;
}

/** A pointer on its way elsewhere opens nothing. */
function useSettled(edge: string | null): string | null {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    if (edge === null) {
      setSettled(null);
      return undefined;
    }
    const timer = setTimeout(() => setSettled(edge), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [edge]);
  return settled === edge ? settled : null;
}

function Columns({ edge, pinned }: { readonly edge: string; readonly pinned: boolean }) {
  const { gestures, selection, view, checks } = useDesigner();
  const { t } = useTranslation();
  const resolved = useStore(checks, (state) => state.edges.get(edge));
  useEffect(() => {
    if (!pinned) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      // The pointer may rest on it still: it is closed all the same.
      gestures.set({ pinned: null, edge: null });
    };
    window.addEventListener('keydown', onKey, true);
    const unselect = selection.subscribe(({ edges }) => {
      if (!edges.has(edge)) gestures.set({ pinned: null });
    });
    return () => {
      window.removeEventListener('keydown', onKey, true);
      unselect();
    };
  }, [gestures, selection, edge, pinned]);
  if (resolved === undefined) return null;
  return (
    <Anchored
      at={() => {
        const scene = view.getState().scene.find((candidate) => candidate.id === edge);
        return scene === undefined ? null : { x: scene.chipAt.x, y: scene.chipAt.y + CHIP_HEIGHT / 2 };
      }}
      side="below"
      gap={GAP}
      belowBars
      className={style.popover}
      role="dialog"
      aria-label={t('gesture.edgeColumns')}
      data-edge-columns={edge}
      data-pinned={pinned}
      onPointerEnter={() => gestures.stay()}
      onPointerLeave={() => gestures.leave('edge')}
    >
      <div className={style.popoverHead}>
        <span>{t('gesture.edgeColumns')}</span>
        <span>{t(`inspector.${resolved.changelog}`)}</span>
        {pinned ? (
          <IconButton
            small
            label={t('common.close')}
            icon={<X size={12} strokeWidth={1.75} />}
            onClick={() => gestures.set({ pinned: null })}
          />
        ) : null}
      </div>
      <ColumnRows schema={resolved.schema} keys={resolved.exchange.kind === 'hash' ? resolved.exchange.columns : []} />
    </Anchored>
  );
}
