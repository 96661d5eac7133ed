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
import type { AfterMatch, Link, PatternGroup, PatternNode, PatternStep, Times } from '../../../operators/cep/pattern.ts';
import type { OperatorContext } from '../../../operators/operator.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import type { Field } from '../../../types/logical-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { PatternConfig, StepConfig } from './node.ts';
import type { PatternPlan, Quantity } from './pattern-plan.ts';
import { isNegatedStep, isOptional, planPattern } from './pattern-plan.ts';
import type { PatternBranch, PatternPart } from './pattern-tree.ts';
import { patternTree, stepsOf } from './pattern-tree.ts';
import { MATCH_TIME, matchTimeType } from './schema.ts';

export function createOperator(config: PatternConfig, context: OperatorContext): CepOperator {
  const input = context.inputSchemas[0];
  const plan = planPattern(config, input, { timeZone: context.timeZone });
  assert(plan.problems.length === 0, 'the expressions of a pattern were checked');
  const keys = config.keys.map((path) => requireColumn(input, path));
  const timeoutPort = config.timeouts === 'timeout-output' ? 1 : null;
  const measures = planMeasures(config, input, plan, keys, context.timeZone);
  return new CepOperator(
    {
      nfa: compilePattern({ nodes: patternNodes(patternTree(config), config, plan), withinMs: config.within }),
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

/** The first of a group begins it; the group follows what was before as that step says. */
function patternNodes(parts: readonly PatternPart[], config: PatternConfig, plan: PatternPlan): PatternNode[] {
  return parts.map((part, at) => {
    const first = stepsOf(part)[0];
    const link = at === 0 ? 'begin' : LINKS[config.steps[first].follows];
    return typeof part === 'number' ? patternStep(part, link, config, plan) : patternGroup(part, link, config, plan);
  });
}

function patternGroup({ group, parts }: PatternBranch, link: Link, config: PatternConfig, plan: PatternPlan): PatternGroup {
  const own = config.groups[group];
  return {
    name: `${own.first}…${own.last}`,
    link,
    condition: null,
    group: patternNodes(parts, config, plan),
    times: timesOf(own, null),
    inner: own.between,
    optional: isOptional(own),
    greedy: false,
    until: null,
    gapMs: null,
  };
}

function patternStep(at: number, link: Link, { steps }: PatternConfig, plan: PatternPlan): PatternStep {
  const step = steps[at];
  const times = isNegatedStep(step) ? null : timesOf(step, step.gap);
  return {
    name: step.name,
    link,
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

function timesOf({ times, from: least, to }: Quantity, gapMs: number | null): Times | null {
  const from = Math.max(least, 1);
  switch (times) {
    case 'once':
    case 'optional':
      return null;
    case 'one-or-more':
    case 'any':
      return { from: 1, to: null, gapMs };
    case 'exactly':
      return { from, to: from, gapMs };
    case 'between':
      return { from, to, gapMs };
    case 'at-least':
      return { from, to: null, gapMs };
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
  const steps = [...config.steps, ...config.groups].map((part) => JSON.stringify(part)).join(' ');
  const kept = plan.scope.kept.map((column) => `${column.text} ${printType(column.expression.type)}`).join(', ');
  return `a pattern by (${keys.map((key) => printType(key.type)).join(', ')}) of ${steps} within ${config.within} then ${config.afterMatch} keeping ${kept}`;
}

function requireColumn(schema: Schema, path: string): ResolvedColumn {
  const column = resolveColumn(schema, path);
  assert(column !== null, `the pattern's check has found column ${path}`);
  return column;
}
