/** A tooltip for a control that does a registered action: its name, or closer words, and the key in force. */
import type { ReactNode } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { Tip } from '../ui/Tip.tsx';
import type { ActionId } from './action.ts';
import { useKeysShown } from './use-keys.ts';

interface ActionTipProps {
  readonly id: ActionId;
  /** In place of the action's name. */
  readonly label?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactNode;
}

export function ActionTip({ id, label, side, children }: ActionTipProps) {
  const { t } = useTranslation();
  const keys = useKeysShown(id);
  return (
    <Tip label={label ?? t(`action.${id}`)} keys={keys ?? undefined} side={side}>
      {children}
    </Tip>
  );
}
