/** Functions on text that work on the bytes: LIKE with a constant pattern, lengths, case and pieces of ASCII text. */

import type { CallExpression, TypedExpression } from '../typed-expression.ts';
import { encodeUtf8 } from '../utf8.ts';
import { boxOperand, unboxInto } from './emit-boxed.ts';
import type { Emit, EmitContext } from './emit-context.ts';
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
function emitUnary(
  context: EmitContext,
  node: CallExpression,
  emit: Emit,
  compute: (writer: KernelWriter, text: Operand, result: Operand) => void,
): Operand | null {
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
  return argument !== null && argument !== undefined && argument.kind === 'literal' && typeof argument.value === 'string'
    ? argument.value
    : null;
}

function constantInteger(argument: TypedExpression | null | undefined): number | null {
  return argument !== null && argument !== undefined && argument.kind === 'literal' && typeof argument.value === 'number'
    ? argument.value
    : null;
}

const WILDCARD = 0x5f;
/** Longer bodies than this go the general way. */
const LIKE_BYTES_MAX = 64;

/** `abc`, `abc%`, `%abc`, `%abc%`, each also with `_`: tests at fixed places or one search in the bytes. */
function emitLike(context: EmitContext, node: CallExpression, emit: Emit): Operand | null {
  const pattern = constantText(node.arguments[1]);
  const parts = pattern === null || node.arguments.length > 2 ? null : /^(%?)([^%]*)(%?)$/.exec(pattern);
  if (parts === null) return null;
  const bytes = encodeUtf8(parts[2]);
  if (bytes.length > LIKE_BYTES_MAX) return null;
  const [open, close] = [parts[1] !== '', parts[3] !== ''];
  return emitUnary(context, node, emit, (writer, text, result) => {
    const test = (): void => emitLikeTest(writer, text, bytes, open, close, result);
    if (!bytes.includes(WILDCARD)) {
      test();
      return;
    }
    // Only in ASCII text does a character take one byte.
    writer.block(`if (${text.ascii})`, test);
    writer.block('else', () => emitDecoded(context, writer, node, [text, JSON.stringify(pattern)], result));
  });
}

function emitLikeTest(writer: KernelWriter, text: Operand, bytes: Uint8Array, open: boolean, close: boolean, result: Operand): void {
  if (open && close && bytes.length > 0) {
    emitSearch(writer, text, bytes, result);
    return;
  }
  const size = open || close ? `${text.extra} >= ${bytes.length}` : `${text.extra} === ${bytes.length}`;
  const start = open ? `${text.value} + ${text.extra} - ${bytes.length}` : text.value;
  writer.line(`${result.value} = ${[size, ...byteTests(bytes, start, 0, bytes.length)].join(' && ')} ? 1 : 0;`);
}

/** Conditions that the bytes from `from` up to `to` stand at `start`; a wildcard is anything but the end of a line. */
function byteTests(bytes: Uint8Array, start: string, from: number, to: number): string[] {
  const tests: string[] = [];
  for (let i = from; i < to; i++) {
    const byte = `u8[${start} + ${i}]`;
    tests.push(bytes[i] === WILDCARD ? `${byte} !== 10 && ${byte} !== 13` : `${byte} === ${bytes[i]}`);
  }
  return tests;
}

/** Looks for `bytes` from left to right, skipping by what the byte under the end of the part allows (Horspool). */
function emitSearch(writer: KernelWriter, text: Operand, bytes: Uint8Array, result: Operand): void {
  const last = bytes.length - 1;
  const skip = writer.bind(skipTable(bytes));
  const [at, end, start] = [writer.name('p'), writer.name('p'), writer.name('p')];
  writer.line(`${result.value} = 0;`);
  writer.line(`const ${end} = ${text.value} + ${text.extra} - ${last};`);
  writer.block(`for (let ${at} = ${text.value}; ${at} < ${end}; ${at} += ${skip}[u8[${at} + ${last}]])`, () => {
    writer.line(`const ${start} = ${at};`);
    writer.line(
      `if (${[...byteTests(bytes, start, last, last + 1), ...byteTests(bytes, start, 0, last)].join(' && ')}) { ${result.value} = 1; break; }`,
    );
  });
}

/** How far the part may move on, by the byte that stands under its last one; never past a wildcard. */
function skipTable(bytes: Uint8Array): Int32Array {
  const last = bytes.length - 1;
  const skips = new Int32Array(256).fill(bytes.length);
  for (let i = 0; i < last; i++) {
    if (bytes[i] === WILDCARD) skips.fill(last - i);
    else skips[bytes[i]] = last - i;
  }
  return skips;
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
    writer.block('else', () =>
      emitDecoded(context, writer, node, [text, String(start), node.arguments.length > 2 ? String(length) : null], result),
    );
  });
}

/** The function itself over the decoded text, for rows that are not ASCII. */
function emitDecoded(
  context: EmitContext,
  writer: KernelWriter,
  node: CallExpression,
  args: readonly (Operand | string | null)[],
  result: Operand,
): void {
  const evaluate = writer.bind(node.resolved.create(context.runtime));
  const values = args
    .filter((argument) => argument !== null)
    .map((argument) => (typeof argument === 'string' ? argument : boxOperand(writer, argument, false)));
  const boxed = writer.name('b');
  writer.line(`const ${boxed} = ${evaluate}(${values.join(', ')});`);
  unboxInto(writer, boxed, result);
}
