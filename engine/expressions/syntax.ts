/** The syntax tree of an expression as it was written; every node knows its place in the text. */
import type { LogicalType } from '../types/logical-type.ts';
import type { TokenCursor } from '../types/sql-tokens.ts';
import type { Span } from './problem.ts';

interface Placed {
  readonly span: Span;
}

export interface IntervalQualifier {
  /** `DAY`, `HOUR`, …; without plural S. */
  readonly from: string;
  readonly fromPrecision: number | null;
  readonly to: string | null;
  /** Fraction digits of a SECOND. */
  readonly secondPrecision: number | null;
}

export type NumberSyntax = Placed & { readonly kind: 'number'; readonly text: string };
export type TextSyntax = Placed & { readonly kind: 'text'; readonly value: string };
export type BytesSyntax = Placed & { readonly kind: 'bytes'; readonly hex: string };
/** `null` is UNKNOWN. */
export type BooleanSyntax = Placed & { readonly kind: 'boolean'; readonly value: boolean | null };
export type NullSyntax = Placed & { readonly kind: 'null' };
export type DatetimeSyntax = Placed & { readonly kind: 'datetime'; readonly type: 'DATE' | 'TIME' | 'TIMESTAMP'; readonly text: string };
export type IntervalSyntax = Placed & {
  readonly kind: 'interval';
  readonly negative: boolean;
  readonly text: string;
  readonly qualifier: IntervalQualifier;
};
export type NameSyntax = Placed & { readonly kind: 'name'; readonly parts: readonly string[] };
export type UnarySyntax = Placed & { readonly kind: 'unary'; readonly operator: '+' | '-' | 'NOT'; readonly operand: Syntax };
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '||'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'IS DISTINCT FROM'
  | 'IS NOT DISTINCT FROM';
export type BinarySyntax = Placed & {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Syntax;
  readonly right: Syntax;
};
export type LogicSyntax = Placed & { readonly kind: 'logic'; readonly operator: 'AND' | 'OR'; readonly operands: readonly Syntax[] };
export type IsSyntax = Placed & {
  readonly kind: 'is';
  readonly test: 'NULL' | 'TRUE' | 'FALSE' | 'UNKNOWN';
  readonly negated: boolean;
  readonly operand: Syntax;
};
export type BetweenSyntax = Placed & {
  readonly kind: 'between';
  readonly negated: boolean;
  readonly symmetric: boolean;
  readonly operand: Syntax;
  readonly low: Syntax;
  readonly high: Syntax;
};
export type InSyntax = Placed & {
  readonly kind: 'in';
  readonly negated: boolean;
  readonly operand: Syntax;
  readonly items: readonly Syntax[];
};
export type LikeSyntax = Placed & {
  readonly kind: 'like';
  readonly similar: boolean;
  readonly negated: boolean;
  readonly operand: Syntax;
  readonly pattern: Syntax;
  readonly escape: Syntax | null;
};
export type CaseSyntax = Placed & {
  readonly kind: 'case';
  readonly subject: Syntax | null;
  readonly branches: readonly { readonly condition: Syntax; readonly result: Syntax }[];
  readonly otherwise: Syntax | null;
};
export type CastSyntax = Placed & { readonly kind: 'cast'; readonly safe: boolean; readonly operand: Syntax; readonly type: LogicalType };
/** A keyword argument of special syntax. */
export type SymbolSyntax = Placed & { readonly kind: 'symbol'; readonly name: string };
export type JsonBehaviorSyntax =
  | { readonly kind: 'NULL' }
  | { readonly kind: 'ERROR' }
  | { readonly kind: 'DEFAULT'; readonly argument: number };
export type CallSyntax = Placed & {
  readonly kind: 'call';
  /** Upper case; special syntax has been brought to plain arguments (see functions/define-function.ts). */
  readonly name: string;
  readonly arguments: readonly Syntax[];
  /** How it was written when that is not NAME(arguments). */
  readonly form: 'plain' | 'bare' | 'extract' | 'floor-to' | 'trim' | 'position' | 'substring' | 'overlay' | 'unit-first' | 'json-value';
  readonly returning: LogicalType | null;
  readonly onEmpty: JsonBehaviorSyntax | null;
  readonly onError: JsonBehaviorSyntax | null;
};
/** `(a - b) DAY`: the difference of two times as an interval. */
export type DifferenceSyntax = Placed & {
  readonly kind: 'difference';
  readonly left: Syntax;
  readonly right: Syntax;
  readonly qualifier: IntervalQualifier;
};
/** SQL that is understood but not built: named, so that the refusal can say what it is. */
export type UnbuiltSyntax = Placed & { readonly kind: 'unbuilt'; readonly what: string; readonly parts: readonly Syntax[] };

export type Syntax =
  | NumberSyntax
  | TextSyntax
  | BytesSyntax
  | BooleanSyntax
  | NullSyntax
  | DatetimeSyntax
  | IntervalSyntax
  | NameSyntax
  | UnarySyntax
  | BinarySyntax
  | LogicSyntax
  | IsSyntax
  | BetweenSyntax
  | InSyntax
  | LikeSyntax
  | CaseSyntax
  | CastSyntax
  | SymbolSyntax
  | CallSyntax
  | DifferenceSyntax
  | UnbuiltSyntax;

/** The nodes directly below `node`. */
export function syntaxChildren(node: Syntax): readonly Syntax[] {
  switch (node.kind) {
    case 'unary':
    case 'is':
    case 'cast':
      return [node.operand];
    case 'binary':
    case 'difference':
      return [node.left, node.right];
    case 'logic':
      return node.operands;
    case 'between':
      return [node.operand, node.low, node.high];
    case 'in':
      return [node.operand, ...node.items];
    case 'like':
      return node.escape === null ? [node.operand, node.pattern] : [node.operand, node.pattern, node.escape];
    case 'case':
      return [
        ...(node.subject === null ? [] : [node.subject]),
        ...node.branches.flatMap((branch) => [branch.condition, branch.result]),
        ...(node.otherwise === null ? [] : [node.otherwise]),
      ];
    case 'call':
      return node.arguments;
    case 'unbuilt':
      return node.parts;
    default:
      return [];
  }
}

/** Calls `visit` for every node, parents first, without recursion. */
export function walkSyntax(root: Syntax, visit: (node: Syntax, depth: number) => void): void {
  const pending: { node: Syntax; depth: number }[] = [{ node: root, depth: 1 }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    visit(item.node, item.depth);
    const { depth } = item;
    for (const child of syntaxChildren(item.node)) pending.push({ node: child, depth: depth + 1 });
  }
}

/** What the parts of the parser need of each other. */
export interface ExpressionReader {
  readonly cursor: TokenCursor;
  /** An expression whose operators bind tighter than `power`. */
  expression(power?: number): Syntax;
  /** From `start` to the last token taken. */
  span(start: number): Span;
}
