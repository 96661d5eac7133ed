/** The list of problems as it is looked at: which severity, in which order, and the one that is current. */
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../engine/spec/problem.ts';

export type SeverityFilter = 'all' | Problem['severity'];

export interface ProblemViewState {
  readonly severity: SeverityFilter;
  /** See `problemKey`; null before any was shown. */
  readonly current: string | null;
}

export interface ProblemView {
  getState(): ProblemViewState;
  subscribe(listener: () => void): () => void;
  set(patch: Partial<ProblemViewState>): void;
}

export function createProblemView(): ProblemView {
  const store = createStore<ProblemViewState>(() => ({ severity: 'all', current: null }));
  return { getState: store.getState, subscribe: store.subscribe, set: (patch) => store.setState(patch) };
}

/** The same problem after another check. */
export function problemKey(problem: Problem): string {
  return [problem.code, problem.nodeId, problem.edgeId, problem.field, problem.text.en].join(' ');
}

/** Errors before warnings, each in the order of the document. */
export function listProblems(problems: readonly Problem[], severity: SeverityFilter): readonly Problem[] {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const warnings = problems.filter((problem) => problem.severity === 'warning');
  return severity === 'error' ? errors : severity === 'warning' ? warnings : [...errors, ...warnings];
}

/** A problem may be found twice; keys of a list must differ. */
export function keysOf(problems: readonly Problem[]): readonly string[] {
  const seen = new Map<string, number>();
  return problems.map((problem) => {
    const key = problemKey(problem);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 0 ? key : `${key} ${times}`;
  });
}
