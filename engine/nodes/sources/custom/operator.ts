/** Runs the custom source: the person's code reads its splits. */
import { CodeSource, CodeSplits } from '../../../operators/code/code-source.ts';
import type { CoordinatorEnvironment, OperatorContext, SourceOperator, SplitEnumerator } from '../../../operators/operator.ts';
import type { CustomSourceConfig } from './node.ts';

export function createSource(config: CustomSourceConfig, context: OperatorContext): SourceOperator {
  return new CodeSource(config.code, config.splits, context);
}

export function createEnumerator(config: CustomSourceConfig, environment: CoordinatorEnvironment): SplitEnumerator {
  return new CodeSplits(config.splits, environment);
}
