/** Which columns an expression reads. */
import type { TypedExpression } from './typed-expression.ts';

/** Their paths, in the order they stand in, each as often as it is read. */
export function columnsOf(expression: TypedExpression): (readonly number[])[] {
  const paths: (readonly number[])[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const node = value as { readonly kind?: unknown; readonly path?: unknown };
    if (node.kind === 'column' && Array.isArray(node.path)) paths.push(node.path as number[]);
    else for (const each of Object.values(value)) visit(each);
  };
  visit(expression);
  return paths;
}
