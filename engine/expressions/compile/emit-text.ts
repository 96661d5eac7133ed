/** Functions on text that work on the bytes: LIKE with a constant pattern, lengths, case and pieces of ASCII text. */
import { utf8 } from '../cast/cast-text.ts';
import type { CallExpression, TypedExpression } from '../typed-expression.ts';
import { boxOperand, unboxInto } from './emit-boxed.ts';
import type { EmitContext } from './emit-expression.ts';
import type { Emit } from './emit-fast.ts';
import type { KernelWriter, Operand } from './kernel-writer.ts';

export function emitTextCall(context: EmitContext, node: CallExpression, emit: Emit): Operand | null {
  switch (node.name) {
    case 'LIKE':
      return emitLike(context, node, emit);
    case 'CHAR_LENGTH':
      return emitUnary(context, node, emit, (writer, text, result) => {
        writer.line(`${result.value} = ${text.ascii} ? ${text.extra} : support.characters(${text.value}, ${text.extra});`);
      });
    case 'UPPER':
      return emitCaseChange(context, node, emit, 97);
    case 'LOWER':
      return emitCaseChange(context, node, emit, 65);
    case 'SUBSTRING':
    case 'SUBSTR':
      return emitSubstring(context, node, emit);
    default:
      return null;
  }
}

/** A call of one text argument with statements for a present value. */
function emitUnary(context: EmitContext, node: CallExpression, emit: Emit, compute: (writer: KernelWriter, text: Operand, result: Operand) => void): Operand | null {
  const [argument] = node.arguments;
  if (argument === null || argument === undefined || argument.type.kind === 'BINARY' || argument.type.kind === 'VARBINARY') return null;
  const { writer } = context;
  const text = emit(context, argument);
  if (text.representation !== 'text') return null;
  const result = writer.declare(node.type, true, text.ascii);
  if (text.absent === 'true') writer.line(`${result.absent} = true;`);
  else if (text.absent === '') compute(writer, text, result);
  else {
    writer.block(`if (${text.absent})`, () => writer.line(`${result.absent} = true;`));
    writer.block('else', () => compute(writer, text, result));
  }
  return result;
}

function constantText(argument: TypedExpression | null | undefined): string | null {
  return argument !== null && argument !== undefined && argument.kind === 'literal' && typeof argument.value === 'string' ? argument.value : null;
}

function constantInteger(argument: TypedExpression | null | undefined): number | null {
  return argument !== null && argument !== undefined && argument.kind === 'literal' && typeof argument.value === 'number' ? argument.value : null;
}

/** `abc`, `abc%`, `%abc`, `%abc%`: a comparison, a prefix, a suffix or a search in the bytes. */
function emitLike(context: EmitContext, node: CallExpression, emit: Emit): Operand | null {
  const pattern = constantText(node.arguments[1]);
  const parts = pattern === null || node.arguments.length > 2 ? null : /^(%?)([^%_]*)(%?)$/.exec(pattern);
  if (parts === null) return null;
  const bytes = utf8(parts[2]);
  return emitUnary(context, node, emit, (writer, text, result) => {
    const part = writer.bind(bytes);
    const view = `${text.value}, ${text.extra}, ${part}`;
    const test =
      parts[1] === '' && parts[3] === ''
        ? `${text.extra} === ${bytes.length} && support.startsWith(${view})`
        : parts[1] === ''
          ? `support.startsWith(${view})`
          : parts[3] === ''
            ? `support.endsWith(${view})`
            : `support.find(${view}) >= 0`;
    writer.line(`${result.value} = ${test} ? 1 : 0;`);
  });
}

function emitCaseChange(context: EmitContext, node: CallExpression, emit: Emit, from: number): Operand | null {
  return emitUnary(context, node, emit, (writer, text, result) => {
    writer.block(`if (support.changeCase(${text.value}, ${text.extra}, ${from}))`, () => {
      writer.line(`${result.value} = support.address;`);
      writer.line(`${result.extra} = support.length;`);
      writer.refreshViews();
    });
    writer.block('else', () => emitDecoded(context, writer, node, [text], result));
  });
}

/** `SUBSTRING(s, from[, length])` with constants from 1 up: a view into the same bytes. */
function emitSubstring(context: EmitContext, node: CallExpression, emit: Emit): Operand | null {
  const start = constantInteger(node.arguments[1]);
  const length = node.arguments.length > 2 ? constantInteger(node.arguments[2]) : 0x7fffffff;
  if (start === null || length === null || start < 1 || length < 0) return null;
  return emitUnary(context, node, emit, (writer, text, result) => {
    writer.block(`if (${text.ascii})`, () => {
      writer.line(`${result.value} = ${text.value} + Math.min(${start - 1}, ${text.extra});`);
      writer.line(`${result.extra} = Math.min(${length}, Math.max(0, ${text.extra} - ${start - 1}));`);
    });
    writer.block('else', () => emitDecoded(context, writer, node, [text, String(start), node.arguments.length > 2 ? String(length) : null], result));
  });
}

/** The function itself over the decoded text, for rows that are not ASCII. */
function emitDecoded(context: EmitContext, writer: KernelWriter, node: CallExpression, args: readonly (Operand | string | null)[], result: Operand): void {
  const evaluate = writer.bind(node.resolved.create(context.runtime));
  const values = args.filter((argument) => argument !== null).map((argument) => (typeof argument === 'string' ? argument : boxOperand(writer, argument, false)));
  const boxed = writer.name('b');
  writer.line(`const ${boxed} = ${evaluate}(${values.join(', ')});`);
  unboxInto(writer, boxed, result);
}
