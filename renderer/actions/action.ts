/**
 * One thing a person can do, registered once: menu, context menus, command palette, tooltips, shortcut sheet and the
 * remapping of keys all read this. Its words are the strings `action.<id>`.
 */
import type { LucideIcon } from 'lucide-react';
import type { Designer } from '../app/designer.ts';
import type { ActionStrings } from '../strings/en/actions.ts';

export type ActionId = keyof ActionStrings;

/** Where its keys act: while a field has the focus too, everywhere else, or only on the canvas. */
export type ActionScope = 'always' | 'outside-fields' | 'canvas';

export type ActionArea = 'file' | 'edit' | 'canvas' | 'run' | 'view' | 'help';

export interface Action {
  readonly id: ActionId;
  readonly area: ActionArea;
  readonly icon?: LucideIcon;
  /** Chords as shown to people, "Ctrl Shift S"; the first is the one shown. On macOS Ctrl means Cmd. */
  readonly keys: readonly string[];
  readonly scope: ActionScope;
  /** Reserved by browsers, so its keys neither act nor show there; it stays in menus and the palette. */
  readonly desktopKeys?: boolean;
  /** Listed nowhere by itself: a key that only makes sense with hands on the canvas, such as an arrow. */
  readonly unlisted?: boolean;
  /** True, or why it cannot be done now, in the page's language; absent: always possible. */
  enabled?(designer: Designer): true | string;
  run(designer: Designer): void;
}
