/** The steps of a pattern as a tree: a group holds the steps, and smaller groups, that come together as often as it says. */

interface Grouped {
  readonly steps: readonly { readonly name: string }[];
  readonly groups: readonly { readonly first: string; readonly last: string }[];
}

/** A step by its place in the config, or a group with what it holds, in order. */
export type PatternPart = number | PatternBranch;

export interface PatternBranch {
  /** Place in the config's list of groups. */
  readonly group: number;
  readonly parts: readonly PatternPart[];
}

/** First and last step of a group by their places; null where a name is of no step, or they are the wrong way round. */
export interface GroupRange {
  readonly group: number;
  readonly first: number;
  readonly last: number;
}

export function groupRange({ steps, groups }: Grouped, group: number): GroupRange | null {
  const [first, last] = [groups[group].first, groups[group].last].map((name) => steps.findIndex((step) => step.name === name));
  return first < 0 || last < first ? null : { group, first, last };
}

/** Of groups that lie apart or within each other; others are left out, as the check has reported them. */
export function patternTree(config: Grouped): readonly PatternPart[] {
  const ranges = config.groups.flatMap((_group, at) => groupRange(config, at) ?? []);
  // The larger one first: it holds the smaller.
  ranges.sort((a, b) => b.last - b.first - (a.last - a.first) || a.group - b.group);
  return partsBetween(0, config.steps.length - 1, ranges);
}

export function stepsOf(part: PatternPart): readonly number[] {
  return typeof part === 'number' ? [part] : part.parts.flatMap(stepsOf);
}

function partsBetween(from: number, to: number, ranges: readonly GroupRange[]): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  for (let at = from; at <= to; at++) {
    const range = ranges.find(({ first, last }) => first === at && last <= to);
    if (range === undefined) {
      parts.push(at);
      continue;
    }
    parts.push({ group: range.group, parts: partsBetween(at, range.last, ranges.slice(ranges.indexOf(range) + 1)) });
    at = range.last;
  }
  return parts;
}
