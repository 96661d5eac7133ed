/** What the fields of a process node cannot see by themselves: code that cannot be read, types that code cannot use. */
import { codeTypeOf } from '../../../spec/custom-code/code-types.ts';
import { transpileCode } from '../../../spec/custom-code/transpile-code.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import type { Field } from '../../../types/logical-type.ts';
import { parseType } from '../../../types/parse-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { ProcessConfig } from './node.ts';

const syntax = defineProblem('MR2292', 'error', {
  en: 'Line {line}, column {column}: {reason}',
  zh: '第 {line} 行第 {column} 列：{reason}',
});
const noFunction = defineProblem('MR2293', 'error', {
  en: 'The code has no “function processElement(row, ctx, out)” at its top level, which must be neither async nor exported',
  zh: '代码顶层没有“function processElement(row, ctx, out)”；它不能是 async，也不能导出',
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
  en: '"{type}" is no type that a state can hold; use a simple Flink SQL type such as BIGINT or STRING',
  zh: '“{type}”不是状态能保存的类型；请使用 BIGINT、STRING 等简单的 Flink SQL 类型',
});
const stateWithoutKey = defineProblem('MR2298', 'error', {
  en: 'State belongs to a key: choose at least one column under “Key”',
  zh: '状态属于某个键：请在“键”中至少选择一列',
});
const repeated = defineProblem('MR2299', 'error', { en: '"{name}" is there twice', zh: '“{name}”重复' });

export function checkProcess(config: ProcessConfig, inputs: NodeInputs): readonly Problem[] {
  return [
    ...checkColumns(inputs.schema().fields),
    ...checkCode(config.code),
    ...config.columns.flatMap(({ name, type }, index) =>
      codeTypeOf(type) === null ? [outputType({ column: name, type: printType(type) }, { field: `columns[${index}]` })] : [],
    ),
    ...checkStates(config),
    ...checkNames(config.sideOutputs, 'sideOutputs', ['out']),
  ];
}

function checkColumns(fields: readonly Field[]): readonly Problem[] {
  return fields.flatMap(({ name, type }) =>
    codeTypeOf(type) === null ? [columnType({ column: name, type: printType(type) }, { field: 'code' })] : [],
  );
}

function checkCode(code: string): readonly Problem[] {
  const transpiled = transpileCode(code);
  if ('fault' in transpiled) {
    const { line, column, message } = transpiled.fault;
    const start = offsetOf(code, line, column);
    return [syntax({ line, column, reason: message }, { field: 'code', range: { start, end: start + 1 } })];
  }
  const { javaScript } = transpiled.code;
  const line = javaScript.split('\n').findIndex((text) => /^\s*(import|export)\b(?!\s*\()/.test(text)) + 1;
  if (line > 0) return [modules({ line }, { field: 'code' })];
  return /(^|[^\w$.])function\s+processElement\s*\(/.test(javaScript) && !/\basync\s+function\s+processElement\b/.test(javaScript)
    ? []
    : [noFunction({}, { field: 'code' })];
}

function offsetOf(code: string, line: number, column: number): number {
  const before = code
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, 0);
  return Math.min(before + column - 1, Math.max(0, code.length - 1));
}

function checkStates({ states, keys }: ProcessConfig): readonly Problem[] {
  const noKey = states.length > 0 && keys.length === 0 ? [stateWithoutKey({}, { field: 'keys' })] : [];
  const types = states.flatMap(({ kind, type, keyType }, index) => [
    ...checkType(type, `states[${index}].type`),
    ...(kind === 'map' ? checkType(keyType ?? '', `states[${index}].keyType`) : []),
  ]);
  return [...noKey, ...types, ...checkNames(states, 'states', [])];
}

function checkType(type: string, field: string): readonly Problem[] {
  const parsed = parseType(type);
  return 'type' in parsed && codeTypeOf(parsed.type) !== null ? [] : [stateType({ type }, { field })];
}

function checkNames(entries: readonly { readonly name: string }[], field: string, taken: readonly string[]): readonly Problem[] {
  return entries.flatMap(({ name }, index) =>
    taken.includes(name) || entries.slice(0, index).some((other) => other.name === name)
      ? [repeated({ name }, { field: `${field}[${index}].name` })]
      : [],
  );
}
