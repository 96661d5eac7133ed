/** Runs the deduplicate node. */
import { assert } from '../../../base/assert.ts';
import { KeepFirstOperator } from '../../../operators/deduplicating/keep-first-operator.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import type { DeduplicateConfig } from './node.ts';

export function createOperator(config: DeduplicateConfig, context: OperatorContext): Operator {
  const keys = config.keys.map((path) => {
    const column = resolveColumn(context.inputSchemas[0], path);
    assert(column !== null, `the node's check has found column ${path}`);
    return column;
  });
  const [paths, types] = [keys.map((key) => key.path), keys.map((key) => key.type)];
  return new KeepFirstOperator({ keys: paths, keyTypes: types, forgetAfterMs: config.forgetAfter }, context);
}
