/**
 * Expressions over the rows of a match, in the words of MATCH_RECOGNIZE: `step.column` is the last row of a step, FIRST and LAST count from its ends, COUNT,
 * SUM, AVG, MIN and MAX run over its rows. What they ask for is split from the rest: the rest is an ordinary expression over columns `$0`, `$1`, …
 */
import { physicalForm } from '../../columnar/key-fields.ts';
import type { Field, LogicalType } from '../../types/logical-type.ts';
import { withNullable } from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { AggregateFunction } from '../aggregates.ts';
import { aggregateResultType } from '../aggregates.ts';
import { checkSyntax } from '../check/check-expression.ts';
import { parseExpression } from '../parse-expression.ts';
import { printExpression } from '../print-expression.ts';
import type { ExpressionProblem, Span } from '../problem.ts';
import { ExpressionRefusal } from '../problem.ts';
import { rewriteSyntax } from '../rewrite-syntax.ts';
import type { CallSyntax, NameSyntax, Syntax } from '../syntax.ts';
import { walkSyntax } from '../syntax.ts';
import type { ExpressionSettings, TypedExpression } from '../typed-expression.ts';
import type { KeptColumn, Slot } from './pattern-slots.ts';
import { isSameSlot } from './pattern-slots.ts';

const AGGREGATES: readonly string[] = ['COUNT', 'SUM', 'AVG', 'MIN', 'MAX'];
const OFFSET_MAX = 1000;

export interface Problems {
  readonly problems: readonly ExpressionProblem[];
}

/** `row`: the row alone decides. `match`: `expression` reads one column per slot. */
export type PatternCondition =
  | { readonly kind: 'row'; readonly expression: TypedExpression }
  | { readonly kind: 'match'; readonly slots: readonly Slot[]; readonly schema: Schema; readonly expression: TypedExpression };

export interface PatternMeasure {
  readonly type: LogicalType;
  /** The text with slots for columns; typed once all slots are known. */
  readonly syntax: Syntax;
}

export class PatternScope {
  /** What has to be kept of each row. */
  readonly kept: KeptColumn[] = [];
  /** What measures ask for. */
  readonly measureSlots: Slot[] = [];
  private readonly input: Schema;
  private readonly steps: readonly string[];
  private readonly settings: ExpressionSettings;

  constructor(input: Schema, steps: readonly string[], settings: ExpressionSettings) {
    this.input = input;
    this.steps = steps;
    this.settings = settings;
  }

  /** A condition of the row that may become one of step `self`: names without a step, and the last row of `self`, are that row. */
  condition(words: string, self: number): PatternCondition | Problems {
    return this.refusing(() => {
      const syntax = this.parse(words);
      const row = this.asRowExpression(syntax, self);
      if (row !== null) return { kind: 'row', expression: this.type(row, this.input, 'boolean') };
      const slots: Slot[] = [];
      const rewritten = rewriteSyntax(syntax, (node) => this.slotFor(node, self, slots));
      const schema = slotSchema(slots);
      return { kind: 'match', slots, schema, expression: this.type(rewritten, schema, 'boolean') };
    });
  }

  /** An output column: names without a step are those of the last row of the match. */
  measure(words: string): PatternMeasure | Problems {
    return this.refusing(() => {
      const syntax = rewriteSyntax(this.parse(words), (node) => this.slotFor(node, null, this.measureSlots));
      return { syntax, type: this.type(syntax, slotSchema(this.measureSlots), 'any').type };
    });
  }

  private refusing<T>(work: () => T): T | Problems {
    try {
      return work();
    } catch (error) {
      if (error instanceof ExpressionRefusal) return { problems: [error.problem] };
      throw error;
    }
  }

  private parse(words: string): Syntax {
    const parsed = parseExpression(words);
    if ('problem' in parsed) throw refusalOf(parsed.problem);
    return parsed.syntax;
  }

  private type(syntax: Syntax, schema: Schema, wanted: 'any' | 'boolean'): TypedExpression {
    const checked = checkSyntax(syntax, schema, this.settings, wanted);
    if ('problems' in checked) throw refusalOf(checked.problems[0]);
    return checked.expression;
  }

  /** The condition without step names when it asks for nothing but the row itself; else null. */
  private asRowExpression(syntax: Syntax, self: number): Syntax | null {
    let alone = true;
    const rewritten = rewriteSyntax(syntax, (node) => {
      if (node.kind === 'call' && (isNavigation(node) || this.isAggregate(node))) alone = false;
      if (node.kind !== 'name') return null;
      const step = this.stepOf(node);
      if (step === null) return node;
      if (step !== self) alone = false;
      return { ...node, parts: node.parts.slice(1) };
    });
    return alone ? rewritten : null;
  }

  /** MIN and MAX, COUNT and so on are aggregates wherever a pattern is asked: rows have no function of that name. */
  private isAggregate(node: CallSyntax): boolean {
    return AGGREGATES.includes(node.name);
  }

  private slotFor(node: Syntax, self: number | null, slots: Slot[]): Syntax | null {
    if (node.kind === 'name') return this.navigation(node, node, 'last', 0, self, slots);
    if (node.kind !== 'call') return null;
    if (isNavigation(node)) {
      const [argument, offset] = node.arguments;
      if (argument === undefined || node.arguments.length > 2) throw wrongCall(node);
      const from = node.name === 'FIRST' ? 'first' : 'last';
      return this.navigation(node, argument, from, offset === undefined ? 0 : offsetOf(offset), self, slots);
    }
    return this.isAggregate(node) ? this.aggregate(node, slots) : null;
  }

  private navigation(node: Syntax, argument: Syntax, from: 'first' | 'last', offset: number, self: number | null, slots: Slot[]): Syntax {
    const { step, syntax } = this.ofOneStep(argument);
    const { column, type } = this.keep(syntax);
    // Without a step, a condition means the row it is asked for, a measure the last row of the match.
    const current = self !== null && step === null && from === 'last' && offset === 0;
    return place(node, slots, {
      kind: 'navigate',
      from,
      offset,
      step: current ? self : step,
      column,
      type: withNullable(type, true),
    });
  }

  private aggregate(node: CallSyntax, slots: Slot[]): Syntax {
    const [argument] = node.arguments;
    if (argument === undefined || node.arguments.length > 1) throw wrongCall(node);
    const { step, syntax } = this.ofOneStep(argument);
    const { column, type: argumentType } = this.keep(syntax);
    const called = node.name as AggregateFunction;
    const type = aggregateResultType(called, argumentType, false);
    if ('refused' in type) throw new ExpressionRefusal('MR3014', node.span, type.refused, `${called} 不接受该列的类型`);
    return place(node, slots, { kind: 'aggregate', function: called, step, column, argumentType, type });
  }

  /** The one step whose columns an argument names, and the argument over a row of it. */
  private ofOneStep(argument: Syntax): { readonly step: number | null; readonly syntax: Syntax } {
    const steps = new Set<number | null>();
    walkSyntax(argument, (node) => {
      if (node.kind === 'name') steps.add(this.stepOf(node));
    });
    const [step = null, other] = [...steps];
    if (other !== undefined)
      throw new ExpressionRefusal(
        'MR3014',
        argument.span,
        'what stands in FIRST, LAST or an aggregate names columns of one step only',
        'FIRST、LAST 或聚合函数中只能引用同一个步骤的列',
      );
    const syntax = rewriteSyntax(argument, (node) => {
      if (node.kind !== 'name') return null;
      return this.stepOf(node) === null ? node : { ...node, parts: node.parts.slice(1) };
    });
    return { step, syntax };
  }

  private stepOf(node: NameSyntax): number | null {
    if (node.parts.length < 2) return null;
    const step = this.steps.indexOf(node.parts[0]);
    return step < 0 ? null : step;
  }

  private keep(syntax: Syntax): { readonly column: number; readonly type: LogicalType } {
    const text = printExpression(syntax);
    const known = this.kept.findIndex((each) => each.text === text);
    if (known >= 0) return { column: known, type: this.kept[known].expression.type };
    const expression = this.type(syntax, this.input, 'any');
    if (physicalForm(expression.type) === null)
      throw new ExpressionRefusal(
        'MR3014',
        syntax.span,
        `a pattern cannot keep ${printBare(expression.type)}; name a field of it, or make text of it before`,
        `模式无法保存 ${printBare(expression.type)}；请引用其中的字段，或先将其转换为文本`,
      );
    this.kept.push({ text, expression });
    return { column: this.kept.length - 1, type: expression.type };
  }
}

/** One column per slot. */
export function slotSchema(slots: readonly Slot[]): Schema {
  return { fields: slots.map((slot, at): Field => ({ name: slotName(at), type: slot.type })) };
}

function slotName(at: number): string {
  return `$${at}`;
}

function place(node: Syntax, slots: Slot[], slot: Slot): NameSyntax {
  let at = slots.findIndex((known) => isSameSlot(known, slot));
  if (at < 0) at = slots.push(slot) - 1;
  return { kind: 'name', parts: [slotName(at)], span: node.span };
}

function isNavigation(node: CallSyntax): boolean {
  return node.name === 'FIRST' || node.name === 'LAST';
}

function offsetOf(node: Syntax): number {
  const offset = node.kind === 'number' ? Number(node.text) : Number.NaN;
  if (Number.isInteger(offset) && offset >= 0 && offset <= OFFSET_MAX) return offset;
  throw new ExpressionRefusal(
    'MR3014',
    node.span,
    `FIRST and LAST count rows with a whole number from 0 to ${OFFSET_MAX}`,
    `FIRST 和 LAST 的第二个参数须是 0 到 ${OFFSET_MAX} 的整数`,
  );
}

function wrongCall(node: CallSyntax): ExpressionRefusal {
  const { name } = node;
  return new ExpressionRefusal(
    'MR3014',
    node.span,
    `${name} takes a column of a step${isNavigation(node) ? ' and how many rows to go from there' : ''}`,
    `${name} 需要某个步骤的一列${isNavigation(node) ? '，以及行的偏移量' : ''}`,
  );
}

function refusalOf(problem: ExpressionProblem): ExpressionRefusal {
  const span: Span = { start: problem.start, end: problem.end };
  return new ExpressionRefusal(problem.code, span, problem.text.en, problem.text.zh);
}
