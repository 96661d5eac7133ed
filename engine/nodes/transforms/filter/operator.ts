/** A filter runs as one predicate of the fused loop. */
import type { FilterStage } from '../../../expressions/compile/stage.ts';
import type { StageContext } from '../../../spec/stage-module.ts';
import { assertExpression } from '../../../spec/type-expression.ts';
import type { FilterConfig } from './node.ts';

export function createStage(config: FilterConfig, context: StageContext): FilterStage {
  const predicate = assertExpression(config.condition, context.inputSchema, context.settings);
  return { kind: 'filter', nodeId: context.nodeId, predicate };
}
