/** What the fields of a co-group cannot see by themselves. */
import { columnName } from '../../../spec/column-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import { printDuration } from '../../../spec/duration.ts';
import { checkJoinKeys, LEFT, RIGHT } from '../../../spec/join-inputs.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { CoGroupConfig } from './node.ts';

const notMultiple = defineProblem('MR2217', 'error', {
  en: 'The size {size} is not a multiple of {part}',
  zh: '窗口大小 {size} 不是 {part} 的整数倍',
});
const tooManyWindows = defineProblem('MR2218', 'error', {
  en: 'A row would count in {count} windows; at most {limit} may hold it',
  zh: '一行会计入 {count} 个窗口；最多允许 {limit} 个',
});
const otherTime = defineProblem('MR2219', 'error', {
  en: 'Event time is {left} on the left and {right} on the right; windows can only be the same when both are of one kind',
  zh: '左侧的事件时间类型是 {left}，右侧是 {right}；两侧类型相同才能有相同的窗口',
});
const outputTwice = defineProblem('MR2220', 'error', {
  en: 'Two output columns would be called "{name}"',
  zh: '会有两个输出列名为“{name}”',
});

const WINDOWS_PER_ROW_MAX = 10_000;

export function checkCoGroup(config: CoGroupConfig, inputs: NodeInputs): readonly Problem[] {
  return [...checkJoinKeys(config, inputs), ...checkLengths(config), ...checkTimes(inputs), ...checkNames(config, inputs)];
}

function checkLengths(config: CoGroupConfig): readonly Problem[] {
  if (config.window !== 'sliding' && config.window !== 'cumulative') return [];
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

function checkNames(config: CoGroupConfig, inputs: NodeInputs): readonly Problem[] {
  const bounds = config.windowTime ? ['window_start', 'window_end', 'window_time'] : ['window_start', 'window_end'];
  const named = [
    ...config.leftKeys.map((path, at) => [columnName(inputs.schema(LEFT), path), `leftKeys[${at}]`]),
    ...config.leftAggregates.map(({ name }, at) => [name, `leftAggregates[${at}].name`]),
    ...config.rightAggregates.map(({ name }, at) => [name, `rightAggregates[${at}].name`]),
  ];
  const taken = new Set(bounds);
  return named.flatMap(([name, field]) => {
    const twice = taken.has(name);
    taken.add(name);
    return twice ? [outputTwice({ name }, { field })] : [];
  });
}
