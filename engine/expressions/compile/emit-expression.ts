/** Turns typed expressions into statements of a kernel: loads, logic, CASE, and the general path for everything else. */

import type { StrictExpression } from '../evaluate/create-evaluator.ts';
import { createEvaluator, isStrict, propagatesNull } from '../evaluate/create-evaluator.ts';
import { operandsOf } from '../evaluate/interpret.ts';
import type { CaseExpression, IsExpression, LogicExpression, TypedExpression } from '../typed-expression.ts';
import { CallMemo } from './call-memo.ts';
import { boxOperand, unboxInto } from './emit-boxed.ts';
import type { EmitContext } from './emit-context.ts';
import { emitFast } from './emit-fast.ts';
import { emitConstant } from './emit-memory.ts';
import type { KernelWriter, Operand } from './kernel-writer.ts';
import { eitherAbsent } from './kernel-writer.ts';

export function emitExpression(context: EmitContext, node: TypedExpression): Operand {
  switch (node.kind) {
    case 'literal':
      return emitConstant(context.writer, node.value, node.type);
    case 'column':
      return context.column(node);
    case 'logic':
      return emitLogic(context, node);
    case 'not': {
      const operand = emitExpression(context, node.operand);
      return { ...operand, value: `(1 - ${operand.value})` };
    }
    case 'is':
      return emitIs(context, node);
    case 'case':
      return emitCase(context, node);
    default:
      return emitStrict(context, node);
  }
}

/** True when evaluating it can throw; what cannot may be evaluated although a filter already decided. */
export function canFail(node: TypedExpression): boolean {
  if (node.kind === 'literal' || node.kind === 'column') return false;
  if (isStrict(node)) {
    const total =
      node.kind === 'comparison' ||
      node.kind === 'negate' ||
      (node.kind === 'arithmetic' && node.operator !== '/' && node.operator !== '%');
    return !total || operandsOf(node).some((operand) => operand !== null && canFail(operand));
  }
  if (node.kind === 'logic') return node.operands.some(canFail);
  if (node.kind === 'case')
    return canFail(node.otherwise) || node.branches.some((branch) => canFail(branch.condition) || canFail(branch.result));
  return canFail(node.operand);
}

function emitLogic(context: EmitContext, node: LogicExpression): Operand {
  const { writer } = context;
  const or = node.operator === 'OR';
  const result = writer.declare(node.type, true);
  writer.line(`${result.value} = ${or ? 0 : 1};`);
  const decided = or ? '1' : '0';
  // One flat block that is left as soon as the answer is known: a list of thousands must not nest.
  const label = writer.name('decided');
  writer.block(`${label}:`, () => {
    for (const part of node.operands) {
      const operand = emitExpression(context, part);
      const decides = `if (${operand.value} === ${decided}) { ${result.value} = ${decided}; break ${label}; }`;
      if (operand.absent === 'true') writer.line(`${result.absent} = true;`);
      else if (operand.absent === '') writer.line(decides);
      else writer.line(`if (${operand.absent}) ${result.absent} = true; else ${decides}`);
    }
  });
  writer.line(`if (${result.value} === ${decided}) ${result.absent} = false;`);
  return result;
}

function emitIs(context: EmitContext, node: IsExpression): Operand {
  const operand = emitExpression(context, node.operand);
  const present = operand.absent === '' ? 'true' : `!(${operand.absent})`;
  let test: string;
  if (node.test === 'NULL') test = node.negated ? present : operand.absent === '' ? 'false' : operand.absent;
  else {
    const holds = `(${present} && ${operand.value} === ${node.test === 'TRUE' ? 1 : 0})`;
    test = node.negated ? `!${holds}` : holds;
  }
  return { representation: 'bool', type: node.type, value: `(${test} ? 1 : 0)`, extra: '', absent: '', ascii: 'true' };
}

function emitCase(context: EmitContext, node: CaseExpression): Operand {
  const { writer } = context;
  const ascii = writer.name('t');
  writer.line(`let ${ascii} = true;`);
  const result = writer.declare(node.type, true, ascii);
  const assign = (branch: TypedExpression): void => {
    const operand = emitExpression(context, branch);
    writer.assign(result, operand);
    if (result.representation === 'text') writer.line(`${ascii} = ${operand.ascii};`);
  };
  const label = writer.name('chosen');
  writer.block(`${label}:`, () => {
    for (const branch of node.branches) {
      const condition = emitExpression(context, branch.condition);
      const holds = condition.absent === '' ? `${condition.value} === 1` : `!(${condition.absent}) && ${condition.value} === 1`;
      writer.block(`if (${holds})`, () => {
        assign(branch.result);
        writer.line(`break ${label};`);
      });
    }
    assign(node.otherwise);
  });
  return result;
}

function emitStrict(context: EmitContext, node: StrictExpression): Operand {
  const fast = emitFast(context, node, emitExpression);
  return fast ?? emitGeneral(context, node);
}

/** Decode → evaluate → encode, for whatever has no statements of its own. */
function emitGeneral(context: EmitContext, node: StrictExpression): Operand {
  const { writer } = context;
  const propagate = propagatesNull(node);
  const operands = operandsOf(node).map((operand) => (operand === null ? null : emitExpression(context, operand)));
  const absent = propagate ? eitherAbsent(...operands.map((operand) => operand?.absent ?? '')) : '';
  const result = writer.declare(node.type, true);
  const evaluate = writer.bind(createEvaluator(node, context.runtime));
  const compute = (): void => {
    const values = operands.map((operand) => (operand === null ? 'null' : boxOperand(writer, operand, !propagate)));
    writer.site({ nodeId: context.nodeId, span: node.span, what: context.what });
    const boxed = writer.name('b');
    writer.line(`let ${boxed};`);
    const call = `${boxed} = ${evaluate}(${values.join(', ')});`;
    const text = rememberedText(node, operands);
    if (text === null) writer.line(call);
    else emitRemembered(writer, text, boxed, call);
    unboxInto(writer, boxed, result);
  };
  if (absent === 'true') writer.line(`${result.absent} = true;`);
  else if (absent === '') compute();
  else {
    writer.block(`if (${absent})`, () => writer.line(`${result.absent} = true;`));
    writer.block('else', compute);
  }
  return result;
}

/** The one text a call depends on, all else being constant; null when there is none or answers may change. */
function rememberedText(node: StrictExpression, operands: readonly (Operand | null)[]): Operand | null {
  if (!propagatesNull(node) || (node.kind === 'call' && !node.deterministic) || (node.kind !== 'call' && node.kind !== 'cast')) return null;
  const nodes = operandsOf(node);
  const varying = operands.filter((_operand, index) => nodes[index] !== null && nodes[index]?.kind !== 'literal');
  const [text] = varying;
  return varying.length === 1 && text !== null && text !== undefined && text.representation === 'text' ? text : null;
}

function emitRemembered(writer: KernelWriter, text: Operand, boxed: string, call: string): void {
  const memo = writer.bind(new CallMemo());
  writer.block(`if (${memo}.find(u8, ${text.value}, ${text.extra}))`, () => writer.line(`${boxed} = ${memo}.value;`));
  writer.block('else', () => {
    writer.line(call);
    writer.line(`${memo}.keep(u8, ${text.value}, ${text.extra}, ${boxed});`);
  });
}
