/** Flink SQL: one view per port that is used. */
import type { FlinkContext, FlinkContribution, FlinkRelation, FlinkView } from '../../../spec/contributions/flink.ts';
import { conditionView, flinkExpression, parseChecked } from '../../../spec/contributions/flink-view.ts';
import type { SqlFragment } from '../../../spec/contributions/sql-fragment.ts';
import { joinSql, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { RouteConfig } from './node.ts';

export function routeFlink(context: FlinkContext<RouteConfig>): FlinkContribution {
  const { config } = context;
  const conditions = config.routes.map((route) => sql`((${flinkExpression(parseChecked(route.expression))}) IS TRUE)`);
  const views: FlinkView[] = [];
  const outputs: { [port: string]: FlinkRelation } = {};
  const add = (port: string, condition: SqlFragment): void => {
    if (!context.isUsed(port)) return;
    const { view, relation } = conditionView(context, port, context.name(port), condition);
    views.push(view);
    outputs[port] = relation;
  };
  for (const [index, route] of config.routes.entries()) {
    const earlier = config.matching === 'first' ? conditions.slice(0, index) : [];
    add(route.name, joinSql([...earlier.map(not), conditions[index]], ' AND '));
  }
  add('else', joinSql(conditions.map(not), ' AND '));
  return { views, outputs };
}

function not(condition: SqlFragment): SqlFragment {
  return sql`NOT ${condition}`;
}
