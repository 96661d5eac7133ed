/** Runs the custom sink: the person's code writes lines into staged files, published by the committer of file sinks. */
import { FileCommitter } from '../../../connectors/files/file-committer.ts';
import { CodeSink } from '../../../operators/code/code-sink.ts';
import { createStoredLists } from '../../../operators/code/stored-lists.ts';
import type { Committer, CoordinatorEnvironment, Operator, OperatorContext } from '../../../operators/operator.ts';
import { codeListsOf } from '../../../spec/custom-code/process-fields.ts';
import type { CustomSinkConfig } from './node.ts';

const MEGABYTE = 1_000_000;

export function createOperator(config: CustomSinkConfig, context: OperatorContext): Operator {
  const { code, firstLine, rollMegabytes, rollInterval } = config;
  const files = { path: config.path, format: config.extension, prefix: config.prefix };
  const rolls = { rollBytes: rollMegabytes * MEGABYTE, rollIntervalMs: rollInterval };
  return new CodeSink({ ...files, ...rolls, source: code, firstLine, states: codeListsOf(config.states) }, context);
}

export function createStored({ states }: CustomSinkConfig, context: OperatorContext): Operator {
  return createStoredLists(codeListsOf(states), context);
}

export function createCommitter(config: CustomSinkConfig, environment: CoordinatorEnvironment): Committer {
  return new FileCommitter({ path: config.path, format: config.extension, prefix: config.prefix }, environment);
}
