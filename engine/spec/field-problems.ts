/** Problems of single fields: MR2101 … MR2139. */
import { defineProblem } from './problem.ts';

export const fieldMissing = defineProblem('MR2101', 'error', { en: '"{label}" is not filled in', zh: '“{label}”尚未填写' });
export const fieldUnknown = defineProblem('MR2102', 'warning', {
  en: 'This version does not know the field "{name}"; it is kept but has no effect',
  zh: '此版本不认识字段“{name}”；它会保留，但不起作用',
});
export const fieldWrongType = defineProblem('MR2103', 'error', { en: '{value} is not {wanted}', zh: '{value} 不是{wanted}' });
export const textTooLong = defineProblem('MR2104', 'error', {
  en: 'The text has {length} characters; {maximum} are allowed',
  zh: '文本有 {length} 个字符，最多允许 {maximum} 个',
});
export const textPattern = defineProblem('MR2105', 'error', { en: '"{value}" does not fit: {wanted}', zh: '“{value}”不合要求：{wanted}' });
export const numberOutOfRange = defineProblem('MR2106', 'error', {
  en: '{value} is outside {minimum} … {maximum}',
  zh: '{value} 超出范围 {minimum} … {maximum}',
});
export const numberNotWhole = defineProblem('MR2107', 'error', { en: '{value} is not a whole number', zh: '{value} 不是整数' });
export const choiceUnknown = defineProblem('MR2108', 'error', { en: '"{value}" is none of {options}', zh: '“{value}”不在 {options} 之中' });
export const durationUnreadable = defineProblem('MR2109', 'error', {
  en: '"{value}" is not a duration; write 10 s, 5 min, 1 h 30 min or 250 ms',
  zh: '“{value}”不是时长；请写 10 s、5 min、1 h 30 min 或 250 ms',
});
export const durationOutOfRange = defineProblem('MR2110', 'error', {
  en: '{value} is outside {minimum} … {maximum}',
  zh: '{value} 超出范围 {minimum} … {maximum}',
});
export const tooFew = defineProblem('MR2111', 'error', { en: 'At least {minimum} needed', zh: '至少需要 {minimum} 项' });
export const tooMany = defineProblem('MR2112', 'error', {
  en: '{count} entries; at most {maximum} are allowed',
  zh: '共 {count} 项；最多允许 {maximum} 项',
});
export const nameEmpty = defineProblem('MR2113', 'error', { en: 'Entry {number} has no name', zh: '第 {number} 项没有名称' });
export const nameTwice = defineProblem('MR2114', 'error', { en: 'The name "{name}" appears twice', zh: '名称“{name}”出现了两次' });
export const expressionEmpty = defineProblem('MR2115', 'error', { en: '"{name}" has no expression', zh: '“{name}”没有表达式' });
export const aggregateUnreadable = defineProblem('MR2116', 'error', {
  en: '"{value}" is not an aggregate of a column; write COUNT(*), SUM(column), MIN, MAX, AVG or COUNT(DISTINCT column)',
  zh: '“{value}”不是对列的聚合；请写 COUNT(*)、SUM(列)、MIN、MAX、AVG 或 COUNT(DISTINCT 列)',
});
export const typeUnreadable = defineProblem('MR2117', 'error', { en: 'Type of "{name}": {reason}', zh: '“{name}”的类型：{reason}' });
export const schemaEmpty = defineProblem('MR2118', 'error', {
  en: 'No columns yet: read them from a sample or add them',
  zh: '还没有列：请从样本读取或手动添加',
});
export const columnUnknown = defineProblem('MR2119', 'error', {
  en: 'No column "{column}" reaches this node; there are {columns}',
  zh: '没有名为“{column}”的列到达此节点；现有 {columns}',
});
export const columnWrongType = defineProblem('MR2120', 'error', {
  en: '"{column}" is {type}; needed is {wanted}',
  zh: '“{column}”的类型是 {type}；需要 {wanted}',
});
export const columnNested = defineProblem('MR2121', 'error', {
  en: '"{column}" is inside a ROW; make it a column of its own first (select node)',
  zh: '“{column}”位于 ROW 内部；请先用选择列节点把它变成独立的列',
});
export const columnTwice = defineProblem('MR2122', 'error', { en: '"{column}" is chosen twice', zh: '“{column}”被选了两次' });
export const aggregateRefused = defineProblem('MR2125', 'error', {
  en: '{aggregate} does not work on "{column}", which is {type}',
  zh: '{aggregate} 不适用于“{column}”，它的类型是 {type}',
});
export const rowtimeType = defineProblem('MR2126', 'error', {
  en: '"{column}" is {type}; event time needs TIMESTAMP or TIMESTAMP_LTZ with at most 3 digits of a second (CAST it in a select node)',
  zh: '“{column}”的类型是 {type}；事件时间需要秒的小数位不超过 3 位的 TIMESTAMP 或 TIMESTAMP_LTZ（可在选择列节点中 CAST）',
});
export const variableUnreadable = defineProblem('MR2128', 'error', {
  en: 'There is a "$" with a brace that is no variable; write {form}, the name in letters, digits and _',
  zh: '其中带花括号的“$”不是变量；请写 {form}，名称由字母、数字和 _ 组成',
});
export const timeZoneUnknown = defineProblem('MR2127', 'error', {
  en: '"{value}" is not a time zone; write an IANA name such as Europe/Berlin',
  zh: '“{value}”不是时区；请写 IANA 名称，如 Asia/Shanghai',
});
