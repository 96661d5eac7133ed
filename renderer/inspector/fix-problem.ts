/** The one-click fix of the problem that is nearest to where the person is: at the focused field, the selected node, anywhere. */
import type { Fix, Problem } from '../../engine/spec/problem.ts';
import type { Designer } from '../app/designer.ts';
import { applyFix } from '../app/editing.ts';

/** Null when no problem has a fix. */
export function nearestFix(problems: readonly Problem[], nodeId: string | null, field: string | null): Fix | null {
  const fixable = problems.filter((problem) => problem.fixes.length > 0);
  const atNode = fixable.filter((problem) => problem.nodeId === (nodeId ?? undefined));
  const atField = atNode.filter((problem) => field !== null && problem.field?.split(/[.[]/)[0] === field);
  return (atField[0] ?? (nodeId === null ? undefined : atNode[0]) ?? fixable[0])?.fixes[0] ?? null;
}

export function fixNearest(designer: Designer): void {
  designer.checks.ensure(designer.documents.getState().document);
  const fix = fixHere(designer);
  if (fix !== null) applyFix(designer, fix);
}

/** From what the last check found: menus ask this often. */
export function fixHere({ checks, selection }: Designer): Fix | null {
  const { problems } = checks.getState();
  const { nodes } = selection.getState();
  const field = document.activeElement?.closest('[data-form] [data-field]')?.getAttribute('data-field') ?? null;
  return nearestFix(problems, nodes.size === 1 ? [...nodes][0] : null, field);
}
