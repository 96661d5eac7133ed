/** Runs the running aggregate node. */
import { assert } from '../../../base/assert.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import { BestRowOperator } from '../../../operators/running/best-row-operator.ts';
import { RunningAggregateOperator } from '../../../operators/running/running-aggregate-operator.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import type { Schema } from '../../../types/schema.ts';
import type { RunningAggregateConfig } from './node.ts';

export function createOperator(config: RunningAggregateConfig, context: OperatorContext): Operator {
  const [input] = context.inputSchemas;
  const keys = config.keys.map((path) => columnOf(input, path));
  const common = { keys: keys.map((key) => key.path), keyTypes: keys.map((key) => key.type), forgetAfterMs: config.forgetAfter };
  if (config.result !== 'aggregates') {
    const by = columnOf(input, config.by);
    const best = config.result === 'min-by' ? 'least' : 'greatest';
    return new BestRowOperator({ ...common, by: by.path, byType: by.type, best, ties: config.ties }, context);
  }
  const calls = config.aggregates.map((aggregate, at) => {
    const argument = aggregate.column === null ? null : columnOf(input, aggregate.column);
    return {
      function: aggregate.function,
      argument: argument?.path ?? null,
      argumentType: argument?.type ?? null,
      resultType: context.outputSchemas[0].fields[input.fields.length + at].type,
    };
  });
  return new RunningAggregateOperator(common, calls, context);
}

function columnOf(schema: Schema, path: string): ResolvedColumn {
  const column = resolveColumn(schema, path);
  assert(column !== null, `the node's check has found column ${path}`);
  return column;
}
