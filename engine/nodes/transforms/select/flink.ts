/** Flink SQL: a SELECT list. */
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { projectionView } from '../../../spec/contributions/flink-view.ts';
import type { SelectConfig } from './node.ts';
import { selectColumns } from './stage.ts';

export function selectFlink(context: FlinkContext<SelectConfig>): FlinkContribution {
  return projectionView(context, selectColumns(context.config, context.input().schema));
}
