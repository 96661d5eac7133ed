/** The bar above several selected cards: align, distribute, group, switch off, more; and what dragging them does. */
import { MoreHorizontal, MousePointer2 } from 'lucide-react';
import type { ActionId } from '../../actions/action.ts';
import { invoke, reasonAgainst } from '../../actions/invoke.ts';
import { actionOf } from '../../actions/registry.ts';
import type { Designer } from '../../app/designer.ts';
import { useDesigner, useStore } from '../../app/designer.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Keys } from '../../ui/Keys.tsx';
import { selectionBounds } from '../surface-pointer.ts';
import { Anchored } from './Anchored.tsx';
import style from './overlay.module.css';

const GAP = 26;
const HINT_GAP = 16;
const PARTS: readonly (readonly ActionId[])[] = [
  ['alignLeft', 'alignCentre', 'alignRight'],
  ['alignTop', 'alignMiddle', 'alignBottom'],
  ['distributeColumns', 'distributeRows'],
];

export function AlignBar() {
  const designer = useDesigner();
  const count = useStore(designer.view, (state) => state.nodes.filter((node) => node.selected === true).length);
  const shown = useStore(designer.gestures, (state) => state.activity === 'rest' || state.activity === 'lasso' || state.activity === 'pan');
  return count < 2 || !shown ? null : <Bar designer={designer} count={count} />;
}

function Bar({ designer, count }: { readonly designer: Designer; readonly count: number }) {
  const { t } = useTranslation();
  useStore(designer.documents, (state) => state.document);
  return (
    <>
      <Anchored
        at={() => {
          const box = selectionBounds(designer);
          return box === null ? null : { x: box.x + box.width / 2, y: box.y };
        }}
        side="above"
        gap={GAP}
        className={style.bar}
        role="toolbar"
        aria-label={t('gesture.alignBar')}
        data-align-bar=""
      >
        {PARTS.map((part) => (
          <span key={part[0]} className={style.part}>
            {part.map((id) => (
              <BarIcon key={id} designer={designer} id={id} />
            ))}
          </span>
        ))}
        <span className={style.part}>
          <BarButton designer={designer} id="group" keys="Ctrl G" />
          <BarButton designer={designer} id="switchOff" label={t('gesture.off')} />
        </span>
        <IconButton
          side="top"
          label={t('common.more')}
          icon={<MoreHorizontal size={15} strokeWidth={1.75} />}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            openMore(designer, { x: box.left, y: box.bottom + 4 });
          }}
        />
      </Anchored>
      <Anchored
        at={() => {
          const box = selectionBounds(designer);
          return box === null ? null : { x: box.x + box.width, y: box.y + box.height };
        }}
        side="below"
        gap={HINT_GAP}
        className={style.hint}
        data-selection-hint=""
      >
        <MousePointer2 size={13} strokeWidth={1.75} />
        {t('gesture.selectedHint', { count })}
      </Anchored>
    </>
  );
}

function BarIcon({ designer, id }: { readonly designer: Designer; readonly id: ActionId }) {
  const { t } = useTranslation();
  const action = actionOf(id);
  const Icon = action.icon;
  return (
    <IconButton
      side="top"
      label={t(`action.${id}`)}
      disabled={reasonAgainst(designer, action) !== null}
      icon={Icon === undefined ? null : <Icon size={15} strokeWidth={1.75} />}
      onClick={() => invoke(designer, id)}
    />
  );
}

function BarButton({
  designer,
  id,
  label,
  keys,
}: {
  readonly designer: Designer;
  readonly id: ActionId;
  readonly label?: string;
  readonly keys?: string;
}) {
  const { t } = useTranslation();
  const action = actionOf(id);
  const Icon = action.icon;
  return (
    <button type="button" className={style.barButton} aria-label={t(`action.${id}`)} onClick={() => invoke(designer, id)}>
      {Icon === undefined ? null : <Icon size={14} strokeWidth={1.75} />}
      <span>{label ?? t(`action.${id}`)}</span>
      {keys === undefined ? null : <Keys keys={keys} />}
    </button>
  );
}

function openMore(designer: Designer, at: { readonly x: number; readonly y: number }): void {
  designer.shell.set({ contextMenu: { target: 'selection', screen: at } });
}
