/** Reads an expression through a projection: names of its columns become the expressions that make them. */
import type { NameSyntax, Syntax } from '../../expressions/syntax.ts';

/** Null when a part has no spelling that way (a field inside something that is not a plain column). */
export function substituteNames(syntax: Syntax, column: (name: string) => Syntax | null): Syntax | null {
  if (syntax.kind === 'name') return substituteName(syntax, column);
  let lost = false;
  const inside = (part: Syntax): Syntax => {
    const replaced = substituteNames(part, column);
    if (replaced === null) lost = true;
    return replaced ?? part;
  };
  const result = mapChildren(syntax, inside);
  return lost ? null : result;
}

function substituteName(syntax: NameSyntax, column: (name: string) => Syntax | null): Syntax | null {
  const whole = column(syntax.parts.join('.'));
  if (whole !== null) return whole;
  const [first, ...rest] = syntax.parts;
  const base = column(first);
  if (base === null || rest.length === 0) return base;
  return base.kind === 'name' ? { ...base, parts: [...base.parts, ...rest] } : null;
}

function mapChildren(node: Syntax, inside: (part: Syntax) => Syntax): Syntax {
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
