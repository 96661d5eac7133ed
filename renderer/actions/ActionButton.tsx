/** An icon button that does a registered action: name, icon and key are the action's. The caller says when it is greyed or pressed, so that it subscribes to what it needs. */
import type { ReactNode } from 'react';
import { memo } from 'react';
import { useDesigner } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import type { ActionId } from './action.ts';
import { invoke } from './invoke.ts';
import { actionOf } from './registry.ts';
import { useKeysShown } from './use-keys.ts';

interface ActionButtonProps {
  readonly id: ActionId;
  /** In place of the action's own. */
  readonly icon?: ReactNode;
  /** In place of the action's name. */
  readonly label?: string;
  readonly size?: number;
  readonly small?: boolean;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

export const ActionButton = memo(function ActionButton({ id, icon, label, size = 15, ...rest }: ActionButtonProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const keys = useKeysShown(id);
  const Icon = actionOf(id).icon;
  return (
    <IconButton
      label={label ?? t(`action.${id}`)}
      keys={keys ?? undefined}
      icon={icon ?? (Icon === undefined ? null : <Icon size={size} strokeWidth={1.75} />)}
      onClick={() => invoke(designer, id)}
      {...rest}
    />
  );
});
