/** A drop-down menu whose rows carry an icon, a note and a key. */

import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import style from './overlay.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly checked?: boolean;
  readonly run: () => void;
}

export interface MenuGroup {
  readonly label?: string;
  readonly items: readonly MenuItem[];
}

interface MenuProps {
  readonly trigger: ReactNode;
  readonly groups: readonly MenuGroup[];
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'bottom';
}

export function Menu({ trigger, groups, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={style.menu} align={align} side={side} sideOffset={5} collisionPadding={8}>
          {groups.map((group, index) => (
            <DropdownMenu.Group key={group.items[0]?.id ?? index}>
              {index === 0 ? null : <DropdownMenu.Separator className={style.separator} />}
              {group.label === undefined ? null : <DropdownMenu.Label className={style.groupLabel}>{group.label}</DropdownMenu.Label>}
              {group.items.map((item) => (
                <MenuRow key={item.id} item={item} />
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  const content = (
    <>
      {item.icon}
      <span className={style.itemText}>
        {item.label}
        {item.note === undefined ? null : <span className={style.itemNote}>{item.note}</span>}
      </span>
      {item.checked === true ? <Check className={style.check} strokeWidth={2.25} /> : null}
      {item.keys === undefined ? null : <span className={style.itemKeys}>{item.keys}</span>}
    </>
  );
  const common = {
    className: style.item,
    disabled: item.disabled,
    onSelect: item.run,
    'data-danger': item.danger === true ? '' : undefined,
  };
  if (item.checked === undefined) return <DropdownMenu.Item {...common}>{content}</DropdownMenu.Item>;
  return (
    <DropdownMenu.CheckboxItem {...common} checked={item.checked}>
      {content}
    </DropdownMenu.CheckboxItem>
  );
}
