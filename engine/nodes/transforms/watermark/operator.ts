/** A watermark node runs as a stage of the fused loop that writes marks into the batch. */
import type { WatermarkStage } from '../../../expressions/compile/stage.ts';
import { columnReference } from '../../../spec/column-path.ts';
import type { StageContext } from '../../../spec/stage-module.ts';
import { assertExpression } from '../../../spec/type-expression.ts';
import type { WatermarkConfig } from './node.ts';

export function createStage(config: WatermarkConfig, context: StageContext): WatermarkStage {
  return {
    kind: 'watermark',
    nodeId: context.nodeId,
    rowtime: config.time.column,
    expression: assertExpression(columnReference([config.time.column]), context.inputSchema, context.settings),
    delayMs: config.time.delayMs,
    rule: config.rule,
    idleAfterMs: config.idleAfter,
  };
}
