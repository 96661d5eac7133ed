/** Runs the broadcast node. */
import { assert } from '../../../base/assert.ts';
import { BroadcastOperator } from '../../../operators/broadcasting/broadcast-operator.ts';
import type { Operator, OperatorContext, WatermarkPolicy } from '../../../operators/operator.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import { joinedSchema } from '../../../spec/join-inputs.ts';
import { assertExpression } from '../../../spec/type-expression.ts';
import type { Schema } from '../../../types/schema.ts';
import type { BroadcastConfig } from './node.ts';

export function createOperator(config: BroadcastConfig, context: OperatorContext): Operator & WatermarkPolicy {
  const [rows, rules] = context.inputSchemas;
  const settings = { timeZone: context.timeZone };
  const both = joinedSchema(rows, rules);
  const [rowColumns, ruleColumns, ruleKeys] = [
    columnsOf(rows, config.leftKeys),
    columnsOf(rules, config.rightKeys),
    columnsOf(rules, config.ruleKeys),
  ];
  return new BroadcastOperator(
    {
      keys: {
        ruleKeys: ruleKeys.map((column) => column.path),
        ruleKeyTypes: ruleKeys.map((column) => column.type),
        rowColumns: rowColumns.map((column) => column.path),
        ruleColumns: ruleColumns.map((column) => column.path),
        matchTypes: rowColumns.map((column) => column.type),
      },
      condition: config.condition === null ? null : { schema: both, expression: assertExpression(config.condition, both, settings) },
      removes: config.removeWhen === null ? null : assertExpression(config.removeWhen, rules, settings),
      added: columnsOf(rules, config.columns).map((column) => column.path[0]),
      keepsUnmatched: config.unmatched === 'keep',
      waits: config.meet === 'after-rules',
      rulesHaveTime: rules.rowtime !== undefined,
    },
    context,
  );
}

function columnsOf(schema: Schema, paths: readonly string[]): ResolvedColumn[] {
  return paths.map((path) => {
    const column = resolveColumn(schema, path);
    assert(column !== null, `the node's check has found column ${path}`);
    return column;
  });
}
