/** Replaces parts of a syntax tree; what is not replaced stays, with its places in the text. */
import type { Syntax } from './syntax.ts';

/** `replace` is asked top down; null = look inside. */
export function rewriteSyntax(node: Syntax, replace: (node: Syntax) => Syntax | null): Syntax {
  return replace(node) ?? mapSyntaxChildren(node, (child) => rewriteSyntax(child, replace));
}

/** The node with what stands directly below it changed. */
export function mapSyntaxChildren(node: Syntax, inside: (part: Syntax) => Syntax): Syntax {
  switch (node.kind) {
    case 'unary':
    case 'is':
    case 'cast':
      return { ...node, operand: inside(node.operand) };
    case 'binary':
    case 'difference':
      return { ...node, left: inside(node.left), right: inside(node.right) };
    case 'logic':
      return { ...node, operands: node.operands.map(inside) };
    case 'between':
      return { ...node, operand: inside(node.operand), low: inside(node.low), high: inside(node.high) };
    case 'in':
      return { ...node, operand: inside(node.operand), items: node.items.map(inside) };
    case 'like':
      return {
        ...node,
        operand: inside(node.operand),
        pattern: inside(node.pattern),
        escape: node.escape === null ? null : inside(node.escape),
      };
    case 'case':
      return {
        ...node,
        subject: node.subject === null ? null : inside(node.subject),
        branches: node.branches.map((branch) => ({ condition: inside(branch.condition), result: inside(branch.result) })),
        otherwise: node.otherwise === null ? null : inside(node.otherwise),
      };
    case 'call':
      return { ...node, arguments: node.arguments.map(inside) };
    case 'unbuilt':
      return { ...node, parts: node.parts.map(inside) };
    default:
      return node;
  }
}
