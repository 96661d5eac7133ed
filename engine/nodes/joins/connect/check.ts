/** What the fields of a connect node cannot see by themselves: keys that do not meet, code that cannot be read, types that it cannot use. */
import {
  checkBroadcastStates,
  checkCode,
  checkNames,
  checkReadColumns,
  checkStates,
  checkWrittenColumns,
} from '../../../spec/custom-code/check-code.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import { areComparable } from '../../../spec/join-inputs.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { ConnectConfig } from './node.ts';
import { FIRST, SECOND } from './shape.ts';

const keyCounts = defineProblem('MR2341', 'error', {
  en: 'The key of the first input has {first} columns, that of the second {second}; both need the same number',
  zh: '第一个输入的键有 {first} 列，第二个有 {second} 列；两者列数必须相同',
});
const keyTypes = defineProblem('MR2342', 'error', {
  en: '"{first}" is {firstType}, "{second}" is {secondType}: equal values would not share state (a Select node can cast one of them)',
  zh: '“{first}”的类型是 {firstType}，“{second}”的类型是 {secondType}：相等的值不会共享状态（可用“选择列”转换其中一列）',
});

export function checkConnect(config: ConnectConfig, inputs: NodeInputs): readonly Problem[] {
  return [
    ...[FIRST, SECOND].flatMap((port) => checkReadColumns(inputs.schema(port).fields)),
    ...(config.second === 'broadcast' ? [] : checkKeys(config, inputs)),
    ...checkCode(config.code, ['processElement1(row, ctx, out)', 'processElement2(row, ctx, out)']),
    ...checkWrittenColumns(config.columns, 'columns'),
    ...checkStates(config.states, config.code, { chosen: config.firstKeys.length, field: 'firstKeys' }),
    ...(config.second === 'broadcast'
      ? checkBroadcastStates(
          config.broadcastStates,
          config.states.map(({ name }) => name),
        )
      : []),
    ...checkNames(config.sideOutputs, 'sideOutputs', ['out']),
  ];
}

function checkKeys({ firstKeys, secondKeys }: ConnectConfig, inputs: NodeInputs): readonly Problem[] {
  if (firstKeys.length !== secondKeys.length)
    return [keyCounts({ first: firstKeys.length, second: secondKeys.length }, { field: 'secondKeys' })];
  return firstKeys.flatMap((first, at) => {
    const second = secondKeys[at];
    const [one, other] = [typeOf(inputs, FIRST, first), typeOf(inputs, SECOND, second)];
    if (one === undefined || other === undefined || areComparable(one, other)) return [];
    const types = { firstType: printType(withNullable(one, true)), secondType: printType(withNullable(other, true)) };
    return [keyTypes({ first, second, ...types }, { field: `secondKeys[${at}]` })];
  });
}

function typeOf(inputs: NodeInputs, port: string, column: string) {
  return inputs.schema(port).fields.find(({ name }) => name === column)?.type;
}
