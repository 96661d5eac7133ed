/** Flink SQL: a WHERE clause. */
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { conditionView, flinkExpression, parseChecked } from '../../../spec/contributions/flink-view.ts';
import type { FilterConfig } from './node.ts';

export function filterFlink(context: FlinkContext<FilterConfig>): FlinkContribution {
  const condition = flinkExpression(parseChecked(context.config.condition));
  const { view, relation } = conditionView(context, 'out', context.name(), condition);
  return { views: [view], outputs: { out: relation } };
}
