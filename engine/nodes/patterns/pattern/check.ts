/** What the fields of a pattern cannot see by themselves. */
import { columnName, resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import { printDuration } from '../../../spec/duration.ts';
import { nearNames, setFieldFix } from '../../../spec/fixes.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { isConstructed } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { PatternConfig, StepConfig } from './node.ts';
import { isNegatedStep, planPattern } from './pattern-plan.ts';
import { MATCH_TIME } from './schema.ts';

const nameTaken = defineProblem('MR2281', 'error', {
  en: 'A step cannot be called "{name}": a column or another step is',
  zh: '步骤不能叫“{name}”：已有同名的列或步骤',
});
const negatedFirst = defineProblem('MR2282', 'error', {
  en: 'A pattern cannot begin with what must not come',
  zh: '模式不能以“不得出现”的步骤开头',
});
const endless = defineProblem('MR2283', 'error', {
  en: 'Nobody can know that "{name}" never follows: set "Within"',
  zh: '无法得知“{name}”永远不会出现：请设置“时限”',
});
const countsReversed = defineProblem('MR2284', 'error', {
  en: 'At most {to} is less than {from}',
  zh: '至多 {to} 小于 {from}',
});
const greedyRefused = defineProblem('MR2285', 'error', {
  en: 'A step that takes as many rows as possible cannot allow any rows between them, nor stand before an optional step',
  zh: '尽可能多取的步骤不能允许其间有任意行，也不能位于可选步骤之前',
});
const optionalBeforeNegated = defineProblem('MR2286', 'error', {
  en: '"{name}" may be left out, so it cannot stand before what must not come',
  zh: '“{name}”可以省略，因此不能位于“不得出现”的步骤之前',
});
const stepUnknown = defineProblem('MR2287', 'error', {
  en: '"{name}" is no step that has rows; there is {names}',
  zh: '“{name}”不是会取行的步骤；可用的有 {names}',
});
const gapTooLong = defineProblem('MR2288', 'error', {
  en: '{gap} is longer than the whole pattern may take ({within})',
  zh: '{gap} 超过整个模式的时限（{within}）',
});
const outputTwice = defineProblem('MR2289', 'error', {
  en: 'Two output columns would be called "{name}"',
  zh: '会有两个输出列名为“{name}”',
});
const keyType = defineProblem('MR2290', 'error', {
  en: '"{column}" is {type}; rows cannot be told apart by it',
  zh: '“{column}”的类型是 {type}，不能作为键',
});
const noColumn = defineProblem('MR2291', 'error', { en: 'A match has no column yet: add one', zh: '匹配结果还没有列：请添加' });

export function checkPattern(config: PatternConfig, inputs: NodeInputs): readonly Problem[] {
  const input = inputs.schema();
  return [
    ...checkSteps(config, input),
    ...checkTimes(config),
    ...checkAfterMatch(config),
    ...checkColumns(config, input),
    ...(input.fields.length === 0 ? [] : checkExpressions(config, inputs)),
  ];
}

function checkSteps(config: PatternConfig, input: Schema): readonly Problem[] {
  const taken = new Set(input.fields.map((field) => field.name));
  const problems: Problem[] = [];
  for (const [at, step] of config.steps.entries()) {
    if (step.name !== '' && taken.has(step.name)) problems.push(nameTaken({ name: step.name }, { field: `steps[${at}].name` }));
    taken.add(step.name);
    const next = config.steps[at + 1];
    if (next !== undefined && isNegatedStep(next) && !isNegatedStep(step) && isOptional(step))
      problems.push(optionalBeforeNegated({ name: step.name }, { field: `steps[${at}].times` }));
    if (isGreedy(step) && (step.between === 'any' || (next !== undefined && !isNegatedStep(next) && isOptional(next))))
      problems.push(greedyRefused({}, { field: `steps[${at}].greedy` }, [setFieldFix(`steps[${at}].greedy`, false, 'no')]));
  }
  if (config.steps.length > 0 && isNegatedStep(config.steps[0]))
    problems.push(negatedFirst({}, { field: 'steps[0].follows' }, [setFieldFix('steps[0].follows', 'followed-by', 'followed by')]));
  const last = config.steps.at(-1);
  if (last !== undefined && config.steps.length > 1 && last.follows === 'not-followed-by' && config.within === null && last.gap === null)
    problems.push(endless({ name: last.name }, { field: 'within' }, [setFieldFix('within', '1 min', '1 min')]));
  return problems;
}

function isOptional(step: StepConfig): boolean {
  return step.times === 'optional' || step.times === 'any' || (isCounted(step) && step.from === 0);
}

function isCounted(step: StepConfig): boolean {
  return step.times === 'exactly' || step.times === 'between' || step.times === 'at-least';
}

function isGreedy(step: StepConfig): boolean {
  return step.greedy && step.times !== 'once' && step.times !== 'optional' && !isNegatedStep(step);
}

function checkTimes(config: PatternConfig): readonly Problem[] {
  return config.steps.flatMap((step, at) => {
    const problems: Problem[] = [];
    if (step.times === 'between' && step.to < step.from && !isNegatedStep(step))
      problems.push(
        countsReversed({ from: step.from, to: step.to }, { field: `steps[${at}].to` }, [
          setFieldFix(`steps[${at}].to`, step.from, String(step.from)),
        ]),
      );
    if (step.gap !== null && config.within !== null && step.gap > config.within) {
      const within = printDuration(config.within);
      const fix = setFieldFix(`steps[${at}].gap`, within, within);
      problems.push(gapTooLong({ gap: printDuration(step.gap), within }, { field: `steps[${at}].gap` }, [fix]));
    }
    return problems;
  });
}

function checkAfterMatch(config: PatternConfig): readonly Problem[] {
  if (config.afterMatch !== 'to-first' && config.afterMatch !== 'to-last') return [];
  const names = config.steps.filter((step) => !isNegatedStep(step)).map((step) => step.name);
  if (config.afterStep === '' || names.includes(config.afterStep)) return [];
  const fixes = nearNames(config.afterStep, names).map((name) => setFieldFix('afterStep', name, name));
  return [stepUnknown({ name: config.afterStep, names: names.join(', ') }, { field: 'afterStep' }, fixes)];
}

function checkColumns(config: PatternConfig, input: Schema): readonly Problem[] {
  const problems: Problem[] = [];
  const taken = new Set(config.matchTime ? [MATCH_TIME] : []);
  const take = (name: string, field: string): void => {
    if (taken.has(name)) problems.push(outputTwice({ name }, { field }));
    taken.add(name);
  };
  for (const [at, path] of config.keys.entries()) {
    const type = resolveColumn(input, path)?.type;
    if (type !== undefined && isConstructed(type))
      problems.push(keyType({ column: path, type: printType(type) }, { field: `keys[${at}]` }));
    take(columnName(input, path), `keys[${at}]`);
  }
  for (const name of new Set(config.measures.map((measure) => measure.name))) take(name, 'measures');
  if (config.keys.length === 0 && config.measures.length === 0) problems.push(noColumn({}, { field: 'measures' }));
  return problems;
}

/** Problems of the expression language keep their own codes (MR30xx) and their places in the text. */
function checkExpressions(config: PatternConfig, inputs: NodeInputs): readonly Problem[] {
  return planPattern(config, inputs.schema(), inputs.settings).problems.map(({ field, problem }) => ({
    field,
    code: problem.code,
    severity: 'error',
    range: { start: problem.start, end: problem.end },
    parameters: {},
    text: { ...problem.text, en: problem.text.en.slice(0, 1).toUpperCase() + problem.text.en.slice(1) },
    fixes: [],
  }));
}
