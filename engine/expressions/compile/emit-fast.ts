/** Nodes that have statements of their own; everything answers null for what the general path must do. */
import type { StrictExpression } from '../evaluate/create-evaluator.ts';
import { emitArithmetic, emitNegate } from './emit-arithmetic.ts';
import { emitCast } from './emit-cast.ts';
import { emitComparison } from './emit-comparison.ts';
import type { Emit, EmitContext } from './emit-context.ts';
import { emitTextCall } from './emit-text.ts';
import type { Operand } from './kernel-writer.ts';

export function emitFast(context: EmitContext, node: StrictExpression, emit: Emit): Operand | null {
  switch (node.kind) {
    case 'arithmetic':
      return emitArithmetic(context, node, emit);
    case 'negate':
      return emitNegate(context, node, emit);
    case 'comparison':
      return emitComparison(context, node, emit);
    case 'cast':
      return emitCast(context, node, emit);
    default:
      return emitTextCall(context, node, emit);
  }
}
