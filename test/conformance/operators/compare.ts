/** Compares what a step put out with what Flink put out, by the rule a vector names. */
import type { ExactObject, Vector } from './vector.ts';
import { print } from './vector.ts';

/** Null when they agree, else what differs. */
export function compareStep(rule: Vector['compare'], expected: readonly ExactObject[], found: readonly ExactObject[]): string | null {
  const wanted = expected.map(withoutTimer);
  const given = found.map(withoutTimer);
  const same =
    wanted.length === given.length &&
    (rule === 'timer-groups' ? sameGroups(expected, wanted, given) : sameSegments(rule, expected, wanted, given));
  return same ? null : `expected ${wanted.map(print).join(' ') || 'nothing'}\n     found ${given.map(print).join(' ') || 'nothing'}`;
}

function withoutTimer(output: ExactObject): ExactObject {
  const { timer: _, ...rest } = output;
  return rest;
}

/** Runs of one timer value are multisets; everything else is in order. */
function sameGroups(expected: readonly ExactObject[], wanted: readonly ExactObject[], given: readonly ExactObject[]): boolean {
  let from = 0;
  while (from < expected.length) {
    let to = from + 1;
    while (to < expected.length && 'timer' in expected[from] && print(expected[to].timer) === print(expected[from].timer)) to++;
    if (!sameBag(wanted.slice(from, to), given.slice(from, to))) return false;
    from = to;
  }
  return true;
}

/** Watermarks and statuses are in place; the elements between them are a bag, or a sequence per key. */
function sameSegments(
  rule: Vector['compare'],
  expected: readonly ExactObject[],
  wanted: readonly ExactObject[],
  given: readonly ExactObject[],
): boolean {
  let from = 0;
  while (from < expected.length) {
    let to = from;
    while (to < expected.length && 'element' in expected[to]) to++;
    const [left, right] = [wanted.slice(from, to), given.slice(from, to)];
    if (!(rule === 'step-multiset' ? sameBag(left, right) : sameSequencePerKey(left, right))) return false;
    if (to < expected.length && print(wanted[to]) !== print(given[to])) return false;
    from = to + 1;
  }
  return true;
}

function sameBag(left: readonly ExactObject[], right: readonly ExactObject[]): boolean {
  const sorted = (outputs: readonly ExactObject[]) => outputs.map(print).sort().join('\n');
  return sorted(left) === sorted(right);
}

function sameSequencePerKey(left: readonly ExactObject[], right: readonly ExactObject[]): boolean {
  const byKey = (outputs: readonly ExactObject[]) => {
    const sequences = new Map<string, string[]>();
    for (const output of outputs) {
      const key = keyOf(output);
      const sequence = sequences.get(key);
      if (sequence === undefined) sequences.set(key, [print(output)]);
      else sequence.push(print(output));
    }
    return [...sequences].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sequence]) => sequence.join('\n'));
  };
  return byKey(left).join('\n\n') === byKey(right).join('\n\n');
}

function keyOf(output: ExactObject): string {
  const { element } = output;
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return '';
  const record = element as ExactObject;
  const { row } = record;
  return print(Array.isArray(row) ? row[0] : record.k);
}
