/** Between a kernel's representations and boxed values, for the general path. */
import { isCharacter } from '../../types/make-type.ts';
import type { KernelWriter, Operand } from './kernel-writer.ts';
import { BAIL } from './kernel-writer.ts';

/** JavaScript for the boxed value; `orNull` where it may be absent and the evaluator wants to know. */
export function boxOperand(writer: KernelWriter, operand: Operand, orNull: boolean): string {
  if (operand.absent === 'true') return 'null';
  const boxed = boxPresent(writer, operand);
  return orNull && operand.absent !== '' ? `(${operand.absent} ? null : ${boxed})` : boxed;
}

function boxPresent(writer: KernelWriter, operand: Operand): string {
  const { value, extra } = operand;
  switch (operand.representation) {
    case 'bool':
      return `(${value} === 1)`;
    case 'i64':
      return writer.exact ? value : `BigInt(${value})`;
    case 'time': {
      const millis = writer.exact ? value : `BigInt(${value})`;
      return extra === '0' ? `(${millis} * 1000000n)` : `(${millis} * 1000000n + BigInt(${extra}))`;
    }
    case 'text':
      return isCharacter(operand.type) ? `support.decode(${value}, ${extra})` : `support.bytes(${value}, ${extra})`;
    default:
      return value;
  }
}

/** Assigns the boxed value `boxed` (NULL included) to `target`. */
export function unboxInto(writer: KernelWriter, boxed: string, target: Operand): void {
  writer.block(`if (${boxed} === null)`, () => writer.line(`${target.absent} = true;`));
  writer.block('else', () => unboxPresent(writer, boxed, target));
}

function unboxPresent(writer: KernelWriter, boxed: string, target: Operand): void {
  const { value, extra } = target;
  switch (target.representation) {
    case 'bool':
      writer.line(`${value} = ${boxed} ? 1 : 0;`);
      return;
    case 'i64':
      emitLong(writer, boxed, value);
      return;
    case 'time':
      writer.line(`support.split(${boxed});`);
      emitLong(writer, 'support.millis', value);
      writer.line(`${extra} = support.nanos;`);
      return;
    case 'text':
      writer.line(isCharacter(target.type) ? `support.encode(${boxed});` : `support.put(${boxed});`);
      writer.line(`${value} = support.address;`);
      writer.line(`${extra} = support.length;`);
      writer.refreshViews();
      return;
    default:
      writer.line(`${value} = ${boxed};`);
  }
}

function emitLong(writer: KernelWriter, boxed: string, value: string): void {
  if (writer.exact) {
    writer.line(`${value} = ${boxed};`);
    return;
  }
  writer.line(`if (${boxed} > 4503599627370496n || ${boxed} < -4503599627370496n) ${BAIL}`);
  writer.line(`${value} = Number(${boxed});`);
}
