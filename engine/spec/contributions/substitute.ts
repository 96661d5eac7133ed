/** Reads an expression through a projection: names of its columns become the expressions that make them. */
import { mapSyntaxChildren } from '../../expressions/rewrite-syntax.ts';
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
  const result = mapSyntaxChildren(syntax, inside);
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
