/** Runs the flatten node. */
import { assert } from '../../../base/assert.ts';
import { compileJsonPath } from '../../../expressions/functions/support/json/json-path.ts';
import { encodeUtf8 } from '../../../expressions/utf8.ts';
import { ELEMENT_SCHEMA, FlattenTextOperator } from '../../../operators/flattening/flatten-operator.ts';
import { UnpivotOperator } from '../../../operators/flattening/unpivot-operator.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import { assertExpression } from '../../../spec/type-expression.ts';
import { printType } from '../../../types/print-type.ts';
import type { FlattenConfig } from './node.ts';
import { keptColumns, valueType } from './schema.ts';

export function createOperator(config: FlattenConfig, context: OperatorContext): Operator {
  const [input] = context.inputSchemas;
  const settings = { timeZone: context.timeZone };
  const kept = keptColumns(config, input, settings);
  const numbered = config.position !== null;
  if (config.from === 'columns') {
    const type = valueType(config, input, settings);
    assert(type !== null, "the node's check has found a type for all values");
    const values = config.values.map(({ name, expression }) => {
      const typed = assertExpression(expression, input, settings);
      const isOne = typed.type.kind === type.kind && printType(typed.type) === printType({ ...type, nullable: typed.type.nullable });
      const cast = isOne
        ? typed
        : assertExpression(`CAST((${expression}\n) AS ${printType({ ...type, nullable: true })})`, input, settings);
      return { name, expression: cast };
    });
    return new UnpivotOperator({ values, kept, named: config.name !== null, numbered, leavesOutNulls: config.nulls === 'drop' }, context);
  }
  const column = resolveColumn(input, config.column);
  assert(column !== null, `the node's check has found column ${config.column}`);
  return new FlattenTextOperator(
    {
      column: column.path,
      cut:
        config.from === 'json'
          ? { kind: 'json', path: compileJsonPath(config.path) }
          : { kind: 'separator', bytes: encodeUtf8(config.separator) },
      kept,
      convert: config.type === 'STRING' ? null : assertExpression(`TRY_CAST(element AS ${config.type})`, ELEMENT_SCHEMA, settings),
      numbered,
      keepsEmpty: config.without === 'keep',
    },
    context,
  );
}
