/** Job settings as Flink configuration. */
import type { JobSettings } from '../../spec/job-settings.ts';
import type { ResolvedGraph } from '../../spec/resolved-graph.ts';
import { runsAsBatch } from '../../spec/run-mode.ts';

export function jobSettings(graph: ResolvedGraph): { readonly [key: string]: string } {
  const { job, document } = graph;
  return {
    'execution.runtime-mode': runsAsBatch(graph) ? 'batch' : 'streaming',
    'pipeline.name': document.name,
    'parallelism.default': String(job.parallelism),
    'pipeline.max-parallelism': String(job.maxParallelism),
    'table.local-time-zone': job.timeZone,
    ...checkpoints(job),
    ...restarts(job),
    ...(job.stateBackend === 'disk' ? { 'state.backend.type': 'rocksdb' } : {}),
    ...(job.stateTtl === null ? {} : { 'table.exec.state.ttl': `${job.stateTtl} ms` }),
  };
}

function checkpoints(job: JobSettings): { readonly [key: string]: string } {
  if (job.guarantee === 'at-most-once') return {};
  return {
    'execution.checkpointing.interval': `${job.checkpointInterval} ms`,
    'execution.checkpointing.mode': job.guarantee === 'exactly-once' ? 'EXACTLY_ONCE' : 'AT_LEAST_ONCE',
    ...(job.guarantee === 'exactly-once' && job.unaligned
      ? {
          'execution.checkpointing.unaligned.enabled': 'true',
          'execution.checkpointing.aligned-checkpoint-timeout': `${job.alignedTimeout} ms`,
        }
      : {}),
  };
}

function restarts(job: JobSettings): { readonly [key: string]: string } {
  const type = job.restartStrategy;
  if (type === 'none') return { 'restart-strategy.type': 'disable' };
  if (type === 'fixed-delay') {
    return {
      'restart-strategy.type': 'fixed-delay',
      'restart-strategy.fixed-delay.attempts': String(job.restartAttempts),
      'restart-strategy.fixed-delay.delay': `${job.restartDelay} ms`,
    };
  }
  return {
    'restart-strategy.type': 'exponential-delay',
    'restart-strategy.exponential-delay.initial-backoff': `${job.restartDelay} ms`,
    'restart-strategy.exponential-delay.attempts-before-reset-backoff': String(job.restartAttempts),
  };
}
