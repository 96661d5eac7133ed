/** Stands for a source or sink of custom code when only its stored lists are looked at: none of the code is run, and no row comes. */
import type { CodeState } from '../../spec/custom-code/code-types.ts';
import { checkOperatorLists } from '../../state/operator-list-state.ts';
import type { Operator, OperatorContext } from '../operator.ts';
import { createOperatorLists } from './code-state.ts';

export function createStoredLists(states: readonly CodeState[], { nodeId }: OperatorContext): Operator {
  const never = (): never => {
    throw new Error('assertion failed: code that is not there is not called');
  };
  return {
    open: (restored) => checkOperatorLists(nodeId, restored, [...createOperatorLists(states).values()]),
    processBatch: never,
    processWatermark: never,
    processStatus: never,
    drain: never,
    onProcessingTime: never,
    endInput: never,
    snapshot: never,
    notifyCheckpointComplete: never,
    close: () => undefined,
  };
}
