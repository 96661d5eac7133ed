/** Runs the pattern node: its steps as an automaton, its expressions compiled. */
import { assert } from '../../../base/assert.ts';
import { checkSyntax } from '../../../expressions/check/check-expression.ts';
import { slotSchema } from '../../../expressions/pattern/pattern-scope.ts';
import type { TypedExpression } from '../../../expressions/typed-expression.ts';
import { CepOperator } from '../../../operators/cep/cep-operator.ts';
import { compilePattern } from '../../../operators/cep/compile-pattern.ts';
import { ExpressionRows } from '../../../operators/cep/expression-rows.ts';
import type { Formula } from '../../../operators/cep/formula.ts';
import { condition, TRUE } from '../../../operators/cep/formula.ts';
import type { MeasurePlan } from '../../../operators/cep/measure-emitter.ts';
import { MeasureEmitter } from '../../../operators/cep/measure-emitter.ts';
import type { AfterMatch, Link, PatternStep, Times } from '../../../operators/cep/pattern.ts';
import type { OperatorContext } from '../../../operators/operator.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import type { Field } from '../../../types/logical-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { PatternConfig, StepConfig } from './node.ts';
import type { PatternPlan } from './pattern-plan.ts';
import { isNegatedStep, planPattern } from './pattern-plan.ts';
import { MATCH_TIME, matchTimeType } from './schema.ts';

export function createOperator(config: PatternConfig, context: OperatorContext): CepOperator {
  const input = context.inputSchemas[0];
  const plan = planPattern(config, input, { timeZone: context.timeZone });
  assert(plan.problems.length === 0, 'the expressions of a pattern were checked');
  const keys = config.keys.map((path) => requireColumn(input, path));
  const steps = config.steps.map((step, at) => patternStep(step, at, plan));
  const timeoutPort = config.timeouts === 'timeout-output' ? 1 : null;
  const measures = planMeasures(config, input, plan, keys, context.timeZone);
  return new CepOperator(
    {
      nfa: compilePattern({ nodes: steps, withinMs: config.within }),
      afterMatch: afterMatch(config),
      eventTime: true,
      keys: keys.map((key) => key.path),
      keyTypes: keys.map((key) => key.type),
      rowtime: requireColumn(input, input.rowtime ?? '').path,
      showsTimes: config.matchTime,
      timeoutPort,
      latePort: config.lateRows === 'late-output' ? (timeoutPort ?? 0) + 1 : null,
      fingerprint: fingerprint(config, plan, keys),
    },
    context,
    new ExpressionRows(context, plan.conditions, plan.scope.kept),
    (_port, patterns) => new MeasureEmitter(context, patterns, measures),
  );
}

const LINKS: { readonly [Follows in StepConfig['follows']]: Link } = {
  next: 'next',
  'followed-by': 'followedBy',
  'followed-by-any': 'followedByAny',
  'not-next': 'notNext',
  'not-followed-by': 'notFollowedBy',
};

function patternStep(step: StepConfig, at: number, plan: PatternPlan): PatternStep {
  const times = isNegatedStep(step) ? null : timesOf(step);
  return {
    name: step.name,
    link: at === 0 ? 'begin' : LINKS[step.follows],
    condition: conditionAt(plan, `steps[${at}].condition`) ?? TRUE,
    group: null,
    times,
    inner: step.between,
    optional: !isNegatedStep(step) && isOptional(step),
    greedy: times !== null && step.greedy,
    until: conditionAt(plan, `steps[${at}].until`),
    gapMs: times === null ? step.gap : null,
  };
}

function conditionAt(plan: PatternPlan, field: string): Formula | null {
  const index = plan.conditions.findIndex((each) => each.field === field);
  return index < 0 ? null : condition(index);
}

function isOptional(step: StepConfig): boolean {
  if (step.times === 'optional' || step.times === 'any') return true;
  return (step.times === 'exactly' || step.times === 'between' || step.times === 'at-least') && step.from === 0;
}

function timesOf(step: StepConfig): Times | null {
  const from = Math.max(step.from, 1);
  switch (step.times) {
    case 'once':
    case 'optional':
      return null;
    case 'one-or-more':
    case 'any':
      return { from: 1, to: null, gapMs: step.gap };
    case 'exactly':
      return { from, to: from, gapMs: step.gap };
    case 'between':
      return { from, to: step.to, gapMs: step.gap };
    case 'at-least':
      return { from, to: null, gapMs: step.gap };
  }
}

function afterMatch(config: PatternConfig): AfterMatch {
  switch (config.afterMatch) {
    case 'past-last':
      return { kind: 'skip-past-last' };
    case 'no-skip':
      return { kind: 'no-skip' };
    case 'to-next':
      return { kind: 'skip-to-next' };
    case 'to-first':
      return { kind: 'skip-to-first', step: config.afterStep, failsOnMiss: false };
    case 'to-last':
      return { kind: 'skip-to-last', step: config.afterStep, failsOnMiss: false };
  }
}

function planMeasures(
  config: PatternConfig,
  input: Schema,
  plan: PatternPlan,
  keys: readonly ResolvedColumn[],
  timeZone: string,
): MeasurePlan {
  const { measureSlots, kept } = plan.scope;
  const keyFields = keys.map((key, at): Field => ({ name: `key${at}`, type: key.type }));
  const time: Field = { name: MATCH_TIME, type: matchTimeType(input) };
  const slots = slotSchema(measureSlots).fields;
  const asked: Schema = { fields: [...keyFields, ...slots, time] };
  const passed = (at: number): TypedExpression => {
    const { name, type } = asked.fields[at];
    return { kind: 'column', path: [at], name, type, span: { start: 0, end: 0 } };
  };
  const measured = plan.measures.map(({ name, measure }) => {
    const checked = checkSyntax(measure.syntax, asked, { timeZone });
    assert(!('problems' in checked), `a measure that was checked: ${name}`);
    return { name, expression: checked.expression };
  });
  const columns = [...keyFields.map(({ name }, at) => ({ name, expression: passed(at) })), ...measured];
  if (config.matchTime) columns.push({ name: MATCH_TIME, expression: passed(asked.fields.length - 1) });
  return { asked, slots: measureSlots, kept, columns };
}

/** What stored partial matches were found with: other conditions or kept columns would misread them. */
function fingerprint(config: PatternConfig, plan: PatternPlan, keys: readonly ResolvedColumn[]): string {
  const steps = config.steps.map((step) => JSON.stringify(step)).join(' ');
  const kept = plan.scope.kept.map((column) => `${column.text} ${printType(column.expression.type)}`).join(', ');
  return `a pattern by (${keys.map((key) => printType(key.type)).join(', ')}) of ${steps} within ${config.within} then ${config.afterMatch} keeping ${kept}`;
}

function requireColumn(schema: Schema, path: string): ResolvedColumn {
  const column = resolveColumn(schema, path);
  assert(column !== null, `the pattern's check has found column ${path}`);
  return column;
}
