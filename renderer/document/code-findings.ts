/** What TypeScript's checker found in the code of nodes: it answers later than the portable check and is put together with that. */
import type { Problem } from '../../engine/spec/problem.ts';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';

export interface CodeFindings {
  readonly nodeId: string;
  readonly field: string;
  /** The text that was checked. */
  readonly code: string;
  readonly problems: readonly Problem[];
}

/** Where the portable check has found the field wrong, types would only repeat it. */
export function problemsInCode(
  findings: Iterable<CodeFindings>,
  portable: readonly Problem[],
  nodes: ReadonlyMap<string, ResolvedNode>,
): readonly Problem[] {
  return [...findings].flatMap(({ nodeId, field, code, problems }) => {
    const text = nodes.get(nodeId)?.config[field];
    const wrong = portable.some((problem) => problem.severity === 'error' && problem.nodeId === nodeId && problem.field === field);
    return typeof text !== 'string' || wrong ? [] : moveProblems(problems, code, text);
  });
}

/** Until the text has been checked again, its problems go along with what they mark. */
function moveProblems(problems: readonly Problem[], before: string, after: string): readonly Problem[] {
  if (before === after) return problems;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const move = (at: number) => (at <= head ? at : at >= before.length - tail ? at + after.length - before.length : head);
  return problems.map((problem) =>
    problem.range === undefined ? problem : { ...problem, range: { start: move(problem.range.start), end: move(problem.range.end) } },
  );
}
