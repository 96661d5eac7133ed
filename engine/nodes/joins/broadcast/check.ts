/** What the fields of a broadcast cannot see by themselves. */
import { resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import type { JoinSide } from '../../../spec/join-inputs.ts';
import { checkJoin } from '../../../spec/join-inputs.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { text } from '../../../spec/text.ts';
import { isConstructed } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { BroadcastConfig } from './node.ts';
import { ROWS, RULES } from './schema.ts';

const keyType = defineProblem('MR2212', 'error', {
  en: '"{column}" is {type}; rules cannot be told apart by it',
  zh: '“{column}”的类型是 {type}，不能用于区分规则',
});

const SIDES: readonly [JoinSide, JoinSide] = [
  { port: ROWS, words: text({ en: 'rows', zh: '数据' }) },
  { port: RULES, words: text({ en: 'rules', zh: '规则' }) },
];

export function checkBroadcast(config: BroadcastConfig, inputs: NodeInputs): readonly Problem[] {
  const types = config.ruleKeys.flatMap((path, at) => {
    const column = resolveColumn(inputs.schema(RULES), path);
    if (column === null || !isConstructed(column.type)) return [];
    return [keyType({ column: path, type: printType(column.type) }, { field: `ruleKeys[${at}]` })];
  });
  return [...checkJoin(config, inputs, SIDES), ...types];
}
