/** The characters a match can begin with, so that a search can pass over the others. */
import type { CharacterSet } from './character-set.ts';
import { setWhere, union } from './character-set.ts';
import type { PatternNode } from './syntax.ts';

interface First {
  readonly set: CharacterSet;
  /** The node can match without a character, so what follows counts too. */
  readonly empty: boolean;
}

const NOTHING = setWhere(() => false, true);

function ofSequence(items: readonly PatternNode[]): First | undefined {
  let set = NOTHING;
  for (const item of items) {
    const first = firstOf(item);
    if (first === undefined) return undefined;
    set = union(set, first.set);
    if (!first.empty) return { set, empty: false };
  }
  return { set, empty: true };
}

function ofChoice(options: readonly PatternNode[]): First | undefined {
  let set = NOTHING;
  let empty = false;
  for (const option of options) {
    const first = firstOf(option);
    if (first === undefined) return undefined;
    set = union(set, first.set);
    empty ||= first.empty;
  }
  return { set, empty };
}

function firstOf(node: PatternNode): First | undefined {
  switch (node.kind) {
    case 'set':
      return { set: node.set, empty: false };
    case 'sequence':
      return ofSequence(node.items);
    case 'choice':
      return ofChoice(node.options);
    case 'group':
    case 'atomic':
      return firstOf(node.body);
    case 'repeat': {
      const first = firstOf(node.body);
      return first === undefined ? undefined : { set: first.set, empty: first.empty || node.min === 0 };
    }
    case 'look':
    case 'assertion':
      return { set: NOTHING, empty: true };
    case 'reference':
      return undefined;
  }
}

/** `undefined` when a match may be empty or begins with what was captured before. */
export function firstSetOf(root: PatternNode): CharacterSet | undefined {
  const first = firstOf(root);
  return first === undefined || first.empty ? undefined : first.set;
}
