/** What writing the statements of an expression needs to know of where it stands. */
import type { FunctionRuntime } from '../functions/define-function.ts';
import type { ColumnExpression, TypedExpression } from '../typed-expression.ts';
import type { KernelWriter, Operand } from './kernel-writer.ts';

export interface EmitContext {
  readonly writer: KernelWriter;
  readonly runtime: FunctionRuntime;
  readonly nodeId: string;
  /** What failures call this place, e.g. `column total`. */
  readonly what: string;
  /** The operand of a column of the stage's input. */
  column(node: ColumnExpression): Operand;
}

/** Writes the statements of any expression; handed down so that the writers of single nodes need not know each other. */
export type Emit = (context: EmitContext, node: TypedExpression) => Operand;
