/** Does an action, or says why it cannot be done now. */
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import type { Action, ActionId } from './action.ts';
import { needsPipeline } from './reasons.ts';
import { actionOf } from './registry.ts';

/** Null: it can be done. */
export function reasonAgainst(designer: Designer, action: Action): string | null {
  const place = action.scope === 'canvas' ? needsPipeline(designer) : true;
  const enabled = place === true ? (action.enabled?.(designer) ?? true) : place;
  return enabled === true ? null : enabled;
}

export function invoke(designer: Designer, id: ActionId, pointed?: Point): void {
  const action = actionOf(id);
  const reason = reasonAgainst(designer, action);
  if (reason === null) action.run(designer, pointed);
  else designer.shell.say(reason);
}
