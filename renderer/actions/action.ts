/**
 * One thing a person can do, registered once: menu, context menus, command palette, tooltips, shortcut sheet and the
 * remapping of keys all read this. Its words are the strings `action.<id>`.
 */
import type { LucideIcon } from 'lucide-react';
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import type { ActionStrings } from '../strings/en/actions.ts';

export type ActionId = keyof ActionStrings;

/** Where its keys act: while a field has the focus too, everywhere else, or only on the canvas. */
export type ActionScope = 'always' | 'outside-fields' | 'canvas';

/** In this order palette and settings list them. */
export type ActionArea = 'file' | 'edit' | 'canvas' | 'run' | 'view' | 'help';

export interface Action {
  readonly id: ActionId;
  readonly area: ActionArea;
  readonly icon?: LucideIcon;
  /**
   * Chords, "Ctrl Shift S"; of those in force the first is the one shown. On macOS Ctrl means Cmd. A chord that browsers
   * reserve (chord.ts) acts and shows only on the desktop, so it may stand before one that works everywhere.
   */
  readonly keys: readonly string[];
  readonly scope: ActionScope;
  /** A held key does it again and again: moving, zooming, undoing. */
  readonly repeats?: boolean;
  /** The browser acts on the key itself, such as on Ctrl C; only a remapped key is ours. */
  readonly native?: boolean;
  /** Shown in red: it takes something away for good. */
  readonly danger?: boolean;
  /** True, or why it cannot be done now, in the page's language; absent: always possible. */
  enabled?(designer: Designer): true | string;
  /** Whether menus about what is selected list it at all; absent: always. */
  offered?(designer: Designer): boolean;
  /** For actions that switch something: whether it is on. */
  checked?(designer: Designer): boolean;
  /** `pointed` is where on the page a context menu was opened; keys and the palette have no such place. */
  run(designer: Designer, pointed?: Point): void;
}
