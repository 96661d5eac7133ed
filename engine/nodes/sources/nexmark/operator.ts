/** Runs the Nexmark source: ranges of events, made by number. */
import { RangeEnumerator, RangeReader } from '../../../connectors/ranges/range-source.ts';
import type { CoordinatorEnvironment, OperatorContext, SourceOperator, SplitEnumerator } from '../../../operators/operator.ts';
import { NexmarkWriter } from './event-writer.ts';
import type { NexmarkConfig } from './node.ts';

export function createSource(config: NexmarkConfig, context: OperatorContext): SourceOperator {
  const settings = {
    events: config.events,
    seed: config.seed,
    rate: config.eventsPerSecond,
    startMs: Date.parse(`${config.startTime}Z`),
    group: config.disorderEvents,
    lateParts: Math.round(config.lateShare * 1e6),
    lateMs: config.lateBy,
  };
  const writer = new NexmarkWriter(settings, context.outputSchemas[0], context.arena, context.requiredColumns[0] ?? null);
  return new RangeReader(context, writer, config.rowsPerSecond);
}

export function createEnumerator(config: NexmarkConfig, _environment: CoordinatorEnvironment): SplitEnumerator {
  return new RangeEnumerator(config.first, config.count === null ? null : config.first + config.count, config.rowsPerSecond);
}
