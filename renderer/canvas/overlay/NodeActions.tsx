/** Actions above the card under the pointer; the same ones as in its context menu, by icon. */
import { memo } from 'react';
import type { Action } from '../../actions/action.ts';
import { reasonAgainst } from '../../actions/invoke.ts';
import { allActions } from '../../actions/registry.ts';
import { useDesigner, useStore } from '../../app/designer.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Anchored } from './Anchored.tsx';
import style from './overlay.module.css';

const GAP = 7;
/** In this order; those that a version does not have are absent. */
const SHOWN: readonly string[] = ['runFromHere', 'preview', 'previewRows', 'duplicate', 'switchOff', 'remove', 'contextMenu'];

export function NodeActions() {
  const { gestures, view, selection } = useDesigner();
  const hovered = useStore(gestures, (state) => state.card);
  const many = useStore(selection, (state) => state.nodes.size > 1);
  const there = useStore(view, (state) => hovered !== null && state.projection.cardOf.has(hovered));
  return hovered === null || !there || many ? null : <Bar id={hovered} />;
}

/** Goes by the card's id: what is typed into the card is no reason to draw these again. */
const Bar = memo(function Bar({ id }: { readonly id: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const actions = SHOWN.map((id) => allActions.find((action) => action.id === id)).filter((action) => action !== undefined);
  const act = (action: Action) => {
    const { nodes, focus } = designer.selection.getState();
    const own =
      designer.view
        .getState()
        .projection.cardOf.get(id)
        ?.rows.map((row) => row.node.id) ?? [];
    // A row chosen before stays the one that is meant; else the card as a whole is.
    const chosen = own.filter((id) => nodes.has(id));
    const meant = chosen.length > 0 ? chosen : own;
    designer.selection.select(meant);
    if (focus === null || !meant.includes(focus)) designer.selection.focus(meant[0] ?? null);
    if (reasonAgainst(designer, action) === null) action.run(designer);
    designer.gestures.set({ card: null });
  };
  return (
    <Anchored
      at={() => {
        const card = designer.view.getState().projection.cardOf.get(id);
        if (card === undefined) return null;
        const position = designer.view.positionOf(card);
        return { x: position.x + card.width / 2, y: position.y };
      }}
      side="above"
      gap={GAP}
      loose
      className={style.actions}
      role="toolbar"
      aria-label={t('gesture.nodeActions')}
      data-node-actions={id}
      onPointerEnter={() => designer.gestures.stay()}
      onPointerLeave={() => designer.gestures.leave('card')}
    >
      {actions.map((action) => {
        const Icon = action.icon;
        return (
          <IconButton
            key={action.id}
            small
            side="top"
            tabIndex={-1}
            label={t(`action.${action.id}`)}
            keys={action.keys[0]}
            icon={Icon === undefined ? null : <Icon size={14} strokeWidth={1.75} />}
            onClick={() => act(action)}
          />
        );
      })}
    </Anchored>
  );
});
