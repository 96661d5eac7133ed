/** A menu of registered actions below a button: the "…" of cards and panels. Its rows are read when it opens. */
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useDesigner } from '../app/designer.ts';
import { MenuContent } from '../ui/Menu.tsx';
import type { ActionList } from './menu-items.ts';
import { menuGroups } from './menu-items.ts';

interface ActionMenuProps {
  readonly trigger: ReactNode;
  readonly list: ActionList;
  readonly align?: 'start' | 'center' | 'end';
  /** Before the rows are read, such as selecting what the menu is about. */
  readonly onOpen?: () => void;
}

export function ActionMenu({ trigger, list, align = 'end', onOpen }: ActionMenuProps) {
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => (open ? onOpen?.() : undefined)}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <ActionRows list={list} align={align} />
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Mounted while the menu is open only. */
function ActionRows({ list, align }: { readonly list: ActionList; readonly align: 'start' | 'center' | 'end' }) {
  const designer = useDesigner();
  return <MenuContent groups={menuGroups(designer, list)} align={align} side="bottom" />;
}
