/** Casts of kernels that are a move, a multiplication or a rounding. */

import { asDecimal } from '../../types/common-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { LENGTH_MAX } from '../../types/logical-type.ts';
import { isCharacter, isInteger } from '../../types/make-type.ts';
import type { CastExpression } from '../typed-expression.ts';
import { emitPrecisionCheck, emitUnscaled } from './emit-arithmetic.ts';
import type { Emit, EmitContext } from './emit-context.ts';
import type { KernelWriter, Operand } from './kernel-writer.ts';

/** Powers of ten up to here are exact doubles, so that one division rounds correctly. */
const EXACT_POWER_MAX = 22;

export function emitCast(context: EmitContext, node: CastExpression, emit: Emit): Operand | null {
  const from = node.operand.type;
  const to = node.type;
  if (keepsValue(from, to)) {
    const operand = emit(context, node.operand);
    return { ...operand, type: to };
  }
  const compute = conversion(from, to, context.writer.exact, context.runtime.timeZone);
  if (compute === null) return null;
  const { writer } = context;
  const operand = emit(context, node.operand);
  if (operand.absent === 'true') return { ...writer.declare(to, true), absent: 'true' };
  const result = writer.declare(to, operand.absent !== '' || to.kind === 'DECIMAL');
  if (operand.absent === '') compute(writer, operand, result);
  else {
    writer.block(`if (${operand.absent})`, () => writer.line(`${result.absent} = true;`));
    writer.block('else', () => compute(writer, operand, result));
  }
  return result;
}

/** True where every value stays as it is, in the same representation. */
function keepsValue(from: LogicalType, to: LogicalType): boolean {
  if (to.kind === 'VARCHAR' && isCharacter(from))
    return to.length === LENGTH_MAX || ('length' in from && from.length <= to.length && from.kind === 'CHAR');
  if (to.kind === 'VARBINARY' && (from.kind === 'BINARY' || from.kind === 'VARBINARY')) return to.length === LENGTH_MAX;
  if (from.kind === 'TINYINT' && (to.kind === 'SMALLINT' || to.kind === 'INTEGER')) return true;
  if (from.kind === 'SMALLINT' && to.kind === 'INTEGER') return true;
  if (from.kind === 'FLOAT' && to.kind === 'DOUBLE') return true;
  if (from.kind === 'DECIMAL' && to.kind === 'DECIMAL') return from.scale === to.scale && from.precision <= to.precision;
  if (from.kind !== to.kind) return false;
  if ('precision' in from && 'precision' in to && from.kind !== 'DECIMAL') return from.precision <= to.precision;
  return from.kind === 'BOOLEAN' || from.kind === 'DATE' || isInteger(from) || from.kind === 'DOUBLE' || from.kind === 'FLOAT';
}

type Conversion = (writer: KernelWriter, operand: Operand, result: Operand) => void;

function conversion(from: LogicalType, to: LogicalType, exact: boolean, timeZone: string): Conversion | null {
  const toFloating = to.kind === 'DOUBLE' || to.kind === 'FLOAT';
  if (isInteger(from) && to.kind === 'BIGINT')
    return (writer, operand, result) => writer.line(`${result.value} = ${exact ? `BigInt(${operand.value})` : operand.value};`);
  if (from.kind === 'BIGINT' && toFloating && exact) return null;
  if ((isInteger(from) || from.kind === 'DOUBLE') && toFloating) {
    return (writer, operand, result) =>
      writer.line(`${result.value} = ${to.kind === 'FLOAT' ? `Math.fround(${operand.value})` : operand.value};`);
  }
  if (from.kind === 'DECIMAL' && to.kind === 'DOUBLE' && !exact && from.scale <= EXACT_POWER_MAX) {
    return (writer, operand, result) => writer.line(`${result.value} = ${operand.value} / ${10 ** from.scale};`);
  }
  if (to.kind === 'DECIMAL') return toDecimal(from, to.precision, to.scale);
  if (from.kind === 'DATE' && to.kind === 'TIMESTAMP') {
    return (writer, operand, result) =>
      writer.line(`${result.value} = ${exact ? `BigInt(${operand.value}) * 86400000n` : `${operand.value} * 86400000`};`);
  }
  const bothTimestamps =
    (from.kind === 'TIMESTAMP' || from.kind === 'TIMESTAMP_LTZ') && (to.kind === 'TIMESTAMP' || to.kind === 'TIMESTAMP_LTZ');
  if (bothTimestamps && timeZone === 'UTC' && from.precision <= to.precision)
    return (writer, operand, result) => writer.assign(result, operand);
  return null;
}

function toDecimal(from: LogicalType, precision: number, scale: number): Conversion | null {
  const own = asDecimal(from);
  if (own === null || own.scale > scale) return null;
  return (writer, operand, result) => {
    writer.line(`${result.value} = ${emitUnscaled(writer, operand, scale)};`);
    emitPrecisionCheck(writer, result, precision);
  };
}
