/** Steps through the problems: selects the node, shows it and puts the focus into the field. */
import type { Problem } from '../../engine/spec/problem.ts';
import type { Designer } from '../app/designer.ts';

let position = -1;

export function nextProblem(designer: Designer, direction: 1 | -1): void {
  const { problems } = designer.checks.getState();
  if (problems.length === 0) return;
  position = (position + direction + problems.length) % problems.length;
  designer.preferences.set({ dockOpen: true, dockTab: 'problems' });
  showProblem(designer, problems[position]);
}

export function showProblem(designer: Designer, problem: Problem): void {
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
