/** The key of an action as components show it; follows remapping. */
import { useDesigner, useStore } from '../app/designer.ts';
import type { ActionId } from './action.ts';
import { keysShown } from './keymap.ts';

/** Null: the action has no key here. */
export function useKeysShown(id: ActionId): string | null {
  const designer = useDesigner();
  return useStore(designer.preferences, () => keysShown(designer, id));
}
