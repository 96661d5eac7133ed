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
import type { Quantity } from './pattern-plan.ts';
import { isNegatedStep, isOptional, planPattern } from './pattern-plan.ts';
import type { GroupRange, PatternPart } from './pattern-tree.ts';
import { groupRange, patternTree } from './pattern-tree.ts';
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

const groupStepUnknown = defineProblem('MR2279', 'error', {
  en: '"{name}" is no step; there is {names}',
  zh: '没有步骤“{name}”；可用的有 {names}',
});
const groupReversed = defineProblem('MR2280', 'error', {
  en: 'The group ends with "{last}", which stands before "{first}"',
  zh: '步骤组以“{last}”结束，但它位于“{first}”之前',
});
const groupNegated = defineProblem('MR2269', 'error', {
  en: 'A group cannot begin or end with what must not come: "{name}"',
  zh: '步骤组不能以“不得出现”的步骤“{name}”开始或结束',
});
const groupsCross = defineProblem('MR2270', 'error', {
  en: '{name} and {other} share steps: one must lie within the other, or beside it',
  zh: '{name} 与 {other} 有共同的步骤：二者必须一个包含另一个，或互不相交',
});

export function checkPattern(config: PatternConfig, inputs: NodeInputs): readonly Problem[] {
  const input = inputs.schema();
  return [
    ...checkSteps(config, input),
    ...checkGroups(config),
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
    if (isGreedy(step) && step.between === 'any') problems.push(refuseGreedy(at));
  }
  if (config.steps.length > 0 && isNegatedStep(config.steps[0]))
    problems.push(negatedFirst({}, { field: 'steps[0].follows' }, [setFieldFix('steps[0].follows', 'followed-by', 'followed by')]));
  const last = config.steps.at(-1);
  if (last !== undefined && config.steps.length > 1 && last.follows === 'not-followed-by' && config.within === null && last.gap === null)
    problems.push(endless({ name: last.name }, { field: 'within' }, [setFieldFix('within', '1 min', '1 min')]));
  return [...problems, ...checkNeighbours(patternTree(config), config)];
}

/** What may stand beside what, among steps and groups that follow each other. */
function checkNeighbours(parts: readonly PatternPart[], config: PatternConfig): readonly Problem[] {
  return parts.flatMap((part, at): readonly Problem[] => {
    const problems: Problem[] = [];
    const own = quantityOf(part, config);
    const next = parts[at + 1];
    const negatedNext = typeof next === 'number' && isNegatedStep(config.steps[next]);
    if (negatedNext && own !== null && isOptional(own)) {
      const [name, field] =
        typeof part === 'number'
          ? [config.steps[part].name, `steps[${part}].times`]
          : [groupName(config.groups[part.group]), `groups[${part.group}].times`];
      problems.push(optionalBeforeNegated({ name }, { field }));
    }
    const after = next === undefined ? null : quantityOf(next, config);
    if (typeof part === 'number' && isGreedy(config.steps[part]) && after !== null && isOptional(after)) problems.push(refuseGreedy(part));
    return typeof part === 'number' ? problems : [...problems, ...checkNeighbours(part.parts, config)];
  });
}

/** Null of a step that must not come. */
function quantityOf(part: PatternPart, { steps, groups }: PatternConfig): Quantity | null {
  if (typeof part !== 'number') return groups[part.group];
  return isNegatedStep(steps[part]) ? null : steps[part];
}

function refuseGreedy(at: number): Problem {
  return greedyRefused({}, { field: `steps[${at}].greedy` }, [setFieldFix(`steps[${at}].greedy`, false, 'no')]);
}

function checkGroups(config: PatternConfig): readonly Problem[] {
  const { steps, groups } = config;
  const names = steps.map((step) => step.name);
  const ranges = groups.map((_group, at) => groupRange(config, at));
  return groups.flatMap((group, at): readonly Problem[] => {
    const unknown = (['first', 'last'] as const).filter((end) => !names.includes(group[end]));
    if (unknown.length > 0)
      return unknown.map((end) => {
        const field = `groups[${at}].${end}`;
        const fixes = nearNames(group[end], names).map((name) => setFieldFix(field, name, name));
        return groupStepUnknown({ name: group[end], names: names.join(', ') }, { field }, fixes);
      });
    const range = ranges[at];
    if (range === null) return [groupReversed({ first: group.first, last: group.last }, { field: `groups[${at}].last` })];
    const problems: Problem[] = [];
    for (const end of ['first', 'last'] as const)
      if (range[end] > 0 && isNegatedStep(steps[range[end]]))
        problems.push(groupNegated({ name: group[end] }, { field: `groups[${at}].${end}` }));
    const other = ranges.slice(0, at).find((each) => each !== null && areCrossed(range, each));
    if (other !== undefined && other !== null)
      problems.push(groupsCross({ name: groupName(group), other: groupName(groups[other.group]) }, { field: `groups[${at}].first` }));
    return problems;
  });
}

function groupName({ first, last }: PatternConfig['groups'][number]): string {
  return `${first}…${last}`;
}

/** Or the same: one in the other is what a group of groups is. */
function areCrossed(a: GroupRange, b: GroupRange): boolean {
  if (a.last < b.first || b.last < a.first) return false;
  if (a.first === b.first && a.last === b.last) return true;
  const within = (inner: GroupRange, outer: GroupRange) => inner.first >= outer.first && inner.last <= outer.last;
  return !within(a, b) && !within(b, a);
}

function isGreedy(step: StepConfig): boolean {
  return step.greedy && step.times !== 'once' && step.times !== 'optional' && !isNegatedStep(step);
}

function checkCounts({ times, from, to }: Quantity, path: string): readonly Problem[] {
  if (times !== 'between' || to >= from) return [];
  return [countsReversed({ from, to }, { field: `${path}.to` }, [setFieldFix(`${path}.to`, from, String(from))])];
}

function checkTimes(config: PatternConfig): readonly Problem[] {
  const ofGroups = config.groups.flatMap((group, at) => checkCounts(group, `groups[${at}]`));
  const ofSteps = config.steps.flatMap((step, at) => {
    const problems: Problem[] = isNegatedStep(step) ? [] : [...checkCounts(step, `steps[${at}]`)];
    if (step.gap !== null && config.within !== null && step.gap > config.within) {
      const within = printDuration(config.within);
      const fix = setFieldFix(`steps[${at}].gap`, within, within);
      problems.push(gapTooLong({ gap: printDuration(step.gap), within }, { field: `steps[${at}].gap` }, [fix]));
    }
    return problems;
  });
  return [...ofSteps, ...ofGroups];
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
