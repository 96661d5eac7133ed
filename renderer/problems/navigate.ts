/** Steps through the problems: selects the node, shows it and puts the focus into the field. */

import type { Problem } from '../../engine/spec/problem.ts';
import type { Designer } from '../app/designer.ts';
import { showDock } from '../app/dock.ts';
import { listProblems, problemKey } from './problem-view.ts';

export function nextProblem(designer: Designer, direction: 1 | -1): void {
  const { severity, current } = designer.problemView.getState();
  const { document } = designer.documents.getState();
  const problems = listProblems(designer.checks.ensure(document).problems, severity);
  if (problems.length === 0) return;
  const place = problems.findIndex((problem) => problemKey(problem) === current);
  const next = place < 0 && direction < 0 ? problems.length - 1 : (place + direction + problems.length) % problems.length;
  showDock(designer, 'problems');
  showProblem(designer, problems[next]);
}

export function showProblem(designer: Designer, problem: Problem): void {
  designer.problemView.set({ current: problemKey(problem) });
  const { field } = problem;
  if (problem.nodeId !== undefined) {
    if (field === undefined) designer.selection.select([problem.nodeId]);
    else designer.selection.openField(problem.nodeId, field);
    designer.canvas?.reveal(problem.nodeId);
  } else if (problem.edgeId !== undefined) {
    designer.selection.select([], [problem.edgeId]);
  } else if (field !== undefined) {
    designer.shell.set({ jobSettingsOpen: true });
    designer.selection.openField(null, field);
  }
}
