/** Problems of the document as a file: MR2001 … MR2039. */
import { defineProblem } from './problem.ts';

export const textTooLong = defineProblem('MR2001', 'error', {
  en: 'The pipeline file has {length} characters; at most {limit} are read',
  zh: '管道文件有 {length} 个字符；最多读取 {limit} 个',
});
export const notJson = defineProblem('MR2002', 'error', {
  en: 'Not JSON: unexpected {found} at line {line}, column {column} (offset {offset})',
  zh: '不是 JSON：第 {line} 行第 {column} 列（偏移 {offset}）处出现意外的 {found}',
});
export const tooDeep = defineProblem('MR2003', 'error', {
  en: 'Nested more than {limit} levels at line {line}, column {column} (offset {offset})',
  zh: '第 {line} 行第 {column} 列（偏移 {offset}）处的嵌套超过 {limit} 层',
});
export const tooManyValues = defineProblem('MR2004', 'error', {
  en: 'More than {limit} values at line {line}, column {column} (offset {offset})',
  zh: '第 {line} 行第 {column} 列（偏移 {offset}）处已超过 {limit} 个值',
});
export const forbiddenKey = defineProblem('MR2005', 'error', {
  en: 'The key "{key}" is not allowed in a pipeline (line {line}, column {column}, offset {offset})',
  zh: '管道中不允许使用键“{key}”（第 {line} 行第 {column} 列，偏移 {offset}）',
});
export const keyTwice = defineProblem('MR2006', 'error', {
  en: 'The key "{key}" appears twice in one object (line {line}, column {column}, offset {offset})',
  zh: '同一对象中键“{key}”出现了两次（第 {line} 行第 {column} 列，偏移 {offset}）',
});
export const notAPipeline = defineProblem('MR2007', 'error', {
  en: 'Not a Millrace pipeline: "format" must be "{wanted}", found {found}',
  zh: '不是 Millrace 管道：“format”必须是“{wanted}”，实际为 {found}',
});
export const newerVersion = defineProblem('MR2008', 'warning', {
  en: 'The file has format version {found}; this program knows {known}. It is opened for reading only',
  zh: '文件的格式版本是 {found}；此程序支持 {known}。已以只读方式打开',
});
export const wrongShape = defineProblem('MR2009', 'error', {
  en: '{path} must be {wanted}, found {found} (line {line}, column {column}, offset {offset})',
  zh: '{path} 必须是{wanted}，实际为 {found}（第 {line} 行第 {column} 列，偏移 {offset}）',
});
export const missingPart = defineProblem('MR2010', 'error', {
  en: '{path} is missing (line {line}, column {column}, offset {offset})',
  zh: '缺少 {path}（第 {line} 行第 {column} 列，偏移 {offset}）',
});
export const tooManyEntries = defineProblem('MR2011', 'error', {
  en: '{path} has {count} entries; at most {limit} are allowed (line {line}, column {column}, offset {offset})',
  zh: '{path} 有 {count} 项；最多允许 {limit} 项（第 {line} 行第 {column} 列，偏移 {offset}）',
});
export const idInvalid = defineProblem('MR2012', 'error', {
  en: '{path}: "{id}" is not an id: letters, digits, dash and underscore, at most 64 (line {line}, column {column}, offset {offset})',
  zh: '{path}：“{id}”不是有效的 id：只能用字母、数字、短横线和下划线，最多 64 个（第 {line} 行第 {column} 列，偏移 {offset}）',
});
export const idTwice = defineProblem('MR2013', 'error', {
  en: '{path}: the id "{id}" is used twice (line {line}, column {column}, offset {offset})',
  zh: '{path}：id“{id}”被使用了两次（第 {line} 行第 {column} 列，偏移 {offset}）',
});
export const olderVersion = defineProblem('MR2014', 'warning', {
  en: 'The file has format version {found}; it is upgraded to {known} when it is saved',
  zh: '文件的格式版本是 {found}；保存时会升级到 {known}',
});
