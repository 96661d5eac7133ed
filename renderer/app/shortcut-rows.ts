/** The rows of the shortcut sheet: every action with a key in force; what belongs together, such as four arrows, is one row. */
import i18next from 'i18next';
import type { ActionId } from '../actions/action.ts';
import { formatChord, joinChords, systemAtHand } from '../actions/chord.ts';
import { chordsOf } from '../actions/keymap.ts';
import type { OwnKeys } from '../actions/own-keys.ts';
import { actionOf, allActions } from '../actions/registry.ts';
import { isDesktop } from '../host/desktop.ts';
import type { keyboardStrings } from '../strings/en/keyboard.ts';

type JoinedName = Exclude<keyof (typeof keyboardStrings)['shortcuts'], 'title' | 'change'>;

export interface ShortcutRow {
  readonly label: string;
  readonly keys: string;
}

/** In the first one's place; the others have no row of their own. */
const JOINED: readonly { readonly name: JoinedName; readonly actions: readonly ActionId[] }[] = [
  { name: 'walk', actions: ['walkLeft', 'walkRight', 'walkUp', 'walkDown'] },
  { name: 'nudge', actions: ['nudgeLeft', 'nudgeRight', 'nudgeUp', 'nudgeDown'] },
  { name: 'push', actions: ['pushLeft', 'pushRight', 'pushUp', 'pushDown'] },
  { name: 'reach', actions: ['selectUpstream', 'selectDownstream'] },
  { name: 'reachAll', actions: ['selectAllUpstream', 'selectAllDownstream'] },
  { name: 'clipboard', actions: ['copy', 'cut', 'paste'] },
  { name: 'fit', actions: ['fit', 'fitSelection'] },
  { name: 'zoom', actions: ['zoomIn', 'zoomOut'] },
  { name: 'tab', actions: ['nextTab', 'previousTab'] },
  { name: 'region', actions: ['nextRegion', 'previousRegion'] },
  { name: 'problem', actions: ['nextProblem', 'previousProblem'] },
];

export function shortcutRows(own: OwnKeys): readonly ShortcutRow[] {
  const rows: ShortcutRow[] = [];
  const shown = new Set<ActionId>();
  for (const { id } of allActions) {
    if (shown.has(id)) continue;
    const joined = JOINED.find((entry) => entry.actions.includes(id));
    const actions = joined?.actions ?? [id];
    for (const action of actions) shown.add(action);
    const chords = actions.flatMap((action) => chordsOf(actionOf(action), own, isDesktop()).slice(0, 1));
    if (chords.length === 0) continue;
    const label = joined === undefined ? i18next.t(`action.${id}`) : i18next.t(`shortcuts.${joined.name}`);
    rows.push({
      label,
      keys: joinChords(chords)
        .map((chord) => formatChord(chord, systemAtHand()))
        .join(' / '),
    });
  }
  return rows;
}
