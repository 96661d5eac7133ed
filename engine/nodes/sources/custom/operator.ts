/** Runs the custom source: the person's code reads its splits. */
import { CodeSource, CodeSplits } from '../../../operators/code/code-source.ts';
import type { CoordinatorEnvironment, OperatorContext, SourceOperator, SplitEnumerator } from '../../../operators/operator.ts';
import { codeListsOf } from '../../../spec/custom-code/process-fields.ts';
import type { CustomSourceConfig } from './node.ts';

export function createSource(config: CustomSourceConfig, context: OperatorContext): SourceOperator {
  const { code, splits, states } = config;
  return new CodeSource({ source: code, splits, states: codeListsOf(states) }, context);
}

export function createEnumerator(config: CustomSourceConfig, environment: CoordinatorEnvironment): SplitEnumerator {
  return new CodeSplits(config.splits, environment);
}
