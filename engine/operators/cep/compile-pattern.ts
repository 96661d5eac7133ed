/**
 * Pattern → automaton, state for state and edge for edge as Flink's compiler makes it, because answers (which of several matches is found first, how
 * many ways lead to one) depend on it. The pattern is walked from its end to its beginning: each step gets its states and is told where to go on.
 */
import { assert } from '../../base/assert.ts';
import type { Formula } from './formula.ts';
import { and, not, TRUE } from './formula.ts';
import type { Action, Nfa, StateKind } from './nfa.ts';
import type { Contiguity, Pattern, PatternGroup, PatternNode, PatternStep } from './pattern.ts';
import { stepNames } from './pattern.ts';

interface DraftEdge {
  readonly action: Action;
  readonly target: DraftState;
  condition: Formula;
}

interface DraftState {
  /** Unique: the step's name, for further states of a step with a number behind it. */
  readonly name: string;
  readonly step: string;
  kind: StateKind;
  gapMs: number | null;
  readonly edges: DraftEdge[];
}

/** A node and those before it. */
interface Cursor {
  readonly nodes: readonly PatternNode[];
  readonly at: number;
}

export function compilePattern(pattern: Pattern): Nfa {
  return new PatternCompiler(pattern).compile();
}

class PatternCompiler {
  private readonly pattern: Pattern;
  private readonly states: DraftState[] = [];
  private readonly names = new Set<string>();
  private readonly stopStates = new Map<string, DraftState>();
  /** What a state went to before a greedy loop took rows away from it; by its name. */
  private readonly originals = new Map<string, DraftState>();
  private readonly firstOfLoop = new Map<PatternGroup, boolean>();
  private current: Cursor;
  private following: PatternNode | null = null;
  private group: PatternGroup | null = null;

  constructor(pattern: Pattern) {
    this.pattern = pattern;
    this.current = { nodes: pattern.nodes, at: pattern.nodes.length - 1 };
  }

  compile(): Nfa {
    const ending = this.createState('', 'final');
    const start = this.convert(this.createMiddleStates(ending));
    start.kind = 'start';
    const steps = stepNames(this.pattern.nodes);
    const numbers = new Map(this.states.map((state, at) => [state, at]));
    const numberOf = (state: DraftState): number => {
      const number = numbers.get(state);
      assert(number !== undefined, 'every state of an automaton is listed');
      return number;
    };
    return {
      states: this.states.map((state) => ({
        kind: state.kind,
        step: steps.indexOf(state.step),
        gapMs: state.gapMs,
        edges: state.edges.map((edge) => ({ action: edge.action, target: numberOf(edge.target), condition: edge.condition })),
      })),
      start: numberOf(start),
      steps,
      withinMs: this.pattern.withinMs,
      hasGaps: this.states.some((state) => state.gapMs !== null),
      hasPending: this.states.some((state) => state.kind === 'pending'),
    };
  }

  private get node(): PatternNode {
    return this.current.nodes[this.current.at];
  }

  private get previous(): PatternNode | undefined {
    return this.current.nodes[this.current.at - 1];
  }

  /** All nodes but the first; `sink` is where a match goes on behind them. */
  private createMiddleStates(sink: DraftState): DraftState {
    let last = sink;
    while (this.previous !== undefined) {
      const { node } = this;
      if (node.link === 'notFollowedBy') last = this.createNotFollowedBy(node, last);
      else if (node.link === 'notNext') last = this.createNotNext(node, last);
      else last = this.convert(last);
      this.following = node;
      this.current = { nodes: this.current.nodes, at: this.current.at - 1 };
    }
    return last;
  }

  /** Before another step it becomes conditions on edges (`addStopStates`); at the end it waits for the time to run out. */
  private createNotFollowedBy(node: PatternNode, sink: DraftState): DraftState {
    if (sink.kind !== 'final' || (node.gapMs === null && this.pattern.withinMs === null)) return sink;
    const pending = this.createStepState('pending', true);
    const unwanted = this.takeCondition(node);
    addEdge(pending, 'proceed', this.stopState(unwanted, node.name), unwanted);
    addEdge(pending, 'ignore', pending, not(unwanted));
    return pending;
  }

  private createNotNext(node: PatternNode, sink: DraftState): DraftState {
    const state = this.createStepState('normal', true);
    const unwanted = this.takeCondition(node);
    const stop = this.stopState(unwanted, node.name);
    addEdge(state, sink.kind === 'final' ? 'ignore' : 'proceed', sink, not(unwanted));
    addEdge(state, 'proceed', stop, unwanted);
    return state;
  }

  private convert(sink: DraftState): DraftState {
    const { times } = this.node;
    let state: DraftState;
    if (times !== null && times.to === null) {
      this.markFirstOfLoop(false);
      const looping = this.createLooping(this.withoutPassedNots(sink));
      this.markFirstOfLoop(true);
      state = this.createTimes(looping, sink, times.from, times.from);
    } else if (times !== null) {
      state = this.createTimes(sink, sink, times.from, times.to ?? times.from);
    } else {
      state = this.createSingle(sink, sink, this.takeCondition(this.node), this.ignoreCondition(this.node), this.node.optional);
    }
    this.addStopStates(state);
    return state;
  }

  private createStepState(kind: StateKind, takes: boolean): DraftState {
    const { node } = this;
    const state = this.createState(node.name, kind);
    if (!takes) return state;
    if (node.times === null) state.gapMs = node.gapMs;
    else if (state.name !== node.name) state.gapMs = node.times.gapMs;
    return state;
  }

  private createState(step: string, kind: StateKind): DraftState {
    let name = step;
    for (let count = 0; this.names.has(name); count++) name = `${step}\u0000${count}`;
    this.names.add(name);
    const state: DraftState = { name, step, kind, gapMs: null, edges: [] };
    this.states.push(state);
    return state;
  }

  /** One for all states from which the same step stops. */
  private stopState(unwanted: Formula, name: string): DraftState {
    const known = this.stopStates.get(name);
    if (known !== undefined) return known;
    const state = this.createState(name, 'stop');
    addEdge(state, 'take', state, unwanted);
    this.stopStates.set(name, state);
    return state;
  }

  /** "Not followed by" steps that stand before the current one, optional steps in between included. */
  private currentNots(): { readonly condition: Formula; readonly name: string }[] {
    const nots: { condition: Formula; name: string }[] = [];
    const { nodes, at } = this.current;
    for (let before = at - 1; before >= 0; before--) {
      const node = nodes[before];
      if (!node.optional && node.link !== 'notFollowedBy') break;
      if (node.link === 'notFollowedBy') nots.push({ condition: this.takeCondition(node), name: node.name });
    }
    return nots;
  }

  /** A copy of `sink` from which steps that must not come before the current one no longer stop: it has taken a row. */
  private withoutPassedNots(sink: DraftState): DraftState {
    const nots = this.currentNots();
    if (nots.length === 0 || !this.node.optional) return sink;
    const result = this.createState(sink.step, sink.kind);
    for (const edge of sink.edges) {
      if (edge.action !== 'proceed') {
        addEdge(result, edge.action, edge.target === sink ? result : edge.target, edge.condition);
      } else if (edge.target.kind !== 'stop') {
        addEdge(result, 'proceed', this.withoutPassedNots(edge.target), edge.condition);
      } else if (!nots.some((each) => each.name === edge.target.name)) {
        addEdge(result, 'proceed', edge.target, edge.condition);
      }
    }
    return result;
  }

  private copy(state: DraftState): DraftState {
    const result = this.createState(state.step, state.kind);
    for (const edge of state.edges) addEdge(result, edge.action, edge.target === state ? result : edge.target, edge.condition);
    return result;
  }

  private addStopStates(state: DraftState): void {
    for (const each of this.currentNots()) addEdge(state, 'proceed', this.stopState(each.condition, each.name), each.condition);
  }

  private addStopOfFollowing(state: DraftState): void {
    const { following } = this;
    if (following === null || following.link !== 'notFollowedBy') return;
    const unwanted = this.takeCondition(following);
    addEdge(state, 'proceed', this.stopState(unwanted, following.name), unwanted);
  }

  /** The first rows of a loop, or all rows of one that ends: `from` that must come, then up to `to`. */
  private createTimes(sink: DraftState, proceed: DraftState, from: number, to: number): DraftState {
    const { node } = this;
    let last = sink;
    this.markFirstOfLoop(false);
    const ignore = extendWithUntil(this.innerIgnoreCondition(node), node.until);
    const take = takeUntil(this.takeCondition(node), node.until);
    if (node.greedy && from !== to) {
      if (node.until !== null) this.originals.set(sink.name, this.copy(sink));
      restrictEdges(sink, take);
    }
    for (let count = from; count < to; count++) {
      last = this.createSingle(last, proceed, take, ignore, true);
      this.addStopOfFollowing(last);
    }
    for (let count = 0; count < from - 1; count++) {
      last = this.createSingle(last, null, take, ignore, false);
      this.addStopOfFollowing(last);
    }
    this.markFirstOfLoop(true);
    return this.createSingle(last, proceed, take, this.ignoreCondition(node), node.optional);
  }

  /** `proceed`: where an optional step goes on without a row. */
  private createSingle(
    sink: DraftState,
    proceed: DraftState | null,
    take: Formula | null,
    ignore: Formula | null,
    optional: boolean,
  ): DraftState {
    const { node } = this;
    if (node.group !== null) return this.createGroup(node, sink, proceed, optional);
    assert(take !== null, 'a step has a condition');
    const single = this.createStepState('normal', true);
    const behind = this.withoutPassedNots(sink);
    addEdge(single, 'take', behind, take);
    if (optional) {
      assert(proceed !== null, 'an optional step can be left out');
      this.addProceeds(single, proceed, this.originals.get(proceed.name) ?? proceed);
    }
    if (ignore !== null) {
      let ignoring = single;
      if (optional || this.isHeadOfOptionalGroup()) {
        ignoring = this.createStepState('normal', false);
        addEdge(ignoring, 'take', behind, take);
        addEdge(ignoring, 'ignore', ignoring, ignore);
        this.addStopStates(ignoring);
      }
      addEdge(single, 'ignore', ignoring, ignore);
    }
    return single;
  }

  /** A greedy step with an end goes on to what the next step was before, once the end has come. */
  private addProceeds(state: DraftState, proceed: DraftState, original: DraftState): void {
    const { until, greedy } = this.node;
    const always = this.always();
    if (!greedy || until === null) {
      addEdge(state, 'proceed', proceed, always);
      return;
    }
    addEdge(state, 'proceed', original, and(always, until));
    addEdge(state, 'proceed', proceed, and(always, not(until)));
  }

  private createGroup(group: PatternGroup, sink: DraftState, proceed: DraftState | null, optional: boolean): DraftState {
    const always = this.always();
    const first = this.insideGroup(group, sink);
    if (optional) {
      assert(proceed !== null, 'an optional group can be left out');
      addEdge(first, 'proceed', proceed, always);
    }
    return first;
  }

  private createLoopingGroup(group: PatternGroup, sink: DraftState): DraftState {
    const always = this.always();
    const end = this.createStepState('normal', true);
    const first = this.insideGroup(group, end);
    addEdge(first, 'proceed', sink, always);
    addEdge(end, 'proceed', first, always);
    return first;
  }

  private insideGroup(group: PatternGroup, sink: DraftState): DraftState {
    const outside = { current: this.current, following: this.following, group: this.group };
    this.group = group;
    this.current = { nodes: group.group, at: group.group.length - 1 };
    const first = this.convert(this.createMiddleStates(sink));
    this.current = outside.current;
    this.following = outside.following;
    this.group = outside.group;
    return first;
  }

  private createLooping(sink: DraftState): DraftState {
    const { node } = this;
    if (node.group !== null) return this.createLoopingGroup(node, sink);
    const ignore = extendWithUntil(this.innerIgnoreCondition(node), node.until);
    const take = takeUntil(this.takeCondition(node), node.until);
    const looping = this.createStepState('normal', true);
    if (node.greedy && node.until !== null) this.originals.set(sink.name, this.copy(sink));
    this.addProceeds(looping, sink, this.originals.get(sink.name) ?? sink);
    if (node.greedy) restrictEdges(sink, this.takeCondition(node));
    addEdge(looping, 'take', looping, take);
    this.addStopOfFollowing(looping);
    if (ignore !== null) {
      const ignoring = this.createStepState('normal', false);
      addEdge(ignoring, 'take', looping, take);
      addEdge(ignoring, 'ignore', ignoring, ignore);
      addEdge(looping, 'ignore', ignoring, ignore);
      this.addStopOfFollowing(ignoring);
    }
    return looping;
  }

  private markFirstOfLoop(first: boolean): void {
    const { node } = this;
    if (node.group !== null) this.firstOfLoop.set(node, first);
  }

  private isGroupFirstOfLoop(group: PatternGroup): boolean {
    return this.firstOfLoop.get(group) ?? true;
  }

  /** The group of which `node` is the first. */
  private groupHeadedBy(node: PatternNode): PatternGroup | null {
    return this.group !== null && this.group.group[0] === node ? this.group : null;
  }

  private isHeadOfOptionalGroup(): boolean {
    const group = this.groupHeadedBy(this.node);
    return group !== null && this.isGroupFirstOfLoop(group) && group.optional;
  }

  private innerIgnoreCondition(node: PatternNode): Formula | null {
    return this.ignoring(node, (this.groupHeadedBy(node) ?? node).inner);
  }

  /** The first step of a group follows as the group does; in later rounds as the rounds follow each other. */
  private ignoreCondition(node: PatternNode): Formula | null {
    const group = this.groupHeadedBy(node);
    if (group === null) return this.ignoring(node, contiguityOf(node));
    return this.ignoring(node, this.isGroupFirstOfLoop(group) ? contiguityOf(group) : group.inner);
  }

  private ignoring(node: PatternNode, contiguity: Contiguity): Formula | null {
    if (contiguity === 'strict') return null;
    const ignore = contiguity === 'any' ? TRUE : not(conditionOf(node));
    return this.group === null ? ignore : extendWithUntil(ignore, this.group.until);
  }

  private takeCondition(node: PatternNode): Formula {
    return this.group === null ? conditionOf(node) : takeUntil(conditionOf(node), this.group.until);
  }

  private always(): Formula {
    return this.group === null ? TRUE : takeUntil(TRUE, this.group.until);
  }
}

function conditionOf(node: PatternStep | PatternGroup): Formula {
  return node.condition ?? TRUE;
}

function contiguityOf(node: PatternNode): Contiguity {
  if (node.link === 'followedBy') return 'relaxed';
  return node.link === 'followedByAny' ? 'any' : 'strict';
}

function extendWithUntil(formula: Formula | null, until: Formula | null): Formula | null {
  return formula === null || until === null ? formula : and(not(until), formula);
}

function takeUntil(formula: Formula, until: Formula | null): Formula {
  return until === null ? formula : and(not(until), formula);
}

function addEdge(from: DraftState, action: Action, target: DraftState, condition: Formula): void {
  from.edges.push({ action, target, condition });
}

/** Rows that a greedy step takes are not for the step behind it. */
function restrictEdges(state: DraftState, taken: Formula): void {
  for (const edge of state.edges) edge.condition = and(edge.condition, not(taken));
}
