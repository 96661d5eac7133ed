/** What the edges of an automaton ask of a row: conditions of the pattern, by number, joined by AND and NOT. */

export type Formula =
  | { readonly kind: 'true' }
  | { readonly kind: 'condition'; readonly index: number }
  | { readonly kind: 'not'; readonly operand: Formula }
  | { readonly kind: 'and'; readonly left: Formula; readonly right: Formula };

export const TRUE: Formula = { kind: 'true' };

export function condition(index: number): Formula {
  return { kind: 'condition', index };
}

export function not(operand: Formula): Formula {
  return { kind: 'not', operand };
}

export function and(left: Formula, right: Formula): Formula {
  return { kind: 'and', left, right };
}

/** Evaluated left to right until decided. */
export function holds(formula: Formula, test: (index: number) => boolean): boolean {
  switch (formula.kind) {
    case 'true':
      return true;
    case 'condition':
      return test(formula.index);
    case 'not':
      return !holds(formula.operand, test);
    case 'and':
      return holds(formula.left, test) && holds(formula.right, test);
  }
}

/** Calls `visit` with every condition the formula asks for. */
export function visitConditions(formula: Formula, visit: (index: number) => void): void {
  if (formula.kind === 'condition') visit(formula.index);
  else if (formula.kind === 'not') visitConditions(formula.operand, visit);
  else if (formula.kind === 'and') {
    visitConditions(formula.left, visit);
    visitConditions(formula.right, visit);
  }
}
