/** Flink SQL: the masking expressions in a SELECT list. */
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { projectionView } from '../../../spec/contributions/flink-view.ts';
import type { MaskConfig } from './node.ts';
import { maskColumns } from './stage.ts';

export function maskFlink(context: FlinkContext<MaskConfig>): FlinkContribution {
  return projectionView(context, maskColumns(context.config, context.input().schema));
}
