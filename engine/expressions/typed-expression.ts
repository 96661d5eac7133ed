/** The typed plan of an expression: what the checker makes and interpreter, compiler and exporters read. Immutable. */
import type { LogicalType } from '../types/logical-type.ts';
import type { ExactNumber } from './decimal.ts';
import type { ResolvedCall } from './functions/define-function.ts';
import type { Span } from './problem.ts';
import type { Value } from './value.ts';

interface Typed {
  readonly type: LogicalType;
  /** Where it stands in the text. */
  readonly span: Span;
}

export type LiteralExpression = Typed & {
  readonly kind: 'literal';
  readonly value: Value;
  /** The digits a DOUBLE was written with: casts of the constant see these. */
  readonly exact?: ExactNumber;
};

/** `path[0]` is the index of the top-level column, further entries are field indexes inside ROWs. */
export type ColumnExpression = Typed & { readonly kind: 'column'; readonly path: readonly number[]; readonly name: string };

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
/** Both operands have been cast to what the kernel computes in; `type` is the result's. */
export type ArithmeticExpression = Typed & {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: TypedExpression;
  readonly right: TypedExpression;
};

export type NegateExpression = Typed & { readonly kind: 'negate'; readonly operand: TypedExpression };

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ComparisonExpression = Typed & {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: TypedExpression;
  readonly right: TypedExpression;
};

/** Three-valued AND / OR over two or more operands, evaluated left to right until decided. */
export type LogicExpression = Typed & {
  readonly kind: 'logic';
  readonly operator: 'AND' | 'OR';
  readonly operands: readonly TypedExpression[];
};
export type NotExpression = Typed & { readonly kind: 'not'; readonly operand: TypedExpression };

/** IS [NOT] NULL / TRUE / FALSE; never NULL itself. */
export type IsExpression = Typed & {
  readonly kind: 'is';
  readonly test: 'NULL' | 'TRUE' | 'FALSE';
  readonly negated: boolean;
  readonly operand: TypedExpression;
};

/** The first branch whose condition is TRUE; all results already have `type` (nullability apart). */
export type CaseExpression = Typed & {
  readonly kind: 'case';
  readonly branches: readonly { readonly condition: TypedExpression; readonly result: TypedExpression }[];
  readonly otherwise: TypedExpression;
};

/** `safe` = TRY_CAST: NULL instead of a failure. */
export type CastExpression = Typed & { readonly kind: 'cast'; readonly safe: boolean; readonly operand: TypedExpression };

export type CallExpression = Typed & {
  readonly kind: 'call';
  readonly name: string;
  readonly nulls: 'propagate' | 'receive';
  readonly deterministic: boolean;
  readonly resolved: ResolvedCall;
  /** One per argument, already cast; a keyword is `null` and reaches the evaluator as NULL. */
  readonly arguments: readonly (TypedExpression | null)[];
};

export type TypedExpression =
  | LiteralExpression
  | ColumnExpression
  | ArithmeticExpression
  | NegateExpression
  | ComparisonExpression
  | LogicExpression
  | NotExpression
  | IsExpression
  | CaseExpression
  | CastExpression
  | CallExpression;

/** Session settings that types and answers depend on. */
export interface ExpressionSettings {
  /** IANA id, for TIMESTAMP_LTZ. */
  readonly timeZone: string;
}
