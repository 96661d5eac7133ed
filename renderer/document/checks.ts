/**
 * What is wrong with the open pipeline and which columns flow where: the portable check, run in the page shortly after
 * each edit, with what is found later in code. Derived, so it is kept apart from the document; cards subscribe to their own node.
 */
import { createStore } from 'zustand/vanilla';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { Problem } from '../../engine/spec/problem.ts';
import type { ResolvedEdge, ResolvedGraph, ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import type { CodeFindings } from './code-findings.ts';
import { problemsInCode } from './code-findings.ts';
import { resolveDocument } from './definitions.ts';

const DEBOUNCE_MS = 40;

export interface CheckState {
  /** The document these findings are about. */
  readonly document: PipelineDocument | null;
  readonly problems: readonly Problem[];
  readonly byNode: ReadonlyMap<string, readonly Problem[]>;
  readonly byEdge: ReadonlyMap<string, readonly Problem[]>;
  readonly graph: ResolvedGraph | null;
  readonly nodes: ReadonlyMap<string, ResolvedNode>;
  readonly edges: ReadonlyMap<string, ResolvedEdge>;
}

const NO_PROBLEMS: readonly Problem[] = [];

const NOTHING: CheckState = {
  document: null,
  problems: [],
  byNode: new Map(),
  byEdge: new Map(),
  graph: null,
  nodes: new Map(),
  edges: new Map(),
};

export interface CheckStore {
  getState(): CheckState;
  subscribe(listener: (state: CheckState, previous: CheckState) => void): () => void;
  /** Checks soon. */
  schedule(document: PipelineDocument): void;
  /** Checks now if the findings are of another document. */
  ensure(document: PipelineDocument): CheckState;
  problemsOf(nodeId: string): readonly Problem[];
  /** What TypeScript's checker found, in place of what it found in that node before. */
  putFindings(findings: CodeFindings): void;
}

export function createCheckStore(): CheckStore {
  const store = createStore<CheckState>(() => NOTHING);
  let timer: ReturnType<typeof setTimeout> | null = null;
  const findings = new Map<string, CodeFindings>();
  /** Of the portable check alone. */
  let portable: readonly Problem[] = NO_PROBLEMS;

  function check(document: PipelineDocument): void {
    const { graph, problems } = resolveDocument(document);
    if (store.getState().document?.id !== document.id) findings.clear();
    portable = problems;
    put(document, graph);
  }

  function put(document: PipelineDocument, graph: ResolvedGraph): void {
    const problems = [...portable, ...problemsInCode(findings.values(), portable, graph.node)];
    const before = store.getState();
    store.setState({
      document,
      problems,
      byNode: group(problems, (problem) => problem.nodeId, before.byNode),
      byEdge: group(problems, (problem) => problem.edgeId, before.byEdge),
      graph,
      nodes: graph.node,
      edges: new Map(graph.edges.map((edge) => [edge.id, edge])),
    });
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    schedule(document) {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => {
        timer = null;
        check(document);
      }, DEBOUNCE_MS);
    },
    ensure(document) {
      if (store.getState().document !== document) check(document);
      return store.getState();
    },
    problemsOf: (nodeId) => store.getState().byNode.get(nodeId) ?? NO_PROBLEMS,
    putFindings(found) {
      const { document, graph } = store.getState();
      const before = findings.get(found.nodeId)?.problems.length ?? 0;
      findings.set(found.nodeId, found);
      if (document !== null && graph !== null && before + found.problems.length > 0) put(document, graph);
    },
  };
}

/** Lists that say the same keep their identity, and so does the map: an edit elsewhere repaints no card. */
function group(
  problems: readonly Problem[],
  keyOf: (problem: Problem) => string | undefined,
  before: ReadonlyMap<string, readonly Problem[]>,
): ReadonlyMap<string, readonly Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = keyOf(problem);
    if (key === undefined) continue;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [problem]);
    else list.push(problem);
  }
  const result = new Map<string, readonly Problem[]>();
  for (const [key, list] of groups) {
    const old = before.get(key);
    result.set(key, old !== undefined && sameProblems(old, list) ? old : list);
  }
  const same = result.size === before.size && [...result].every(([key, list]) => before.get(key) === list);
  return same ? before : result;
}

function sameProblems(a: readonly Problem[], b: readonly Problem[]): boolean {
  return (
    a.length === b.length &&
    a.every((problem, index) => {
      const { code, field, range, text } = b[index];
      const marked = problem.range?.start === range?.start && problem.range?.end === range?.end;
      return problem.code === code && problem.field === field && problem.text.en === text.en && marked;
    })
  );
}
