/** The runtime's own operator: neighbouring stages of the document as one loop. */
import { assert } from '../../base/assert.ts';
import type { Batch } from '../../columnar/batch.ts';
import { ChainKernel } from '../../expressions/compile/chain-kernel.ts';
import type { Stage } from '../../expressions/compile/stage.ts';
import type { Operator, OperatorContext, WatermarkPolicy } from '../../operators/operator.ts';
import { createStatelessChain } from '../../operators/stateless-chain.ts';
import type { StageConfig } from '../plan/physical-plan.ts';
import type { NodeModule } from '../workers/operator-loader.ts';
import type { EdgeSample } from './edge-sample.ts';
import { StageShares } from './stage-shares.ts';

/** The edges between fused stages are looked at by running the stages before them once more, while somebody watches. */
export interface TappableStages {
  /** Rows behind stage `stage`; null ends it. */
  tapStage(stage: number, tap: EdgeSample | null): void;
}

/** Parts of the work of a fused loop, one for each of its stages; they add up to one. */
export interface MeasuredStages {
  stageShares(): readonly number[];
}

interface StageTap {
  readonly kernel: ChainKernel;
  readonly tap: EdgeSample;
}

/** `module` finds the modules of the stages, which the plan names and the worker has loaded. */
export function createStagesModule(module: (type: string) => NodeModule): NodeModule {
  return {
    createOperator(config: { readonly stages: readonly StageConfig[] }, context) {
      const stages = config.stages.map((stage) => {
        const create = module(stage.type).createStage;
        assert(create !== undefined, `stage '${stage.type}' exports createStage`);
        const { nodeId, inputSchema } = stage;
        return create(stage.config as never, { nodeId, inputSchema, settings: { timeZone: context.timeZone } });
      });
      return withTaps(createStatelessChain(stages, context.inputSchemas[0], context), stages, context);
    },
  };
}

function withTaps(
  chain: Operator & WatermarkPolicy,
  stages: readonly Stage[],
  context: OperatorContext,
): Operator & WatermarkPolicy & TappableStages & MeasuredStages {
  const taps = new Map<number, StageTap>();
  const end = (stage: number): void => {
    taps.get(stage)?.kernel.close();
    taps.delete(stage);
  };
  const look = (batch: Batch): void => {
    for (const { kernel, tap } of taps.values()) {
      if (!tap.isDue()) continue;
      const mark = context.arena.mark();
      tap.add(kernel.process(batch));
      context.arena.release(mark);
    }
  };
  const beginning = (count: number): ChainKernel => {
    const runtime = { timeZone: context.timeZone, now: () => context.clock.now() };
    const { memory, arena } = context;
    return new ChainKernel({ input: context.inputSchemas[0], stages: stages.slice(0, count), memory, arena, runtime });
  };
  const shares = new StageShares(stages.length, context.clock, (count) => {
    const kernel = beginning(count);
    const run = (batch: Batch): void => {
      const mark = context.arena.mark();
      kernel.process(batch);
      context.arena.release(mark);
    };
    return { run, close: () => kernel.close() };
  });
  return {
    watermarks: chain.watermarks,
    stageShares: () => shares.read(),
    tapStage(stage, tap) {
      end(stage);
      if (tap === null) return;
      taps.set(stage, { tap, kernel: beginning(stage + 1) });
    },
    open: (restored) => chain.open(restored),
    processBatch(input, batch) {
      if (taps.size > 0) look(batch);
      shares.look(batch);
      return chain.processBatch(input, batch);
    },
    processWatermark: (input, watermark) => chain.processWatermark(input, watermark),
    processStatus: (input, idle) => chain.processStatus(input, idle),
    drain: () => chain.drain(),
    onProcessingTime: (nowMs) => chain.onProcessingTime(nowMs),
    endInput: (input) => chain.endInput(input),
    snapshot: (checkpointId, writer) => chain.snapshot(checkpointId, writer),
    notifyCheckpointComplete: (checkpointId) => chain.notifyCheckpointComplete(checkpointId),
    close() {
      for (const stage of [...taps.keys()]) end(stage);
      shares.close();
      chain.close();
    },
  };
}
