/** Problems of a field as marks in its text. */
import type { Problem } from '../../engine/spec/problem.ts';
import type { CodeMark } from '../code/code-context.ts';
import { words } from '../strings/language.ts';

export function marksOf(problems: readonly Problem[]): readonly CodeMark[] {
  return problems.flatMap((problem) =>
    problem.range === undefined ? [] : [{ ...problem.range, message: words(problem.text), severity: problem.severity }],
  );
}
