/** Runs the iterate node. */
import { IterateOperator } from '../../../operators/iterating/iterate-operator.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import { assertExpression } from '../../../spec/type-expression.ts';
import { castTo } from './assignments.ts';
import type { IterateConfig } from './node.ts';
import { loopSchema } from './schema.ts';

export function createOperator(config: IterateConfig, context: OperatorContext): Operator {
  const [input] = context.inputSchemas;
  const settings = { timeZone: context.timeZone };
  const schema = loopSchema(config, input);
  return new IterateOperator(
    {
      assignments: config.assignments.map(({ name, expression }) => {
        const column = schema.fields.findIndex((field) => field.name === name);
        return { column, expression: assertExpression(castTo(expression, schema.fields[column].type), schema, settings) };
      }),
      until: assertExpression(config.until, schema, settings),
      schema,
      rounds: config.rounds,
      emitsEach: config.emit === 'each',
      numbered: config.round !== null,
      apart: config.unfinished === 'port',
    },
    context,
  );
}
