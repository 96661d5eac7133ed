/** Runs the file source: chunks of files handed out by the enumerator, or files followed as they grow. */
import { ChunkReader } from '../../../connectors/files/chunk-reader.ts';
import { FileEnumerator } from '../../../connectors/files/file-enumerator.ts';
import { FollowReader } from '../../../connectors/files/follow-reader.ts';
import type { CoordinatorEnvironment, OperatorContext, SourceOperator, SplitEnumerator } from '../../../operators/operator.ts';
import type { FileSourceConfig } from './node.ts';

export function createSource(config: FileSourceConfig, context: OperatorContext): SourceOperator {
  const settings = { ...config, rowsPerSecond: config.rowsPerSecond ?? null };
  return config.follow ? new FollowReader(settings, context) : new ChunkReader(settings, context);
}

export function createEnumerator(config: FileSourceConfig, environment: CoordinatorEnvironment): SplitEnumerator {
  return new FileEnumerator(config, environment);
}
