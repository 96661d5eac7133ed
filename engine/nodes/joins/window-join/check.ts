/** What the fields of a window join cannot see by themselves. */
import type { NodeInputs } from '../../../spec/define-node.ts';
import { printDuration } from '../../../spec/duration.ts';
import { checkJoin, LEFT, RIGHT } from '../../../spec/join-inputs.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { WindowJoinConfig } from './node.ts';
import { windowJoinSchema } from './schema.ts';

const notMultiple = defineProblem('MR2274', 'error', {
  en: 'The size {size} is not a multiple of {part}',
  zh: '窗口大小 {size} 不是 {part} 的整数倍',
});
const tooManyWindows = defineProblem('MR2275', 'error', {
  en: 'A row would be kept in {count} windows; at most {limit} may hold it',
  zh: '一行会保存在 {count} 个窗口中；最多允许 {limit} 个',
});
const otherTime = defineProblem('MR2276', 'error', {
  en: 'Event time is {left} on the left and {right} on the right; windows can only be the same when both are of one kind',
  zh: '左侧的事件时间类型是 {left}，右侧是 {right}；两侧类型相同才能有相同的窗口',
});
const outputTwice = defineProblem('MR2277', 'error', {
  en: 'Two output columns would be called "{name}"',
  zh: '会有两个输出列名为“{name}”',
});

/** Each window keeps a copy of the row. */
const WINDOWS_PER_ROW_MAX = 1000;

export function checkWindowJoin(config: WindowJoinConfig, inputs: NodeInputs): readonly Problem[] {
  return [...checkJoin(config, inputs), ...checkLengths(config), ...checkTimes(inputs), ...checkNames(config, inputs)];
}

function checkLengths(config: WindowJoinConfig): readonly Problem[] {
  if (config.window === 'tumbling') return [];
  const [part, field] = config.window === 'sliding' ? [config.slide, 'slide'] : [config.step, 'step'];
  if (config.size % part !== 0) return [notMultiple({ size: printDuration(config.size), part: printDuration(part) }, { field })];
  const count = config.size / part;
  return count > WINDOWS_PER_ROW_MAX ? [tooManyWindows({ count, limit: WINDOWS_PER_ROW_MAX }, { field })] : [];
}

function checkTimes(inputs: NodeInputs): readonly Problem[] {
  const [left, right] = [timeType(inputs.schema(LEFT)), timeType(inputs.schema(RIGHT))];
  if (left === undefined || right === undefined || left.kind === right.kind) return [];
  return [otherTime({ left: printType(left), right: printType(right) })];
}

function timeType({ fields, rowtime }: Schema) {
  return fields.find((field) => field.name === rowtime)?.type;
}

function checkNames(config: WindowJoinConfig, inputs: NodeInputs): readonly Problem[] {
  const names = windowJoinSchema(config, inputs).out.schema.fields.map((field) => field.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? [] : [outputTwice({ name: twice })];
}
