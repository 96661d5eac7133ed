/** Comparisons of kernels, without making a value of anything. */
import { asDecimal } from '../../types/common-type.ts';
import { isApproximateNumeric } from '../../types/make-type.ts';
import type { ComparisonExpression, ComparisonOperator } from '../typed-expression.ts';
import { emitUnscaled } from './emit-arithmetic.ts';
import type { Emit, EmitContext } from './emit-context.ts';
import { TextConstant } from './emit-memory.ts';
import type { KernelWriter, Operand } from './kernel-writer.ts';
import { eitherAbsent } from './kernel-writer.ts';

/** Constants up to this length are compared byte by byte in the loop itself. */
const INLINE_BYTES = 16;

const JAVASCRIPT: Readonly<Record<ComparisonOperator, string>> = { '=': '===', '<>': '!==', '<': '<', '<=': '<=', '>': '>', '>=': '>=' };

export function emitComparison(context: EmitContext, node: ComparisonExpression, emit: Emit): Operand | null {
  const mixed =
    (node.left.type.kind === 'DECIMAL') !== (node.right.type.kind === 'DECIMAL') &&
    (isApproximateNumeric(node.left.type) || isApproximateNumeric(node.right.type));
  // Two constants compare as Flink folds them; a DECIMAL meets a DOUBLE as Java's Double.compare does.
  if (mixed || (node.left.kind === 'literal' && node.right.kind === 'literal')) return null;
  const { writer } = context;
  const left = emit(context, node.left);
  const right = emit(context, node.right);
  if (left.representation === 'box') return null;
  const absent = eitherAbsent(left.absent, right.absent);
  const result = writer.declare(node.type, absent !== '');
  const compute = (): void => writer.line(`${result.value} = ${condition(writer, node.operator, left, right)} ? 1 : 0;`);
  if (absent === 'true') writer.line(`${result.absent} = true;`);
  else if (absent === '') compute();
  else {
    writer.block(`if (${absent})`, () => writer.line(`${result.absent} = true;`));
    writer.block('else', compute);
  }
  return result;
}

function condition(writer: KernelWriter, operator: ComparisonOperator, left: Operand, right: Operand): string {
  if (left.representation === 'text') return textCondition(writer, operator, left, right);
  const script = JAVASCRIPT[operator];
  if (left.type.kind === 'DECIMAL' || right.type.kind === 'DECIMAL') {
    const scale = Math.max(asDecimal(left.type)?.scale ?? 0, asDecimal(right.type)?.scale ?? 0);
    const a = emitUnscaled(writer, left, scale);
    const b = emitUnscaled(writer, right, scale);
    return `${a} ${script} ${b}`;
  }
  if (left.representation === 'time' && !(left.extra === '0' && right.extra === '0')) return timeCondition(operator, left, right);
  return `${left.value} ${script} ${right.value}`;
}

function timeCondition(operator: ComparisonOperator, left: Operand, right: Operand): string {
  if (operator === '=') return `(${left.value} === ${right.value} && ${left.extra} === ${right.extra})`;
  if (operator === '<>') return `(${left.value} !== ${right.value} || ${left.extra} !== ${right.extra})`;
  const strict = operator[0];
  return `(${left.value} ${strict} ${right.value} || (${left.value} === ${right.value} && ${left.extra} ${operator} ${right.extra}))`;
}

function textCondition(writer: KernelWriter, operator: ComparisonOperator, left: Operand, right: Operand): string {
  if (operator !== '=' && operator !== '<>')
    return `support.compare(${left.value}, ${left.extra}, ${right.value}, ${right.extra}) ${operator} 0`;
  const constant = constantOf(writer, right) ?? constantOf(writer, left);
  const other = constantOf(writer, right) === null ? right : left;
  const equal =
    constant !== null && constant.length <= INLINE_BYTES
      ? inlineEqual(other, constant)
      : `support.equal(${left.value}, ${left.extra}, ${right.value}, ${right.extra})`;
  return operator === '=' ? equal : `!(${equal})`;
}

function constantOf(writer: KernelWriter, operand: Operand): Uint8Array | null {
  const match = /^c(\d+)\.address$/.exec(operand.value);
  const bound = match === null ? undefined : writer.bindings[Number(match[1])];
  return bound instanceof TextConstant ? bound.bytes : null;
}

function inlineEqual(operand: Operand, bytes: Uint8Array): string {
  const tests = [`${operand.extra} === ${bytes.length}`];
  for (let i = 0; i < bytes.length; i++) tests.push(`u8[${operand.value} + ${i}] === ${bytes[i]}`);
  return `(${tests.join(' && ')})`;
}
