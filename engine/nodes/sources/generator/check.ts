/** Rules of a generator must fit its columns. */
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import type { Field } from '../../../types/logical-type.ts';
import { isConstructed, isInterval, isNumeric, isTimestamp } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { GeneratorConfig } from './node.ts';

const noSuchColumn = defineProblem('MR2204', 'error', { en: 'There is no column "{column}"', zh: '没有列“{column}”' });
const ruleType = defineProblem('MR2205', 'error', {
  en: 'The rule "{rule}" does not make {type} ("{column}")',
  zh: '规则“{rule}”不能生成 {type}（“{column}”）',
});
const ruleTwice = defineProblem('MR2206', 'error', { en: '"{column}" has two rules', zh: '“{column}”有两条规则' });
const valuesMissing = defineProblem('MR2207', 'error', { en: 'List the values of "{column}"', zh: '请列出“{column}”的取值' });
const bounds = defineProblem('MR2208', 'error', { en: '{minimum} is more than {maximum}', zh: '{minimum} 大于 {maximum}' });
const timeType = defineProblem('MR2209', 'error', {
  en: '"{column}" is {type}; event time is TIMESTAMP or TIMESTAMP_LTZ',
  zh: '“{column}”的类型是 {type}；事件时间应为 TIMESTAMP 或 TIMESTAMP_LTZ',
});
const notGenerated = defineProblem('MR2210', 'error', {
  en: '"{column}" is {type}, which cannot be generated',
  zh: '“{column}”的类型是 {type}，无法生成',
});

type Rule = GeneratorConfig['rules'][number];

export function checkGenerator(config: GeneratorConfig): readonly Problem[] {
  const columns = new Map(config.schema.map((field) => [field.name, field]));
  const seen = new Set<string>();
  const rules = config.rules.flatMap((rule, index) => {
    const place = `rules[${index}]`;
    const twice = seen.has(rule.column);
    seen.add(rule.column);
    const field = columns.get(rule.column);
    if (field === undefined) return [noSuchColumn({ column: rule.column }, { field: `${place}.column` })];
    return twice ? [ruleTwice({ column: rule.column }, { field: `${place}.column` })] : checkRule(rule, field, place);
  });
  const types = config.schema.flatMap((field, index) =>
    isConstructed(field.type) || isInterval(field.type)
      ? [notGenerated({ column: field.name, type: printType(field.type) }, { field: `schema[${index}].type` })]
      : [],
  );
  return [...types, ...rules, ...checkTime(config, columns)];
}

function checkRule(rule: Rule, field: Field, place: string): readonly Problem[] {
  const parameters = { rule: rule.rule, column: rule.column, type: printType(field.type) };
  const character = field.type.kind === 'VARCHAR' || field.type.kind === 'CHAR';
  if (rule.rule === 'word' && !character) return [ruleType(parameters, { field: `${place}.rule` })];
  if (rule.rule === 'sequence' && !isNumeric(field.type)) return [ruleType(parameters, { field: `${place}.rule` })];
  if (rule.rule === 'values' && (rule.values ?? '') === '') return [valuesMissing({ column: rule.column }, { field: `${place}.values` })];
  if (rule.minimum !== null && rule.maximum !== null && rule.minimum > rule.maximum) {
    return [bounds({ minimum: rule.minimum, maximum: rule.maximum }, { field: `${place}.minimum` })];
  }
  return [];
}

function checkTime(config: GeneratorConfig, columns: ReadonlyMap<string, Field>): readonly Problem[] {
  if (config.timeColumn === null) return [];
  const field = columns.get(config.timeColumn);
  if (field === undefined) return [noSuchColumn({ column: config.timeColumn }, { field: 'timeColumn' })];
  return isTimestamp(field.type) ? [] : [timeType({ column: field.name, type: printType(field.type) }, { field: 'timeColumn' })];
}
