/** Menus whose rows carry an icon, a note and a key: below a button, or where the pointer asked for one. */
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
  /** Why it cannot be chosen now; it stays in reach of the keyboard, so that the reason is read. */
  readonly reason?: string;
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
        <MenuContent groups={groups} align={align} side={side} />
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** For a menu that puts its own root and trigger around it. */
export function MenuContent({ groups, align, side }: Required<Omit<MenuProps, 'trigger'>>) {
  return (
    <DropdownMenu.Content className={style.menu} align={align} side={side} sideOffset={5} collisionPadding={8}>
      <MenuRows groups={groups} />
    </DropdownMenu.Content>
  );
}

interface PointMenuProps {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  /** Of the page. */
  readonly at: { readonly x: number; readonly y: number };
  readonly onClose: () => void;
  /** Puts the focus back to what the menu is about. */
  readonly onRefocus: () => void;
}

/** A context menu; the caller shows it while it is open. */
export function PointMenu({ label, groups, at, onClose, onRefocus }: PointMenuProps) {
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => (open ? undefined : onClose())}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" className={style.menuPoint} style={{ left: at.x, top: at.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={style.menu}
          aria-label={label}
          aria-labelledby={undefined}
          align="start"
          side="bottom"
          sideOffset={2}
          collisionPadding={8}
          onContextMenu={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onRefocus();
          }}
        >
          <MenuRows groups={groups} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuRows({ groups }: { readonly groups: readonly MenuGroup[] }) {
  return groups
    .filter((group) => group.items.length > 0)
    .map((group, index) => (
      <DropdownMenu.Group key={group.items[0]?.id ?? index}>
        {index === 0 ? null : <DropdownMenu.Separator className={style.separator} />}
        {group.label === undefined ? null : <DropdownMenu.Label className={style.groupLabel}>{group.label}</DropdownMenu.Label>}
        {group.items.map((item) => (
          <MenuRow key={item.id} item={item} />
        ))}
      </DropdownMenu.Group>
    ));
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  const note = item.reason ?? item.note;
  const content = (
    <>
      {item.icon}
      <span className={style.itemText}>
        {item.label}
        {note === undefined ? null : <span className={style.itemNote}>{note}</span>}
      </span>
      {item.checked === true ? <Check className={style.check} strokeWidth={2.25} /> : null}
      {item.keys === undefined ? null : (
        <span className={style.itemKeys} aria-hidden="true">
          {item.keys}
        </span>
      )}
    </>
  );
  const common = {
    className: style.item,
    'aria-disabled': item.reason === undefined ? undefined : true,
    'aria-keyshortcuts': item.keys?.replace('Ctrl', 'Control').replaceAll(' ', '+'),
    'data-danger': item.danger === true ? '' : undefined,
    onSelect: (event: Event) => {
      if (item.reason === undefined) item.run();
      else event.preventDefault();
    },
  };
  if (item.checked === undefined) return <DropdownMenu.Item {...common}>{content}</DropdownMenu.Item>;
  return (
    <DropdownMenu.CheckboxItem {...common} checked={item.checked}>
      {content}
    </DropdownMenu.CheckboxItem>
  );
}
