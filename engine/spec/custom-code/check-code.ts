/** What is wrong with custom code, its columns and its states, as far as it can be told before a run. */
import type { Field } from '../../types/logical-type.ts';
import { parseType } from '../../types/parse-type.ts';
import { printType } from '../../types/print-type.ts';
import type { Problem } from '../problem.ts';
import { defineProblem } from '../problem.ts';
import { codeTypeOf, isKeyed, needsFunctions, stateTypeOf } from './code-types.ts';
import type { DeclaredState } from './process-fields.ts';
import { transpileCode } from './transpile-code.ts';

const syntax = defineProblem('MR2292', 'error', {
  en: 'Line {line}, column {column}: {reason}',
  zh: '第 {line} 行第 {column} 列：{reason}',
});
const noFunction = defineProblem('MR2293', 'error', {
  en: 'The code has no “function {called}” at its top level, which must be neither async nor exported',
  zh: '代码顶层没有“function {called}”；它不能是 async，也不能导出',
});
const modules = defineProblem('MR2294', 'error', {
  en: 'Line {line}: code cannot import or export; everything it uses stands in this field',
  zh: '第 {line} 行：代码不能 import 或 export，所用的一切都写在此处',
});
const columnType = defineProblem('MR2295', 'error', {
  en: 'Code cannot use "{column}", which is {type}; leave it out or take its parts with a Select node before this one',
  zh: '代码不能使用类型为 {type} 的“{column}”；请在此节点之前用“选择列”去掉它或取出其中的字段',
});
const outputType = defineProblem('MR2296', 'error', {
  en: 'Code cannot write "{column}", which is {type}; choose a simple type',
  zh: '代码不能写出类型为 {type} 的“{column}”；请选择简单类型',
});
const stateType = defineProblem('MR2297', 'error', {
  en: '"{type}" is no type that a state can hold; use a simple Flink SQL type such as BIGINT or STRING, or a ROW of them',
  zh: '“{type}”不是状态能保存的类型；请使用 BIGINT、STRING 等简单的 Flink SQL 类型，或由它们组成的 ROW',
});
const stateWithoutKey = defineProblem('MR2298', 'error', {
  en: 'State belongs to a key: choose at least one column under “Key”',
  zh: '状态属于某个键：请在“键”中至少选择一列',
});
const repeated = defineProblem('MR2299', 'error', { en: '"{name}" is there twice', zh: '“{name}”重复' });
const noStateFunctions = defineProblem('MR2340', 'error', {
  en: 'The code does not say how "{name}" is made of what is added: write “const states: StateFunctions = {open} {name}: … {close}” at its top level',
  zh: '代码没有说明“{name}”如何由所添加的值得出：请在顶层写“const states: StateFunctions = {open} {name}: … {close}”',
});

/** `called`: name and parameters of the functions that must be there. */
export function checkCode(code: string, called: readonly string[]): readonly Problem[] {
  const transpiled = transpileCode(code);
  if ('fault' in transpiled) {
    const { line, column, message } = transpiled.fault;
    const start = offsetOf(code, line, column);
    return [syntax({ line, column, reason: message }, { field: 'code', range: { start, end: start + 1 } })];
  }
  const { javaScript } = transpiled.code;
  const line = javaScript.split('\n').findIndex((text) => /^\s*(import|export)\b(?!\s*\()/.test(text)) + 1;
  if (line > 0) return [modules({ line }, { field: 'code' })];
  return called.flatMap((each) => {
    const name = each.slice(0, each.indexOf('('));
    const declared = new RegExp(`(^|[^\\w$.])function\\s+${name}\\s*\\(`).test(javaScript);
    const async = new RegExp(`\\basync\\s+function\\s+${name}\\b`).test(javaScript);
    return declared && !async ? [] : [noFunction({ called: each }, { field: 'code' })];
  });
}

function offsetOf(code: string, line: number, column: number): number {
  const before = code
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, 0);
  return Math.min(before + column - 1, Math.max(0, code.length - 1));
}

/** Columns that code is to read. */
export function checkReadColumns(fields: readonly Field[]): readonly Problem[] {
  return fields.flatMap(({ name, type }) =>
    codeTypeOf(type) === null ? [columnType({ column: name, type: printType(type) }, { field: 'code' })] : [],
  );
}

/** Columns that code is to write, of the schema in `field`. */
export function checkWrittenColumns(fields: readonly Field[], field: string): readonly Problem[] {
  return fields.flatMap(({ name, type }, index) =>
    codeTypeOf(type) === null ? [outputType({ column: name, type: printType(type) }, { field: `${field}[${index}]` })] : [],
  );
}

/** `keyField`: where a key is chosen. */
export function checkStates(
  states: readonly DeclaredState[],
  code: string,
  keys: { readonly chosen: number; readonly field: string },
): readonly Problem[] {
  const noKey = states.some(isKeyed) && keys.chosen === 0 ? [stateWithoutKey({}, { field: keys.field })] : [];
  return [...noKey, ...states.flatMap(checkState), ...checkNames(states, 'states', []), ...checkFunctions(states, code)];
}

/** Of code without keys. */
export function checkLists(lists: readonly { readonly name: string; readonly type: string }[]): readonly Problem[] {
  return [...lists.flatMap(({ type }, index) => checkType(type, `states[${index}].type`)), ...checkNames(lists, 'states', [])];
}

/** `taken`: names of the other states. */
export function checkBroadcastStates(
  maps: readonly { readonly name: string; readonly type: string; readonly keyType: string }[],
  taken: readonly string[],
): readonly Problem[] {
  const types = maps.flatMap(({ type, keyType }, index) => [
    ...checkType(type, `broadcastStates[${index}].type`),
    ...checkType(keyType, `broadcastStates[${index}].keyType`, true),
  ]);
  return [...types, ...checkNames(maps, 'broadcastStates', taken)];
}

function checkState({ kind, type, keyType, addedType, resultType }: DeclaredState, index: number): readonly Problem[] {
  const place = `states[${index}]`;
  const others =
    kind === 'aggregating' ? [...checkType(addedType, `${place}.addedType`), ...checkType(resultType, `${place}.resultType`)] : [];
  const key = kind === 'map' ? checkType(keyType, `${place}.keyType`, true) : [];
  return [...checkType(type, `${place}.type`), ...key, ...others];
}

function checkType(type: string, field: string, simple = false): readonly Problem[] {
  const parsed = parseType(type);
  const word = 'type' in parsed ? (simple ? codeTypeOf(parsed.type) : stateTypeOf(parsed.type)) : null;
  return word !== null ? [] : [stateType({ type }, { field })];
}

/** Only that they are there: how they are made, TypeScript tells. */
function checkFunctions(states: readonly DeclaredState[], code: string): readonly Problem[] {
  if (/(^|[^\w$.])const\s+states\s*[:=]/.test(code)) return [];
  return states.filter(needsFunctions).map(({ name }) => noStateFunctions({ name, open: '{', close: '}' }, { field: 'code' }));
}

export function checkNames(entries: readonly { readonly name: string }[], field: string, taken: readonly string[]): readonly Problem[] {
  return entries.flatMap(({ name }, index) =>
    taken.includes(name) || entries.slice(0, index).some((other) => other.name === name)
      ? [repeated({ name }, { field: `${field}[${index}].name` })]
      : [],
  );
}
