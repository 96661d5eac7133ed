/** Custom code that ended its worker: named, and never tried again, as it would end the next one too. */
import { EngineError } from '../../base/errors.ts';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import type { BlamedCode } from './world.ts';

export function codeFailure(plan: PhysicalPlan, { operator, cause }: BlamedCode): EngineError {
  const nodeId = plan.operators[operator]?.nodeId ?? '';
  const details = { domain: 'user', retryable: false, nodeId, field: 'code' } as const;
  if (cause === 'memory') {
    return new EngineError('MR5037', `the code of node '${nodeId}' used up the memory of its worker, which was ended`, {
      ...details,
      remedy: 'keep what has to be remembered in a state of the node instead of variables, and forget what is no longer needed',
    });
  }
  return new EngineError('MR5036', `the code of node '${nodeId}' did not come back from one call, so its worker was ended`, {
    ...details,
    remedy: 'look for a loop in processElement or onTimer that does not end, or do less for one row',
  });
}
