/** Registered actions as rows of a menu: name, icon, key in force, mark, and the reason when it cannot be done. */
import i18next from 'i18next';
import { createElement } from 'react';
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import type { MenuGroup, MenuItem } from '../ui/Menu.tsx';
import type { ActionId } from './action.ts';
import { invoke, reasonAgainst } from './invoke.ts';
import { keysShown } from './keymap.ts';
import { actionOf } from './registry.ts';

/** Groups of ids, as lists of menus are written. */
export type ActionList = readonly (readonly ActionId[])[];

export function menuGroups(designer: Designer, list: ActionList, pointed?: Point): readonly MenuGroup[] {
  const offered = (id: ActionId) => actionOf(id).offered?.(designer) !== false;
  return list.map((ids) => ({ items: ids.filter(offered).map((id) => menuItem(designer, id, pointed)) }));
}

export function menuItem(designer: Designer, id: ActionId, pointed?: Point): MenuItem {
  const action = actionOf(id);
  const Icon = action.icon;
  return {
    id,
    label: i18next.t(`action.${id}`),
    icon: Icon === undefined ? undefined : createElement(Icon, { size: 14, strokeWidth: 1.75 }),
    keys: keysShown(designer, id) ?? undefined,
    danger: action.danger,
    reason: reasonAgainst(designer, action) ?? undefined,
    checked: action.checked?.(designer),
    run: () => invoke(designer, id, pointed),
  };
}
