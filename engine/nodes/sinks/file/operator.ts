/** Runs the file sink: staged files written by subtasks, published by the committer once a checkpoint is durable. */
import { FileCommitter } from '../../../connectors/files/file-committer.ts';
import { FileSink } from '../../../connectors/files/file-sink.ts';
import type { Committer, CoordinatorEnvironment, Operator, OperatorContext } from '../../../operators/operator.ts';
import type { FileSinkConfig } from './node.ts';

const MEGABYTE = 1_000_000;

export function createOperator(config: FileSinkConfig, context: OperatorContext): Operator {
  return new FileSink({ ...config, rollBytes: config.rollMegabytes * MEGABYTE, rollIntervalMs: config.rollInterval }, context);
}

export function createCommitter(config: FileSinkConfig, environment: CoordinatorEnvironment): Committer {
  return new FileCommitter(config, environment);
}
