/** From text or syntax to a typed plan: resolves columns and functions, derives Flink's types, refuses what Flink refuses. */

import type { LogicalType } from '../../types/logical-type.ts';
import { BOOLEAN } from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import type { Schema } from '../../types/schema.ts';
import { findZone } from '../datetime/zone.ts';
import { parseExpression } from '../parse-expression.ts';
import type { ExpressionProblem, Span } from '../problem.ts';
import { ExpressionRefusal } from '../problem.ts';
import type { BetweenSyntax, BinarySyntax, CallSyntax, CaseSyntax, NameSyntax, NumberSyntax, Syntax, UnarySyntax } from '../syntax.ts';
import type { ExpressionSettings, TypedExpression } from '../typed-expression.ts';
import { typedChildren, typeRefusal } from './build-typed.ts';
import { checkArithmetic, checkSign } from './check-arithmetic.ts';
import type { CheckedArgument } from './check-call.ts';
import { checkCall, checkConcatenate, checkLike } from './check-call.ts';
import { checkCast } from './check-cast.ts';
import { checkComparison, checkDistinct, checkIn } from './check-comparison.ts';
import { checkConditional } from './check-conditional.ts';
import { checkDifference } from './check-difference.ts';
import { checkBytes, checkDatetime, checkInterval, checkNumber, checkText, untypedNull } from './check-literal.ts';
import { checkCase, checkIs, checkLogic, checkNot } from './check-logic.ts';
import { resolveColumn } from './resolve-column.ts';

export interface CheckedExpression {
  readonly type: LogicalType;
  readonly expression: TypedExpression;
  /** Dotted names of the columns it reads, each once, in order of appearance. */
  readonly columns: readonly string[];
}

export type CheckResult = CheckedExpression | { readonly problems: readonly ExpressionProblem[] };

/**
 * Parses and types `text` over the columns of `schema`. `wanted` asks for a kind of result: `boolean` for conditions.
 * Never throws for what a person wrote.
 */
export function checkExpression(
  text: string,
  schema: Schema,
  settings: ExpressionSettings,
  wanted: 'any' | 'boolean' = 'any',
): CheckResult {
  const parsed = parseExpression(text);
  if ('problem' in parsed) return { problems: [parsed.problem] };
  return checkSyntax(parsed.syntax, schema, settings, wanted);
}

export function checkSyntax(syntax: Syntax, schema: Schema, settings: ExpressionSettings, wanted: 'any' | 'boolean' = 'any'): CheckResult {
  try {
    if (findZone(settings.timeZone) === null) throw unknownZone(settings.timeZone, syntax.span);
    const expression = new Checker(schema, settings).check(syntax);
    if (wanted === 'boolean') requireCondition(expression);
    return { type: expression.type, expression, columns: columnsOf(expression) };
  } catch (error) {
    if (error instanceof ExpressionRefusal) return { problems: [error.problem] };
    throw error;
  }
}

function unknownZone(id: string, span: Span): ExpressionRefusal {
  return new ExpressionRefusal(
    'MR3014',
    span,
    `there is no time zone ${id}; write for example Asia/Shanghai or UTC`,
    `没有时区 ${id}；请写例如 Asia/Shanghai 或 UTC`,
  );
}

function requireCondition(expression: TypedExpression): void {
  if (expression.type.kind === BOOLEAN.kind || expression.type.kind === 'NULL') return;
  const type = printBare(expression.type);
  throw new ExpressionRefusal(
    'MR3017',
    expression.span,
    `a condition must be TRUE or FALSE, but this is ${type}; compare it with something`,
    `条件必须是布尔值，但这里是 ${type}；请加上比较`,
  );
}

/** Dotted names of the columns an expression reads. */
export function columnsOf(expression: TypedExpression): string[] {
  const names = new Set<string>();
  const visit = (node: TypedExpression): void => {
    if (node.kind === 'column') names.add(node.name);
    for (const child of typedChildren(node)) visit(child);
  };
  visit(expression);
  return [...names];
}

class Checker {
  private readonly schema: Schema;
  private readonly timeZone: string;

  constructor(schema: Schema, settings: ExpressionSettings) {
    this.schema = schema;
    this.timeZone = settings.timeZone;
  }

  check(node: Syntax): TypedExpression {
    switch (node.kind) {
      case 'number':
        return checkNumber(node, false, node.span);
      case 'text':
        return checkText(node);
      case 'bytes':
        return checkBytes(node);
      case 'boolean':
        return { kind: 'literal', type: { kind: 'BOOLEAN', nullable: node.value === null }, value: node.value, span: node.span };
      case 'null':
        return untypedNull(node.span);
      case 'datetime':
        return checkDatetime(node);
      case 'interval':
        return checkInterval(node);
      case 'name':
        return this.name(node);
      case 'unary':
        return this.unary(node);
      case 'binary':
        return this.binary(node);
      case 'logic':
        return checkLogic(
          node.operator,
          node.operands.map((operand) => this.check(operand)),
          node.span,
        );
      case 'is':
        return checkIs(node, this.check(node.operand));
      case 'between':
        return this.between(node);
      case 'in':
        return this.negate(
          node.negated,
          checkIn(
            this.check(node.operand),
            node.items.map((item) => this.check(item)),
            node.span,
            this.timeZone,
          ),
          node.span,
        );
      case 'like':
        return this.like(node);
      case 'case':
        return this.caseExpression(node);
      case 'cast':
        return checkCast(this.check(node.operand), node.type, node.safe, node.span);
      case 'call':
        return this.call(node);
      case 'difference':
        return checkDifference(this.check(node.left), this.check(node.right), node.qualifier, node.span);
      case 'symbol':
        throw typeRefusal(node.span, `${node.name} has no meaning here`, `${node.name} 在此没有意义`);
      default:
        throw new ExpressionRefusal('MR3013', node.span, `${node.what} is not available yet`, `尚不支持 ${node.what}`);
    }
  }

  private name(node: NameSyntax): TypedExpression {
    return resolveColumn(this.schema, node.parts, node.span);
  }

  private unary(node: UnarySyntax): TypedExpression {
    if (node.operator === 'NOT') return checkNot(this.check(node.operand), node.span);
    const number = signedNumber(node);
    if (number !== null) return checkNumber(number.number, number.negative, node.span);
    return checkSign(node.operator, this.check(node.operand), node.span);
  }

  private binary(node: BinarySyntax): TypedExpression {
    const left = this.check(node.left);
    const right = this.check(node.right);
    switch (node.operator) {
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return checkArithmetic(node.operator, left, right, node.span);
      case '||':
        refuseNull(left);
        refuseNull(right);
        return checkConcatenate(left, right, node.span);
      case 'IS DISTINCT FROM':
      case 'IS NOT DISTINCT FROM':
        return checkDistinct(node.operator === 'IS NOT DISTINCT FROM', left, right, node.span, this.timeZone);
      default:
        return checkComparison(node.operator, left, right, node.span, this.timeZone);
    }
  }

  private negate(negated: boolean, expression: TypedExpression, span: Span): TypedExpression {
    return negated ? checkNot(expression, span) : expression;
  }

  private between(node: BetweenSyntax): TypedExpression {
    const { span } = node;
    const operand = this.check(node.operand);
    const low = this.check(node.low);
    const high = this.check(node.high);
    const within = (from: TypedExpression, to: TypedExpression) =>
      checkLogic(
        'AND',
        [checkComparison('>=', operand, from, span, this.timeZone), checkComparison('<=', operand, to, span, this.timeZone)],
        span,
      );
    const inside = node.symmetric ? checkLogic('OR', [within(low, high), within(high, low)], span) : within(low, high);
    return this.negate(node.negated, inside, span);
  }

  private like(node: Extract<Syntax, { kind: 'like' }>): TypedExpression {
    const operand = this.check(node.operand);
    const pattern = this.check(node.pattern);
    const escapeBy = node.escape === null ? null : this.check(node.escape);
    refuseNull(operand);
    refuseNull(pattern);
    return this.negate(node.negated, checkLike(node.similar, operand, pattern, escapeBy, node.span), node.span);
  }

  private caseExpression(node: CaseSyntax): TypedExpression {
    const subject = node.subject === null ? null : this.check(node.subject);
    const branches = node.branches.map((branch) => {
      const condition = this.check(branch.condition);
      return {
        condition: subject === null ? condition : checkComparison('=', subject, condition, branch.condition.span, this.timeZone),
        result: this.check(branch.result),
      };
    });
    return checkCase(branches, node.otherwise === null ? null : this.check(node.otherwise), node.span);
  }

  private call(node: CallSyntax): TypedExpression {
    const args = node.arguments.map(
      (argument): CheckedArgument => (argument.kind === 'symbol' ? { symbol: argument.name } : this.check(argument)),
    );
    return checkConditional(node.name, args, node.span, this.timeZone) ?? checkCall(node, args);
  }
}

/** `-1` and `-(-1)` are literals: -2147483648 is an INT. */
function signedNumber(node: UnarySyntax): { readonly number: NumberSyntax; readonly negative: boolean } | null {
  let negative = false;
  let inner: Syntax = node;
  while (inner.kind === 'unary' && inner.operator === '-') {
    negative = !negative;
    inner = inner.operand;
  }
  return inner.kind === 'number' && node.operator === '-' ? { number: inner, negative } : null;
}

function refuseNull(operand: TypedExpression): void {
  if (operand.type.kind === 'NULL')
    throw typeRefusal(
      operand.span,
      'NULL has no type here; write for example CAST(NULL AS STRING)',
      '此处的 NULL 没有类型；请写成例如 CAST(NULL AS STRING)',
    );
}
