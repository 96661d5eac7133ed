/** Runs the custom source: the person's code reads its splits. */
import { CodeSource, CodeSplits } from '../../../operators/code/code-source.ts';
import { createStoredLists } from '../../../operators/code/stored-lists.ts';
import type { CoordinatorEnvironment, Operator, OperatorContext, SourceOperator, SplitEnumerator } from '../../../operators/operator.ts';
import { codeListsOf } from '../../../spec/custom-code/process-fields.ts';
import type { CustomSourceConfig } from './node.ts';

export function createSource(config: CustomSourceConfig, context: OperatorContext): SourceOperator {
  const { code, splits, states } = config;
  return new CodeSource({ source: code, splits, states: codeListsOf(states) }, context);
}

export function createStored({ states }: CustomSourceConfig, context: OperatorContext): Operator {
  return createStoredLists(codeListsOf(states), context);
}

export function createEnumerator(config: CustomSourceConfig, environment: CoordinatorEnvironment): SplitEnumerator {
  return new CodeSplits(config.splits, environment);
}
