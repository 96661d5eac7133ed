/** Arithmetic of kernels: int32, doubles, 64-bit integers with a guard, decimals by scaled integers, times and intervals. */
import { asDecimal } from '../../types/common-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { isInterval, isTimestamp } from '../../types/make-type.ts';
import { pow10 } from '../decimal.ts';
import { divisionByZero } from '../evaluate/compute-values.ts';
import type { ArithmeticExpression, NegateExpression } from '../typed-expression.ts';
import type { Emit, EmitContext } from './emit-context.ts';
import { longText } from './emit-memory.ts';
import type { KernelWriter, Operand } from './kernel-writer.ts';
import { eitherAbsent } from './kernel-writer.ts';

/** A DECIMAL with more digits than this cannot overflow within the range of fast kernels. */
const FAST_DIGITS = 15;

export function emitArithmetic(context: EmitContext, node: ArithmeticExpression, emit: Emit): Operand | null {
  if (!hasOwnStatements(node)) return null;
  const { writer } = context;
  const left = emit(context, node.left);
  const right = emit(context, node.right);
  const absent = eitherAbsent(left.absent, right.absent);
  const overflows = node.type.kind === 'DECIMAL';
  const result = writer.declare(node.type, absent !== '' || overflows);
  const compute = (): void => computeInto(context, node, left, right, result);
  if (absent === 'true') writer.line(`${result.absent} = true;`);
  else if (absent === '') compute();
  else {
    writer.block(`if (${absent})`, () => writer.line(`${result.absent} = true;`));
    writer.block('else', compute);
  }
  return result;
}

function hasOwnStatements(node: ArithmeticExpression): boolean {
  const { type, operator } = node;
  switch (type.kind) {
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
    case 'FLOAT':
    case 'DOUBLE':
      return true;
    case 'DECIMAL':
      return decimalScales(node) !== null && operator !== '/' && operator !== '%';
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return node.right.type.kind === 'INTERVAL_DAY_TIME';
    case 'INTERVAL_DAY_TIME':
      return operator !== '*' && (isInterval(node.left.type) || isTimestamp(node.left.type));
    default:
      return false;
  }
}

/** Scales of both sides when the result needs no rounding; null otherwise. */
function decimalScales(node: ArithmeticExpression): { left: number; right: number } | null {
  const a = asDecimal(node.left.type);
  const b = asDecimal(node.right.type);
  if (a === null || b === null || node.type.kind !== 'DECIMAL') return null;
  const natural = node.operator === '*' ? a.scale + b.scale : Math.max(a.scale, b.scale);
  return natural === node.type.scale ? { left: a.scale, right: b.scale } : null;
}

function computeInto(context: EmitContext, node: ArithmeticExpression, left: Operand, right: Operand, result: Operand): void {
  const { writer } = context;
  const { operator } = node;
  switch (node.type.kind) {
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
      computeInteger(context, node, left.value, right.value, result.value);
      return;
    case 'BIGINT':
      computeLong(context, node, left.value, right.value, result.value);
      return;
    case 'FLOAT':
      writer.line(`${result.value} = Math.fround(${left.value} ${operator} ${right.value});`);
      return;
    case 'DOUBLE':
      writer.line(`${result.value} = ${left.value} ${operator} ${right.value};`);
      return;
    case 'DECIMAL':
      computeDecimal(writer, node, left, right, result);
      return;
    default:
      computeLongSum(writer, operator === '-' ? '-' : '+', left.value, right.value, result.value);
      if (result.extra !== '') writer.line(`${result.extra} = ${left.extra};`);
  }
}

const SHIFTS: Readonly<Record<string, string>> = { TINYINT: '24', SMALLINT: '16' };

function computeInteger(context: EmitContext, node: ArithmeticExpression, a: string, b: string, target: string): void {
  const { writer } = context;
  if (node.operator === '/' || node.operator === '%') emitZeroCheck(context, node, `${b} === 0`);
  const plain = node.operator === '*' ? `Math.imul(${a}, ${b})` : `(${a} ${node.operator} ${b}) | 0`;
  const shift = SHIFTS[node.type.kind];
  writer.line(shift === undefined ? `${target} = ${plain};` : `${target} = ((${plain}) << ${shift}) >> ${shift};`);
}

function emitZeroCheck(context: EmitContext, node: ArithmeticExpression, isZero: string): void {
  const { writer } = context;
  const fail = writer.bind(divisionByZero);
  writer.sites.push({ nodeId: context.nodeId, span: node.span, what: context.what });
  writer.line(`if (${isZero}) { at = ${writer.sites.length - 1}; throw ${fail}(); }`);
}

function computeLong(context: EmitContext, node: ArithmeticExpression, a: string, b: string, target: string): void {
  const { writer } = context;
  const { operator } = node;
  if (operator === '/' || operator === '%') emitZeroCheck(context, node, writer.exact ? `${b} === 0n` : `${b} === 0`);
  if (writer.exact) {
    writer.line(`${target} = BigInt.asIntN(64, ${a} ${operator} ${b});`);
    return;
  }
  switch (operator) {
    case '+':
    case '-':
      computeLongSum(writer, operator, a, b, target);
      return;
    case '*':
      // `+ 0` turns -0 into 0.
      writer.line(`${target} = ${a} * ${b} + 0;`);
      writer.guard(target);
      return;
    case '/':
      writer.line(`${target} = Math.trunc(${a} / ${b}) + 0;`);
      return;
    default:
      // The remainder of doubles is a slow call; small numbers take the integer instruction.
      writer.line(`${target} = (${a} === (${a} | 0) && ${b} === (${b} | 0) ? (${a} | 0) % (${b} | 0) : ${a} % ${b}) + 0;`);
  }
}

function computeLongSum(writer: KernelWriter, operator: '+' | '-', a: string, b: string, target: string): void {
  if (writer.exact) {
    writer.line(`${target} = BigInt.asIntN(64, ${a} ${operator} ${b});`);
    return;
  }
  writer.line(`${target} = ${a} ${operator} ${b};`);
  writer.guard(target);
}

/** The operand as an unscaled integer at `scale`. */
export function emitUnscaled(writer: KernelWriter, operand: Operand, scale: number): string {
  const own = asDecimal(operand.type)?.scale ?? 0;
  const plain = writer.exact && operand.representation === 'i32' ? `BigInt(${operand.value})` : operand.value;
  if (own === scale) return plain;
  const scaled = writer.name('s');
  writer.line(`const ${scaled} = ${plain} * ${longText(writer, pow10(scale - own))};`);
  writer.guard(scaled);
  return scaled;
}

function computeDecimal(writer: KernelWriter, node: ArithmeticExpression, left: Operand, right: Operand, result: Operand): void {
  const { type, operator } = node;
  if (type.kind !== 'DECIMAL') return;
  const product = operator === '*';
  const a = emitUnscaled(writer, left, product ? (asDecimal(left.type)?.scale ?? 0) : type.scale);
  const b = emitUnscaled(writer, right, product ? (asDecimal(right.type)?.scale ?? 0) : type.scale);
  writer.line(`${result.value} = ${a} ${operator} ${b}${product && !writer.exact ? ' + 0' : ''};`);
  writer.guard(result.value);
  emitPrecisionCheck(writer, result, type.precision);
}

/** A DECIMAL with too many digits is NULL. */
export function emitPrecisionCheck(writer: KernelWriter, result: Operand, precision: number): void {
  if (!writer.exact && precision > FAST_DIGITS) return;
  const limit = writer.exact ? `${pow10(precision)}n` : String(pow10(precision));
  writer.line(`if (${result.value} >= ${limit} || ${result.value} <= -${limit}) ${result.absent} = true;`);
}

export function emitNegate(context: EmitContext, node: NegateExpression, emit: Emit): Operand | null {
  const { writer } = context;
  const operand = emit(context, node.operand);
  if (operand.absent === 'true') return operand;
  const result = writer.declare(node.type, operand.absent !== '');
  if (operand.absent !== '') writer.line(`${result.absent} = ${operand.absent};`);
  writer.line(`${result.value} = ${negated(writer, node.type, operand.value)};`);
  return result;
}

function negated(writer: KernelWriter, type: LogicalType, value: string): string {
  switch (type.kind) {
    case 'TINYINT':
    case 'SMALLINT':
      return `(-${value} << ${SHIFTS[type.kind]}) >> ${SHIFTS[type.kind]}`;
    case 'INTEGER':
    case 'INTERVAL_YEAR_MONTH':
      return `-${value} | 0`;
    case 'FLOAT':
    case 'DOUBLE':
      return `-${value}`;
    case 'DECIMAL':
      return writer.exact ? `-${value}` : `0 - ${value}`;
    default:
      return writer.exact ? `BigInt.asIntN(64, -${value})` : `0 - ${value}`;
  }
}
