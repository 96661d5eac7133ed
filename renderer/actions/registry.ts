/** All actions, gathered from the areas, and the chords in force after the person's own remapping. */
import type { Action, ActionId } from './action.ts';
import { alignActions } from './align-actions.ts';
import { arrowActions } from './arrow-actions.ts';
import { canvasActions } from './canvas-actions.ts';
import { editActions } from './edit-actions.ts';
import { fileActions } from './file-actions.ts';
import { goActions } from './go-actions.ts';
import { groupActions } from './group-actions.ts';
import { inspectorActions } from './inspector-actions.ts';
import { logActions } from './log-actions.ts';
import { runActions } from './run-actions.ts';
import { startActions } from './start-actions.ts';
import { tabActions } from './tab-actions.ts';
import { viewActions } from './view-actions.ts';

export const allActions: readonly Action[] = [
  ...fileActions,
  ...tabActions,
  ...startActions,
  ...editActions,
  ...canvasActions,
  ...alignActions,
  ...groupActions,
  ...arrowActions,
  ...inspectorActions,
  ...runActions,
  ...logActions,
  ...viewActions,
  ...goActions,
];

const byId: ReadonlyMap<ActionId, Action> = new Map(allActions.map((action) => [action.id, action]));

/** The registered action; an id without one is a mistake in the code. */
export function actionOf(id: ActionId): Action {
  const action = byId.get(id);
  if (action === undefined) throw new Error(`No action ${id} is registered`);
  return action;
}
