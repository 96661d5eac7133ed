/** What the fields of a window cannot see by themselves. */
import { columnName, resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import { printDuration } from '../../../spec/duration.ts';
import { setFieldFix } from '../../../spec/fixes.ts';
import type { Fix, Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { isApproximateNumeric, isConstructed } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { WindowAggregateConfig } from './node.ts';

const notMultiple = defineProblem('MR2261', 'error', {
  en: 'The size {size} is not a multiple of {part}',
  zh: '窗口大小 {size} 不是 {part} 的整数倍',
});
const offsetTooLong = defineProblem('MR2262', 'error', {
  en: 'The shift {offset} is not shorter than {limit}',
  zh: '偏移 {offset} 必须小于 {limit}',
});
const outputTwice = defineProblem('MR2263', 'error', {
  en: 'Two output columns would be called "{name}"',
  zh: '会有两个输出列名为“{name}”',
});
const keyType = defineProblem('MR2264', 'error', {
  en: '"{column}" is {type}; rows cannot be grouped by it',
  zh: '“{column}”的类型是 {type}，不能用于分组',
});
const noLateness = defineProblem('MR2265', 'error', {
  en: 'A cumulative window has no allowed lateness; set it to 0 s and use the late output',
  zh: '累积窗口不支持允许迟到；请设为 0 s 并使用迟到输出',
});
const approximateKey = defineProblem('MR2266', 'warning', {
  en: '"{column}" is {type}: values that look equal may fall into different groups',
  zh: '“{column}”的类型是 {type}：看似相等的值可能落入不同的分组',
});
const tooManyWindows = defineProblem('MR2267', 'error', {
  en: 'A row would count in {count} windows; {field} may divide the size into at most {limit}',
  zh: '一行会计入 {count} 个窗口；{field} 最多可把窗口大小分成 {limit} 份',
});

/** Ways to divide a size that are tried for a suggestion. */
const PARTS_TRIED = 100;

/** Windows one row may belong to: each is a row of output, so more than this is a slip of the keyboard. */
const WINDOWS_PER_ROW_MAX = 10_000;

export function checkWindowAggregate(config: WindowAggregateConfig, inputs: NodeInputs): readonly Problem[] {
  return [...checkLengths(config), ...checkKeys(config, inputs), ...checkNames(config, inputs)];
}

function checkLengths(config: WindowAggregateConfig): readonly Problem[] {
  const problems: Problem[] = [];
  const size = printDuration(config.size);
  if (config.window === 'sliding' && config.size % config.slide !== 0)
    problems.push(
      notMultiple({ size, part: printDuration(config.slide) }, { field: 'slide' }, [divide(config.size, config.slide, 'slide')]),
    );
  if (config.window === 'cumulative' && config.size % config.step !== 0)
    problems.push(notMultiple({ size, part: printDuration(config.step) }, { field: 'step' }, [divide(config.size, config.step, 'step')]));
  if (config.window === 'sliding') problems.push(...checkCount(config.size, config.slide, 'slide'));
  if (config.window === 'cumulative') problems.push(...checkCount(config.size, config.step, 'step'));
  const limit = config.window === 'sliding' ? config.slide : config.size;
  if (config.window !== 'session' && config.offset >= limit) {
    const shorter = printDuration(config.offset % limit);
    const fixes = [setFieldFix('offset', shorter, shorter)];
    problems.push(offsetTooLong({ offset: printDuration(config.offset), limit: printDuration(limit) }, { field: 'offset' }, fixes));
  }
  if (config.window === 'cumulative' && config.allowedLateness > 0)
    problems.push(noLateness({}, { field: 'allowedLateness' }, [setFieldFix('allowedLateness', '0 s', '0 s')]));
  return problems;
}

/** The part nearest to the wanted one that fills the size. */
function divide(size: number, part: number, field: string): Fix {
  const wanted = Math.max(1, Math.round(size / part));
  const parts = Array.from({ length: PARTS_TRIED }, (_unused, more) => wanted + more).find((count) => size % count === 0) ?? 1;
  const fitting = printDuration(size / parts);
  return setFieldFix(field, fitting, fitting);
}

function checkCount(size: number, part: number, field: string): readonly Problem[] {
  const count = Math.ceil(size / part);
  return count > WINDOWS_PER_ROW_MAX ? [tooManyWindows({ count, field, limit: WINDOWS_PER_ROW_MAX }, { field })] : [];
}

function checkKeys(config: WindowAggregateConfig, inputs: NodeInputs): readonly Problem[] {
  return config.keys.flatMap((path, index) => {
    const column = resolveColumn(inputs.schema(), path);
    if (column === null) return [];
    const parameters = { column: path, type: printType(column.type) };
    const place = { field: `keys[${index}]` };
    if (isConstructed(column.type)) return [keyType(parameters, place)];
    return isApproximateNumeric(column.type) ? [approximateKey(parameters, place)] : [];
  });
}

function checkNames(config: WindowAggregateConfig, inputs: NodeInputs): readonly Problem[] {
  const bounds = config.windowTime ? ['window_start', 'window_end', 'window_time'] : ['window_start', 'window_end'];
  const taken = new Set(bounds);
  const problems: Problem[] = [];
  const take = (name: string, field: string): void => {
    if (taken.has(name)) problems.push(outputTwice({ name }, { field }));
    taken.add(name);
  };
  for (const [index, path] of config.keys.entries()) take(columnName(inputs.schema(), path), `keys[${index}]`);
  const aggregates = new Set(config.aggregates.map((aggregate) => aggregate.name));
  for (const name of aggregates) take(name, 'aggregates');
  return problems;
}
