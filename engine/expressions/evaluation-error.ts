/** What an evaluator throws when a value cannot be computed; the kernel that called it adds row and position. */

/** Codes of run-time failures in expressions. */
export type EvaluationErrorCode =
  /** Integer or DECIMAL division or remainder by zero. */
  | 'MR3001'
  /** A value cannot be cast to the wanted type. */
  | 'MR3002'
  /** An argument of a function is outside what it accepts. */
  | 'MR3003';

export class EvaluationError extends Error {
  readonly code: EvaluationErrorCode;

  constructor(code: EvaluationErrorCode, message: string) {
    super(message);
    this.name = 'EvaluationError';
    this.code = code;
  }
}
