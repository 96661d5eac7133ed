/** A pattern's expressions, typed: the one truth of its checks, its output columns, its operator and its export. */
import type { PatternCondition, PatternMeasure } from '../../../expressions/pattern/pattern-scope.ts';
import { PatternScope } from '../../../expressions/pattern/pattern-scope.ts';
import type { ExpressionProblem } from '../../../expressions/problem.ts';
import type { ExpressionSettings } from '../../../expressions/typed-expression.ts';
import type { Schema } from '../../../types/schema.ts';
import type { PatternConfig, StepConfig } from './node.ts';

/** A condition with its place in the config; a pattern refers to it by its number in the plan. */
export interface PlannedCondition {
  readonly step: number;
  readonly field: string;
  readonly condition: PatternCondition;
}

export interface PlannedMeasure {
  readonly name: string;
  readonly measure: PatternMeasure;
}

export interface PatternPlan {
  readonly scope: PatternScope;
  readonly conditions: readonly PlannedCondition[];
  readonly measures: readonly PlannedMeasure[];
  readonly problems: readonly { readonly field: string; readonly problem: ExpressionProblem }[];
}

export function isNegatedStep(step: StepConfig): boolean {
  return step.follows === 'not-next' || step.follows === 'not-followed-by';
}

/** How often a step or group comes. */
export type Quantity = Pick<StepConfig, 'times' | 'from' | 'to'>;

export function isOptional({ times, from }: Quantity): boolean {
  return times === 'optional' || times === 'any' || (isCounted(times) && from === 0);
}

export function isCounted(times: Quantity['times']): boolean {
  return times === 'exactly' || times === 'between' || times === 'at-least';
}

/** Steps that may end by a condition of their own. */
export function endsByCondition(step: StepConfig): boolean {
  return !isNegatedStep(step) && (step.times === 'one-or-more' || step.times === 'any' || step.times === 'at-least');
}

export function planPattern(config: PatternConfig, input: Schema, settings: ExpressionSettings): PatternPlan {
  const scope = new PatternScope(
    input,
    config.steps.map((step) => step.name),
    settings,
  );
  const conditions: PlannedCondition[] = [];
  const measures: PlannedMeasure[] = [];
  const problems: { field: string; problem: ExpressionProblem }[] = [];
  const add = (words: string | null, step: number, field: string): void => {
    if (words === null) return;
    const condition = scope.condition(words, step);
    if ('problems' in condition) problems.push(...condition.problems.map((problem) => ({ field, problem })));
    else conditions.push({ step, field, condition });
  };
  for (const [at, step] of config.steps.entries()) {
    add(step.condition, at, `steps[${at}].condition`);
    if (endsByCondition(step)) add(step.until, at, `steps[${at}].until`);
  }
  for (const [at, { name, expression }] of config.measures.entries()) {
    if (expression.trim() === '') continue;
    const measure = scope.measure(expression);
    if ('problems' in measure) problems.push(...measure.problems.map((problem) => ({ field: `measures[${at}].expression`, problem })));
    else measures.push({ name, measure });
  }
  return { scope, conditions, measures, problems };
}
