/** Filters, projections and watermarks that follow each other, run as one generated loop. */
import type { Batch } from '../columnar/batch.ts';
import { ChainKernel } from '../expressions/compile/chain-kernel.ts';
import type { Stage } from '../expressions/compile/stage.ts';
import type { Schema } from '../types/schema.ts';
import type { Operator, OperatorContext, Progress, WatermarkPolicy } from './operator.ts';
import { WATERMARK_MAX } from './operator.ts';
import { StatelessOperator } from './stateless-operator.ts';
import { Idleness } from './time/idleness.ts';

/**
 * `stages` run in order over batches of `input`. Untouched columns are passed by reference, a filter only makes a
 * selection. With a watermark stage upstream marks and watermarks (but for the final one) end here.
 */
export function createStatelessChain(stages: readonly Stage[], input: Schema, context: OperatorContext): Operator & WatermarkPolicy {
  return new StatelessChain(stages, input, context);
}

/** A watermark starts anew after a restart, as in Flink. */
class StatelessChain extends StatelessOperator implements WatermarkPolicy {
  readonly watermarks: 'forward' | 'own';
  private readonly kernel: ChainKernel;
  private readonly context: OperatorContext;
  private readonly idleness: Idleness | null;
  private readonly filtersFirst: boolean;

  constructor(stages: readonly Stage[], input: Schema, context: OperatorContext) {
    super();
    this.context = context;
    this.kernel = new ChainKernel({
      input,
      stages,
      memory: context.memory,
      arena: context.arena,
      runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
    });
    this.watermarks = this.kernel.setsWatermarks ? 'own' : 'forward';
    const last = stages.filter((stage) => stage.kind === 'watermark').at(-1);
    this.idleness = last?.idleAfterMs == null || context.resultsAtEnd === true ? null : new Idleness(last.idleAfterMs, context);
    this.filtersFirst = last !== undefined && stages.slice(0, stages.indexOf(last)).some((stage) => stage.kind === 'filter');
  }

  override open(): void {
    this.idleness?.start();
  }

  override processBatch(_input: number, batch: Batch): Progress {
    const output = this.kernel.process(batch);
    if (this.context.resultsAtEnd === true) output.markCount = 0;
    // Rows dropped before the watermark do not count as rows of the stream.
    if (this.idleness !== null && (this.filtersFirst ? output.selectedCount + output.markCount : batch.selectedCount) > 0)
      this.idleness.onRows();
    if (output.selectedCount > 0 || output.markCount > 0) this.context.output.emit(0, output);
    return 'done';
  }

  override processWatermark(_input: number, watermark: bigint): Progress {
    // The end of event time is not held by an idle stream.
    if (watermark === WATERMARK_MAX) this.idleness?.onRows();
    return 'done';
  }

  override onProcessingTime(nowMs: number): Progress {
    this.idleness?.onTime(nowMs);
    return 'done';
  }

  override close(): void {
    this.kernel.close();
  }
}
