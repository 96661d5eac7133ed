/** What is wrong with an expression a person wrote, with the place in the text and a sentence that helps. */

/** Half-open range of UTF-16 offsets in the text of the expression. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * MR3010 not an expression (syntax) · MR3011 too long or too deep · MR3012 unknown column · MR3013 unknown function ·
 * MR3014 types do not fit · MR3015 cast not supported · MR3016 literal not valid · MR3017 wrong result type
 */
export type ExpressionProblemCode = 'MR3010' | 'MR3011' | 'MR3012' | 'MR3013' | 'MR3014' | 'MR3015' | 'MR3016' | 'MR3017';

export interface ExpressionProblem extends Span {
  readonly code: ExpressionProblemCode;
  readonly text: { readonly en: string; readonly zh: string };
}

/** Leaves parser and checker at the first problem; caught by `parseExpression` and `checkExpression`, never seen outside. */
export class ExpressionRefusal extends Error {
  readonly problem: ExpressionProblem;

  constructor(code: ExpressionProblemCode, span: Span, en: string, zh: string) {
    super(en);
    this.name = 'ExpressionRefusal';
    this.problem = { code, start: span.start, end: span.end, text: { en, zh } };
  }
}
