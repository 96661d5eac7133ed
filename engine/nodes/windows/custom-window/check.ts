/** What the fields of a custom window cannot see by themselves. */
import { physicalForm } from '../../../columnar/key-fields.ts';
import { columnName, resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import { printDuration } from '../../../spec/duration.ts';
import { setFieldFix } from '../../../spec/fixes.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { isApproximateNumeric, isConstructed } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { CustomWindowConfig } from './fields.ts';
import { inEventTime, isCounted } from './fields.ts';
import { boundNames } from './schema.ts';

const noEventTime = defineProblem('MR2252', 'error', {
  en: 'Event time is needed here, and the rows have none; put a Watermark node before the window, or choose the clock or a number of rows',
  zh: '此处需要事件时间，但输入数据没有；请在窗口之前放置水位线节点，或改用时钟或行数',
});
const offsetTooLong = defineProblem('MR2253', 'error', {
  en: 'The shift {offset} is not shorter than {limit}',
  zh: '偏移 {offset} 必须小于 {limit}',
});
const tooManyWindows = defineProblem('MR2254', 'error', {
  en: 'A row would count in {count} windows; the size may be at most {limit} times the distance',
  zh: '一行会计入 {count} 个窗口；窗口大小最多为步长的 {limit} 倍',
});
const sessionByDelta = defineProblem('MR2255', 'error', {
  en: 'A session cannot fire when a value has risen: sessions merge, and two of them would have two values to compare with',
  zh: '会话窗口不能按数值上升触发：会话会合并，合并后将有两个参照值',
});
const keyType = defineProblem('MR2256', 'error', {
  en: '"{column}" is {type}; rows cannot be grouped by it',
  zh: '“{column}”的类型是 {type}，不能用于分组',
});
const approximateKey = defineProblem('MR2257', 'warning', {
  en: '"{column}" is {type}: values that look equal may fall into different groups',
  zh: '“{column}”的类型是 {type}：看似相等的值可能落入不同的分组',
});
const notKept = defineProblem('MR2258', 'error', {
  en: '"{column}" is {type}, which a window cannot keep; take it out with a Select node before the window',
  zh: '“{column}”的类型是 {type}，窗口无法保存；请在窗口之前用选择节点去掉该列',
});
const outputTwice = defineProblem('MR2259', 'error', {
  en: 'Two output columns would be called "{name}"',
  zh: '会有两个输出列名为“{name}”',
});
const growsForEver = defineProblem('MR2260', 'warning', {
  en: 'A global window that keeps all rows grows as long as the job runs; let it drop what was emitted, or keep only the last rows',
  zh: '保留所有行的全局窗口会随作业运行不断增长；请在触发后清空，或只保留最近的行',
});

const WINDOWS_PER_ROW_MAX = 10_000;

export function checkCustomWindow(config: CustomWindowConfig, inputs: NodeInputs): readonly Problem[] {
  return [
    ...checkTime(config, inputs),
    ...checkLengths(config),
    ...checkKeys(config, inputs),
    ...checkKept(config, inputs),
    ...checkNames(config, inputs),
  ];
}

function checkTime(config: CustomWindowConfig, inputs: NodeInputs): readonly Problem[] {
  if (inputs.edges().length === 0 || inputs.schema().rowtime !== undefined) return [];
  if (inEventTime(config)) return [noEventTime({}, { field: 'time' }, [setFieldFix('time', 'clock', 'clock')])];
  if (isCounted(config)) return [];
  if (config.trigger === 'interval') return [noEventTime({}, { field: 'trigger' })];
  if (config.keep === 'last-time') return [noEventTime({}, { field: 'keep' })];
  return [];
}

function checkLengths(config: CustomWindowConfig): readonly Problem[] {
  const problems: Problem[] = [];
  const limit = config.window === 'sliding' ? config.slide : config.size;
  if ((config.window === 'tumbling' || config.window === 'sliding') && config.offset >= limit) {
    const shorter = printDuration(config.offset % limit);
    const fixes = [setFieldFix('offset', shorter, shorter)];
    problems.push(offsetTooLong({ offset: printDuration(config.offset), limit: printDuration(limit) }, { field: 'offset' }, fixes));
  }
  const count = config.window === 'sliding' ? Math.ceil(config.size / config.slide) : 1;
  if (count > WINDOWS_PER_ROW_MAX) problems.push(tooManyWindows({ count, limit: WINDOWS_PER_ROW_MAX }, { field: 'slide' }));
  const session = config.window === 'session' || config.window === 'dynamic-session';
  if (session && config.trigger === 'delta')
    problems.push(sessionByDelta({}, { field: 'trigger' }, [setFieldFix('trigger', 'end', 'end')]));
  if (config.window === 'global' && config.keep === 'all' && !config.purge && config.result === 'rows')
    problems.push(growsForEver({}, { field: 'keep' }));
  return problems;
}

function checkKeys(config: CustomWindowConfig, inputs: NodeInputs): readonly Problem[] {
  return config.keys.flatMap((path, index) => {
    const column = resolveColumn(inputs.schema(), path);
    if (column === null) return [];
    const parameters = { column: path, type: printType(column.type) };
    const place = { field: `keys[${index}]` };
    if (isConstructed(column.type)) return [keyType(parameters, place)];
    return isApproximateNumeric(column.type) ? [approximateKey(parameters, place)] : [];
  });
}

/** Rows that are kept are kept column by column, in the forms that state has. */
function checkKept(config: CustomWindowConfig, inputs: NodeInputs): readonly Problem[] {
  const { fields } = inputs.schema();
  if (config.result === 'rows') {
    return fields.flatMap((field) =>
      physicalForm(field.type) === null ? [notKept({ column: field.name, type: printType(field.type) }, { field: 'result' })] : [],
    );
  }
  if (isCounted(config) ? config.window === 'count' : config.keep === 'all') return [];
  return config.aggregates.flatMap((aggregate, index) => {
    const column = aggregate.column === null ? null : resolveColumn(inputs.schema(), aggregate.column);
    if (column === null || physicalForm(column.type) !== null) return [];
    return [notKept({ column: column.names.join('.'), type: printType(column.type) }, { field: `aggregates[${index}].expression` })];
  });
}

function checkNames(config: CustomWindowConfig, inputs: NodeInputs): readonly Problem[] {
  const taken = new Set(boundNames(config));
  const problems: Problem[] = [];
  const take = (name: string, field: string): void => {
    if (taken.has(name)) problems.push(outputTwice({ name }, { field }));
    taken.add(name);
  };
  if (config.result === 'rows') {
    for (const { name } of inputs.schema().fields) take(name, 'result');
    return problems;
  }
  for (const [index, path] of config.keys.entries()) take(columnName(inputs.schema(), path), `keys[${index}]`);
  for (const name of new Set(config.aggregates.map((aggregate) => aggregate.name))) take(name, 'aggregates');
  return problems;
}
